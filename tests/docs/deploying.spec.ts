import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { buildAwsCliCommands } from "../../infra/lib/aws-cli-commands";
import { ENGINE_COMMANDS } from "../../tools/sandbox/engine-commands";

const PAGE = readFileSync("docs/deploying.md", "utf8");

const all = (pattern: RegExp): string[] => [
  ...new Set([...PAGE.matchAll(pattern)].map(([, found = ""]) => found)),
];

/** Names that the interface of the outputs declares. */
const OUTPUTS = [...readFileSync("infra/stack.ts", "utf8").matchAll(/^ {2}readonly (\w+):/gm)].map(
  ([, name]) => name,
);

describe("docs/deploying.md", () => {
  it("asks for outputs that the stack has", () => {
    const asked = all(/pulumi stack output ([a-z]\w+)/g);

    assert.ok(asked.length >= 5);
    assert.deepEqual(
      asked.filter((name) => !OUTPUTS.includes(name)),
      [],
    );
  });

  it("runs every command that the output `commands` holds, and no other", () => {
    const names = { region: "", clusterName: "", serviceName: "", containerName: "" };
    const rest = { logGroupName: "", autoScalingGroupName: "", executeCommand: false };
    const commands = Object.keys(buildAwsCliCommands({ ...names, ...rest }));

    assert.deepEqual(all(/^run ([a-zA-Z]+)/gm), commands);
  });

  it("sets settings that Pulumi.yaml declares", () => {
    const { config } = parse(readFileSync("Pulumi.yaml", "utf8")) as {
      config: Record<string, unknown>;
    };
    const set = all(/pulumi config set (?:--secret )?(\w+)/g);

    assert.ok(set.length >= 2);
    assert.deepEqual(
      set.filter((key) => !(key in config)),
      [],
    );
  });

  it("installs the CLI of the version that package.json pins for the SDK", () => {
    const { dependencies } = JSON.parse(readFileSync("package.json", "utf8")) as {
      dependencies: Record<string, string>;
    };

    assert.deepEqual(all(/--version (\d[\d.]+\d)/g), [dependencies["@pulumi/pulumi"]]);
  });

  it("uses commands that the sandbox has", () => {
    const known = [...ENGINE_COMMANDS.map(({ name }) => name), "drift"];
    const used = all(/npm run sandbox -- ([a-z]+)/g);

    assert.ok(used.length > 0);
    assert.deepEqual(
      used.filter((name) => !known.includes(name)),
      [],
    );
  });

  it("marks every block of commands by what it was tried with", () => {
    const sections = PAGE.split(/^## /m).slice(3);

    const unmarked = sections.filter(
      (section) => section.includes("```sh") && !/\*\*\[(sandbox|moto|AWS)\]\*\*/.test(section),
    );

    assert.deepEqual(
      unmarked.map((section) => section.split("\n")[0]),
      [],
    );
  });
});
