import assert from "node:assert/strict";
import type { CompareOptions } from "../../../tools/compare/compare";
import { compare } from "../../../tools/compare/compare";
import type { Comparison, ResourceChange } from "../../../tools/compare/comparison";
import type { Bag, ResourceNode, ResourceOptions } from "../../../tools/preview/graph";
import { ENCRYPTED } from "../../../tools/compare/secret-digests";
import { SECRET } from "../../../tools/preview/graph";
import { aNode, sideOf } from "../../support/stack-sides";

const REPOSITORY = "aws:ecr/repository:Repository";
const TASK = "aws:ecs/taskDefinition:TaskDefinition";
const TARGET = "aws:lb/targetGroup:TargetGroup";

function comparison(
  before: readonly ResourceNode[],
  after: readonly ResourceNode[],
  allowDestruction: CompareOptions["allowDestruction"] = [],
): Comparison {
  return compare(sideOf(before), sideOf(after), { allowDestruction });
}

function only(...args: Parameters<typeof comparison>): ResourceChange {
  const [change, ...others] = comparison(...args).changes;
  assert.equal(others.length, 0);
  return change!;
}

const node = (type: string, inputs: Bag, options: ResourceOptions = {}): ResourceNode =>
  aNode(type, "web", { inputs, options });

describe("a resource's change", () => {
  it("is a destruction where data or traffic goes, unless its type is allowed", () => {
    const repository = node(REPOSITORY, {});
    const [one, other] = [80, 81].map((port) => node(TARGET, { port }));

    assert.deepEqual(
      [only([repository], []), only([repository], [], [REPOSITORY]), only([one!], [other!])].map(
        ({ operation, holds, destruction }) => [operation, holds, destruction],
      ),
      [
        ["delete", "data", "refused"],
        ["delete", "data", "allowed"],
        ["replace", "traffic", "refused"],
      ],
    );
  });

  it("says who allowed a destruction, the first of several, and nothing of other changes", () => {
    const repository = node(REPOSITORY, {});
    const commit = { type: REPOSITORY, by: "1a2b3c4 (feat: move the images)" };
    const allowed = [[commit], [REPOSITORY, commit], [commit, REPOSITORY], []].map(
      (permissions) => only([repository], [], permissions).allowedBy,
    );

    assert.deepEqual(allowed, [commit.by, "--allow-destruction", commit.by, undefined]);
    assert.equal(only([], [repository], [REPOSITORY]).allowedBy, undefined);
  });

  it("destroys nothing where a resource comes, changes in place, or holds nothing", () => {
    const [one, other] = ["a", "b"].map((family) => node(TASK, { family }));
    const found = [
      only([], [node(REPOSITORY, {})]),
      only([node(REPOSITORY, {})], [node(REPOSITORY, { forceDelete: true })]),
      only([one!], [other!]),
    ];

    assert.deepEqual(
      found.map(({ operation, destruction }) => [operation, destruction]),
      [
        ["create", undefined],
        ["update", undefined],
        ["replace", undefined],
      ],
    );
  });

  it("destroys nothing where what goes stays in the account", () => {
    const retained = node(REPOSITORY, {}, { retainOnDelete: true });
    const skipped = node("aws:cloudwatch/logGroup:LogGroup", { skipDestroy: true });

    assert.equal(only([retained], []).destruction, undefined);
    assert.equal(only([skipped], []).destruction, undefined);
  });

  it("says what a protected resource needs first", () => {
    const [one, other] = ["a", "b"].map((name) => node(REPOSITORY, { name }, { protect: true }));

    assert.equal(
      only([one!], []).hint,
      "is protected, and the deployment fails: deploy it without `protect` first, and remove it in the next deployment",
    );
    assert.equal(
      only([one!], [other!]).hint,
      "is protected, and the deployment fails: take `protect` off in the same change if it is to be replaced",
    );
    assert.equal(only([one!], [node(REPOSITORY, { name: "b" })]).hint, undefined);
  });

  it("may be a replacement where the tables do not know its type", () => {
    const [one, other] = [1, 2].map((size) => node("test:index:Thing", { size }));

    const { operation, mayReplace } = only([one!], [other!]);

    assert.deepEqual([operation, mayReplace], ["update", true]);
    assert.equal(only([node(REPOSITORY, {})], [node(REPOSITORY, { a: 1 })]).mayReplace, false);
  });

  it("deletes first where the program keeps a given name, and not where the provider names", () => {
    const replaced = (name: Bag): boolean =>
      only([node(TARGET, { ...name, port: 80 })], [node(TARGET, { ...name, port: 81 })])
        .deletesFirst;

    assert.equal(replaced({ name: "web" }), true);
    assert.equal(replaced({}), false);
  });

  it("replaces for the paths that the program names, and for another provider", () => {
    const urn = "urn:pulumi:dev::shop::pulumi:providers:aws::west";
    const tagged = (tag: string) =>
      node(REPOSITORY, { tags: { a: tag } }, { replaceOnChanges: ["tags"] });

    assert.equal(only([tagged("1")], [tagged("2")]).operation, "replace");
    const { operation, options } = only(
      [node(REPOSITORY, {})],
      [node(REPOSITORY, {}, { provider: `${urn}::1` })],
    );
    assert.equal(operation, "replace");
    assert.deepEqual(options, [
      {
        path: "provider",
        before: undefined,
        after: `${urn}::1`,
        replaces: false,
        lines: undefined,
      },
    ]);
  });

  it("takes the provider's default for what the program leaves out", () => {
    const found = comparison([node(TARGET, {})], [node(TARGET, { slowStart: 0 })]);
    assert.deepEqual(found.changes, []);

    const [change] = only([node(TARGET, { slowStart: 30 })], [node(TARGET, {})]).properties;
    assert.deepEqual([change?.before, change?.after], [30, undefined]);
  });

  it("follows the provider's default tags and region", () => {
    const deployed = (region: string, tag: string): ResourceNode =>
      aNode(REPOSITORY, "web", { outputs: { region, tagsAll: { Owner: tag } } });

    assert.deepEqual(
      only([deployed("a", "x")], [deployed("a", "y")]).properties.map(({ path }) => path),
      ["tagsAll.Owner"],
    );
    assert.equal(only([deployed("a", "x")], [deployed("b", "x")]).operation, "replace");
  });

  it("changes a component with its own inputs, and one that its provider makes not at all", () => {
    const part = (remote: boolean, size: number) =>
      aNode("shop:index:Part", "web", { remote, inputs: { size } });

    assert.equal(only([part(false, 1)], [part(false, 2)]).operation, "update");
    assert.deepEqual(comparison([part(true, 1)], [part(true, 2)]).changes, []);
  });

  it("tells that a secret is another one, and not which", () => {
    const parameter = node("aws:ssm/parameter:Parameter", { value: SECRET });
    const [one, other, same] = ["1", "2", "2"].map((digest) => ({
      ...sideOf([parameter]),
      secretInputs: { [parameter.urn]: { value: digest } },
    }));

    const [change] = compare(one, other!, { allowDestruction: [] }).changes;
    assert.deepEqual(change?.properties, [
      { path: "value", before: SECRET, after: SECRET, replaces: false, lines: undefined },
    ]);
    assert.deepEqual(compare(other, same!, { allowDestruction: [] }).changes, []);
    const encrypted = { ...one!, secretInputs: { [parameter.urn]: { value: ENCRYPTED } } };
    assert.deepEqual(compare(one, encrypted, { allowDestruction: [] }).changes, []);
  });

  it("says what an update sets off, and of a replacement only what it is", () => {
    const service = (inputs: Bag) => aNode("aws:ecs/service:Service", "web", { inputs });
    const hintOf = (before: Bag, after: Bag) => only([service(before)], [service(after)]).hint;

    assert.equal(
      hintOf({ taskDefinition: "web:1" }, { taskDefinition: "web:2" }),
      "starts a deployment: every task is replaced, rolling",
    );
    const moved = { taskDefinition: "web:2", name: "other" };
    assert.equal(hintOf({ taskDefinition: "web:1", name: "web" }, moved), undefined);
  });

  it("keeps, and names, what only gets other options", () => {
    const options = { protect: true, ignoreChanges: ["a", "b"], aliases: ["x"] };
    const { changes, kept, counts } = comparison(
      [node(REPOSITORY, {}, { ignoreChanges: ["b", "a"] })],
      [node(REPOSITORY, {}, options)],
    );

    assert.deepEqual(changes, []);
    assert.equal(counts.same, 1);
    assert.deepEqual(kept[0]?.options, [
      { path: "protect", before: undefined, after: true, replaces: false, lines: undefined },
    ]);
  });

  it("of what is deleted with another follows from it", () => {
    const cluster = aNode("aws:ecs/cluster:Cluster", "web");
    const child = node("test:index:Thing", {}, { deletedWith: cluster.urn });

    const { changes } = comparison([cluster, child], []);

    assert.deepEqual(
      changes.map(({ type, follows }) => [type, follows]),
      [
        ["aws:ecs/cluster:Cluster", []],
        ["test:index:Thing", [cluster.urn]],
      ],
    );
  });
});

