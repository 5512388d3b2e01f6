import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { build } from "esbuild";

// One file for the service and one for its health check: Node then starts in half of the processor time that it takes
// to find and read some hundred modules. Not minified and without a source map: a stack trace names the functions as
// they were written, and below each `// src/…` line of the bundle stands that file's code.
const folder = import.meta.dirname;
const output = resolve(process.argv[2] ?? join(folder, "dist"));

const { metafile } = await build({
  absWorkingDir: folder,
  entryPoints: ["src/server.ts", "src/healthcheck.ts"],
  outdir: output,
  bundle: true,
  platform: "node",
  target: "node20.19",
  metafile: true,
  logLevel: "warning",
});

const packages = [...new Set(Object.keys(metafile.inputs).map(packageFolder))].filter(
  (path) => path !== undefined,
);
writeFileSync(join(output, "THIRD-PARTY-NOTICES.txt"), renderNotices(packages));

/** Folder of the package that a bundled file belongs to, from the app's folder; undefined for the app's own files. */
function packageFolder(file) {
  return /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0];
}

/** The licences of what is bundled, which most of them ask to be kept with every copy. */
function renderNotices(paths) {
  const notices = paths.map((path) => {
    const { name, version, license } = JSON.parse(
      readFileSync(join(folder, path, "package.json"), "utf8"),
    );
    const texts = readdirSync(join(folder, path))
      .filter((file) => /^(licen[cs]e|notice|copying)/i.test(file))
      .sort()
      .map((file) => readFileSync(join(folder, path, file), "utf8").trim());
    if (texts.length === 0 && typeof license !== "string") {
      throw new Error(
        `${name}@${version} has no licence; find out under which terms it may be shipped`,
      );
    }
    return [`${name}@${version} (${license ?? "see below"})`, ...texts].join("\n\n");
  });
  // A version that stands in several folders has one notice.
  return `${[...new Set(notices)].sort().join(`\n\n${"-".repeat(80)}\n\n`)}\n`;
}
