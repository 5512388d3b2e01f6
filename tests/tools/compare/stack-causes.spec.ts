import assert from "node:assert/strict";
import { compare } from "../../../tools/compare/compare";
import { inNamesOf } from "../../../tools/compare/name-dependence";
import { findCauses, withCauses } from "../../../tools/compare/stack-causes";
import type { StackSide } from "../../../tools/compare/stack-side";
import type { Bag, ResourceGraph } from "../../../tools/preview/graph";
import { sideOf } from "../../support/sides";

type Config = Readonly<Record<string, string>>;

/** A graph with a topic for each of the bags of inputs, by name. */
function graphOf(topics: Readonly<Record<string, Bag>>, stack = "prod"): ResourceGraph {
  const resources = Object.entries(topics).map(([name, inputs]) => ({
    urn: `urn:pulumi:${stack}::shop::aws:sns/topic:Topic::${name}`,
    ...{ type: "aws:sns/topic:Topic", name, parent: undefined, custom: true, remote: false },
    ...{ inputs, outputs: inputs, dependencies: [], propertyDependencies: {}, options: {} },
    source: undefined,
  }));
  return { project: "shop", stack, resources, outputs: {} };
}

describe("findCauses", () => {
  let side: StackSide;
  before(async () => {
    side = await sideOf("dev");
  });

  /** Causes by name, without the URN's start. */
  const causes = async (
    program: (config: Config) => ReturnType<typeof graphOf> | undefined,
    before: Config,
    after: Config,
  ) => {
    const files = (config: Config) => ({ project: "shop", stack: "prod", config, secretKeys: [] });
    const found = await findCauses({
      before: files({ ...before }),
      after: files({ ...after }),
      record: ({ config }) => {
        const graph = program(config);
        return Promise.resolve(graph === undefined ? { refusal: "no" } : { graph });
      },
      compare: (one, other) =>
        compare({ ...side, ...one }, { ...side, ...other }, { allowDestruction: [] }),
    });
    return Object.fromEntries([...found].map(([urn, keys]) => [urn.split("::").pop() ?? "", keys]));
  };

  it("names the key whose value makes a difference vanish", async () => {
    const program = ({ a = "", b = "" }: Config) =>
      graphOf({
        one: { displayName: a },
        two: { displayName: b },
        ...(b === "2" && { three: {} }),
      });

    assert.deepEqual(await causes(program, { a: "1", b: "1" }, { a: "2", b: "2" }), {
      one: ["a"],
      two: ["b"],
      three: ["b"],
    });
  });

  it("names every key that a value is made of", async () => {
    const program = ({ a = "", b = "" }: Config) => graphOf({ one: { displayName: `${a}-${b}` } });

    assert.deepEqual(
      await causes(program, { a: "1", b: "1", c: "1" }, { a: "2", b: "2", c: "2" }),
      {
        one: ["a", "b"],
      },
    );
  });

  it("names two keys that the program refuses one without the other", async () => {
    const program = ({ domain, zone }: Config) =>
      (domain === undefined) === (zone === undefined)
        ? graphOf(domain === undefined ? {} : { one: { displayName: domain } })
        : undefined;

    assert.deepEqual(
      await causes(program, { other: "1" }, { domain: "d", zone: "z", other: "2" }),
      {
        one: ["domain", "zone"],
      },
    );
  });

  it("does not name the key that another one only needs to be allowed", async () => {
    const program = ({ min = "", max = "" }: Config) =>
      Number(min) <= Number(max)
        ? graphOf({ low: { displayName: min }, high: { displayName: max } })
        : undefined;

    assert.deepEqual(await causes(program, { min: "1", max: "4" }, { min: "8", max: "20" }), {
      low: ["min"],
      high: ["max"],
    });
  });

  it("finds no cause for what the program makes of the stack's name", () => {
    const before = inNamesOf(
      graphOf({ one: { displayName: "dev-web /dev/xvda" }, two: { displayName: "small" } }, "dev"),
      graphOf({ one: { displayName: "prod-web /dev/xvda" }, two: { displayName: "large" } }),
    );
    const after = graphOf({
      one: { displayName: "prod-web /dev/xvda" },
      two: { displayName: "large" },
    });
    const comparison = compare(
      { ...side, graph: before },
      { ...side, graph: after },
      { allowDestruction: [] },
    );
    const { changes } = withCauses(comparison, new Map());

    assert.deepEqual(
      changes.map(({ name, causes: found }) => [name, found]),
      [["two", []]],
    );
  });
});