describe("a comparison's settings", () => {
  it("differ by their values, and encrypted ones by their fingerprints", () => {
    const plain = (value: string) => ({ value, fingerprint: undefined });
    const encrypted = (fingerprint: string) => ({ value: SECRET, fingerprint });
    const [before, after] = [
      { list: plain('["a"]'), gone: plain("1"), secret: encrypted("x"), same: plain("s") },
      // As it is read from another process.
      { list: plain('["b"]'), come: plain("2"), secret: encrypted("y"), same: { value: "s" } },
    ].map((settings) => sideOf([], { settings: settings as never }));

    assert.deepEqual(
      compare(before, after!, { allowDestruction: [] }).settings.map(
        ({ path, before: was, after: is }) => [path, was, is],
      ),
      [
        ["come", undefined, "2"],
        ["gone", "1", undefined],
        ["list", ["a"], ["b"]],
        ["secret", SECRET, SECRET],
      ],
    );
  });

  it("and outputs are not said to differ of a stack that is new", () => {
    const side = sideOf([node(REPOSITORY, {})], { outputs: { a: 1 } });

    const { counts, settings, outputs } = compare(undefined, side, { allowDestruction: [] });

    assert.deepEqual(counts, { create: 1, update: 0, replace: 0, delete: 0, same: 0 });
    assert.deepEqual([settings, outputs], [[], []]);
  });
});
