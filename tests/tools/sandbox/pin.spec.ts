import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pinnedVersion } from "../../../tools/sandbox/pulumi-version";

const root = resolve(__dirname, "../../..");
const read = (...path: string[]): string => readFileSync(join(root, ...path), "utf8");
const filesIn = (folder: string): string[] =>
  readdirSync(join(root, folder)).map((name) => join(folder, name));

describe("the pin of SDK and CLI", () => {
  const pinned = pinnedVersion(root);

  it("is the version that the CLI is built from", () => {
    const required = [...read(".ci/pulumi/go.mod").matchAll(/pulumi\/pulumi\/(\w+)\/v3 v(\S+)/g)];

    assert.deepEqual(
      required.map(([, module, version]) => [module, version]),
      [
        ["pkg", pinned],
        ["sdk", pinned],
      ],
    );
    assert.match(
      read(".ci/pulumi/go.sum"),
      new RegExp(`^github.com/pulumi/pulumi/pkg/v3 v${pinned.replaceAll(".", "\\.")} h1:`, "m"),
    );
  });

  it("is that of every workspace and of the lockfile", () => {
    const { dependencies } = JSON.parse(read("policies/package.json")) as {
      dependencies: Record<string, string>;
    };
    const { packages } = JSON.parse(read("package-lock.json")) as {
      packages: Record<string, { version?: string }>;
    };
    const locked = Object.entries(packages).filter(([path]) =>
      path.endsWith("node_modules/@pulumi/pulumi"),
    );

    assert.equal(dependencies["@pulumi/pulumi"], pinned);
    assert.deepEqual(
      locked.map(([, { version }]) => version),
      [pinned],
    );
  });

  it("is every version of the CLI that workflows and documents name", () => {
    const files = [...filesIn(".github/workflows"), ...filesIn("docs"), "README.md"];
    const named = files
      .filter((file) => /\.(md|ya?ml)$/.test(file))
      .flatMap((file) => {
        const found = read(file).matchAll(
          /(?:pulumi(?:-version)?|Pulumi CLI|CLI)[`"']?[:@ ]+v?(3\.\d+\.\d+)/g,
        );
        return [...found].map(([, version]) => `${file}: ${version ?? ""}`);
      });

    assert.deepEqual(
      named.filter((line) => !line.endsWith(`: ${pinned}`)),
      [],
    );
  });
});
