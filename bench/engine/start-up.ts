import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parseDocument } from "yaml";

/** How program and pack are loaded: as this project does, or as Pulumi's templates do. */
export type Loading = "shipped" | "naive";

/** Times of one preview of dev, in milliseconds. */
export interface StartUp {
  /** From the start of the program's process until its code is loaded. */
  readonly programMs: number;
  /** From the start of the pack's process until it answers the engine. */
  readonly packMs: number;
  /** The whole command. */
  readonly previewMs: number;
}

const PARTS = [
  ...["Pulumi.yaml", "Pulumi.dev.yaml", "package.json", "tsconfig.json", ".dockerignore"],
  ...["app", "capacity", "infra", "policies"],
];
const MARK = "loaded-after-milliseconds";

/** What the program and the pack are loaded from. */
const ENTRIES: Readonly<Record<Loading, { program: string; pack: string }>> = {
  shipped: { program: "./infra/start.js", pack: "./start.js" },
  naive: { program: "./infra/index.ts", pack: "./index.ts" },
};

/**
 * Copies the project with entries that write down when they are loaded, counted from the start of
 * their process. Naive is what `pulumi new` sets up: the engine's runner compiles the TypeScript, and
 * checks its types at each start.
 */
export function copyProject(source: string, target: string, loading: Loading): void {
  mkdirSync(target, { recursive: true });
  for (const part of PARTS) {
    cpSync(join(source, part), join(target, part), {
      recursive: true,
      filter: (path) => !["dist", "node_modules"].includes(basename(path)),
    });
  }
  symlinkSync(join(source, "node_modules"), join(target, "node_modules"));
  const project = parseDocument(readFileSync(join(target, "Pulumi.yaml"), "utf8"));
  project.setIn(["runtime", "options", "typescript"], loading === "naive");
  writeFileSync(join(target, "Pulumi.yaml"), project.toString());
  if (loading === "naive") {
    // The pack's runner compiles with ES6's library, whatever tsconfig.json says.
    const index = join(target, "policies", "index.ts");
    const library = '/// <reference lib="es2022" />';
    writeFileSync(index, `${library}\n${readFileSync(index, "utf8")}`);
  }
  writeEntry(target, ENTRIES[loading].program);
  writeEntry(join(target, "policies"), ENTRIES[loading].pack);
}

/** The times that the entries wrote down in the last preview. */
export function readMarks(project: string): Pick<StartUp, "programMs" | "packMs"> {
  const read = (folder: string) => Number(readFileSync(join(folder, MARK), "utf8"));
  return { programMs: read(project), packMs: read(join(project, "policies")) };
}

function writeEntry(folder: string, loaded: string): void {
  const file = join(folder, "package.json");
  const description = JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
  writeFileSync(file, JSON.stringify({ ...description, main: "timed-start.js" }));
  writeFileSync(
    join(folder, "timed-start.js"),
    [
      `module.exports = require(${JSON.stringify(loaded)});`,
      `const mark = require("node:path").join(__dirname, ${JSON.stringify(MARK)});`,
      `require("node:fs").writeFileSync(mark, String(performance.now()));`,
      "",
    ].join("\n"),
  );
}
