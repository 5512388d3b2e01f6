import assert from "node:assert/strict";
import { ARGUMENTS } from "../../../../tools/simulated-aws/cloud/arguments/table";
import { RULES } from "../../../../tools/simulated-aws/cloud/rules/table";
import { REPLACEMENTS } from "../../../../tools/simulated-aws/replacements";
import { RESOURCE_TYPES } from "../../../../tools/simulated-aws/resource-types";

/** What AWS makes by itself, and no program declares. */
const UNMANAGED = [
  "aws:ec2/instance:Instance",
  "aws:s3/bucketObject:BucketObject",
  "docker:registry/manifest:Manifest",
];

describe("the tables of the simulated account", () => {
  const types = Object.keys(RESOURCE_TYPES).sort();

  it("say of every type that the simulated AWS knows what replaces it", () => {
    assert.deepEqual(Object.keys(REPLACEMENTS).sort(), types);
  });

  it("say of every type what the provider asks of its inputs", () => {
    assert.deepEqual(Object.keys(ARGUMENTS).sort(), types);
  });

  it("say of every type what AWS holds it to, and of what AWS makes by itself", () => {
    assert.deepEqual(Object.keys(RULES).sort(), [...types, ...UNMANAGED].sort());
  });

  it("name a source for every entry of the replacements", () => {
    for (const [type, { source }] of Object.entries(REPLACEMENTS)) {
      assert.match(source, /^(hashicorp\/terraform-provider-aws|pulumi\/pulumi-docker) /, type);
    }
  });

  it("refer to types that have entries themselves", () => {
    const known = [...types, ...UNMANAGED];
    const named = Object.values(RULES).flatMap(
      ({ references = [], obstacles = [], takesAlong = [] }) => [
        ...references.flatMap(({ to }) => to),
        ...obstacles.flatMap(({ by = [] }) => by),
        ...takesAlong,
      ],
    );
    assert.deepEqual(
      named.filter((type) => !known.includes(type)),
      [],
    );
  });

  it("let only what refers to a type stand in its way or go with it", () => {
    for (const [type, { obstacles = [], takesAlong = [] }] of Object.entries(RULES)) {
      for (const other of [...obstacles.flatMap(({ by = [] }) => by), ...takesAlong]) {
        const refers = RULES[other]?.references?.some(({ to }) => to.includes(type)) ?? false;
        assert.ok(refers, `${other} never refers to ${type}`);
      }
    }
  });

  it("ask for every input that the SDK asks for", async () => {
    for (const type of types.filter((each) => each.startsWith("aws:"))) {
      const [, module = ""] = type.split(":");
      const asked = await requiredBySdk(module);
      const { required = [], exactlyOneOf = [] } = ARGUMENTS[type] ?? {};
      const missing = asked.filter(
        (property) => !required.includes(property) && !exactlyOneOf.flat().includes(property),
      );
      assert.deepEqual(missing, [], type);
    }
  });
});

/** The properties without which the class of @pulumi/aws throws. */
async function requiredBySdk(module: string): Promise<string[]> {
  const { readFile } = await import("node:fs/promises");
  const source = await readFile(require.resolve(`@pulumi/aws/${module}`), "utf8");
  return [...source.matchAll(/Missing required property '(\w+)'/g)].map(([, name = ""]) => name);
}
