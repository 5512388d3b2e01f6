import assert from "node:assert/strict";
import { compare } from "../../../tools/compare/compare";
import type { UndecidedResource } from "../../../tools/compare/comparison";
import { ENCRYPTED, type SecretDigests } from "../../../tools/compare/secret-digests";
import { type Bag, SECRET } from "../../../tools/preview/graph";
import { aNode, type NodeSketch, sideOf } from "../../support/stack-sides";

const SUBSCRIPTION = "aws:sns/topicSubscription:TopicSubscription";
const PARAMETER = "aws:ssm/parameter:Parameter";

const plain = { value: "a", fingerprint: undefined };
const encrypted = (fingerprint: string) => ({ value: SECRET, fingerprint });
const NOTHING_ALLOWED = { allowDestruction: [] };

/** Of a resource with an input that is made of an encrypted value, which is another one. */
function compared(
  type: string,
  { before = {}, after = {}, ...sketch }: NodeSketch & { before?: Bag; after?: Bag } = {},
  digest = ENCRYPTED,
) {
  const paths: Readonly<Record<string, string>> = { [SUBSCRIPTION]: "endpoint" };
  const path = paths[type] ?? "value";
  const side = (inputs: Bag, fingerprint: string) => {
    const node = aNode(type, "web", { ...sketch, inputs: { ...inputs, [path]: SECRET } });
    const secretInputs: SecretDigests = { [node.urn]: { [path]: digest, other: "1f" } };
    const settings = { "shop:email": encrypted(fingerprint), "shop:size": plain };
    return { ...sideOf([node], { settings }), secretInputs };
  };
  return compare(side(before, "1"), side(after, "2"), NOTHING_ALLOWED);
}

const briefly = ({ undecided }: { readonly undecided: readonly UndecidedResource[] }) =>
  undecided.map(({ paths, because, mayReplace }) => [paths, because, mayReplace]);

describe("undecidedResources", () => {
  it("has what is made of an encrypted value that is another one, which counts nowhere", () => {
    const { undecided, changes, counts } = compared(PARAMETER);

    assert.deepEqual(undecided, [
      {
        urn: `urn:pulumi:dev::shop::${PARAMETER}::web`,
        type: PARAMETER,
        name: "web",
        paths: ["value"],
        because: ["shop:email"],
        mayReplace: false,
      },
    ]);
    assert.deepEqual([changes, counts.same], [[], 0]);
  });

  it("may replace what the input would replace, and what nobody knows", () => {
    assert.deepEqual(briefly(compared(SUBSCRIPTION)), [[["endpoint"], ["shop:email"], true]]);
    assert.deepEqual(briefly(compared("test:index:Thing")), [[["value"], ["shop:email"], true]]);
    assert.deepEqual(briefly(compared("shop:index:Part")), [[["value"], ["shop:email"], false]]);
    const options = { replaceOnChanges: ["value"] };
    assert.deepEqual(briefly(compared(PARAMETER, { options })), [
      [["value"], ["shop:email"], true],
    ]);
  });

  it("has what is updated too, and nothing that is replaced or ignores it", () => {
    const sizes = { before: { description: "a" }, after: { description: "b" } };
    const updated = compared(PARAMETER, sizes);
    assert.deepEqual([updated.undecided.length, updated.counts.update], [1, 1]);

    const names = { before: { name: "a" }, after: { name: "b" } };
    const replaced = compared(PARAMETER, names);
    assert.deepEqual([replaced.undecided, replaced.counts.replace], [[], 1]);

    const ignoring = compared(PARAMETER, { options: { ignoreChanges: ["value"] } });
    assert.deepEqual([ignoring.undecided, ignoring.counts.same], [[], 1]);
  });

  it("has nothing where no encrypted value differs, or the secret is the program's own", () => {
    const node = aNode(PARAMETER, "web", { inputs: { value: SECRET } });
    const side = sideOf([node], { settings: { "shop:email": encrypted("1") } });

    assert.deepEqual(compare(side, side, NOTHING_ALLOWED).undecided, []);
    assert.deepEqual(compared(PARAMETER, {}, "1f").undecided, []);
  });

  it("has all that is secret where no secret could be told from another", () => {
    const node = aNode(PARAMETER, "web", {
      inputs: { value: SECRET, tags: { a: "b", c: [SECRET] } },
    });
    const side = (fingerprint: string) =>
      sideOf([node], { settings: { "shop:email": encrypted(fingerprint) } });

    const { undecided } = compare(side("1"), side("2"), NOTHING_ALLOWED);

    assert.deepEqual(briefly({ undecided }), [[["value", "tags.c[0]"], ["shop:email"], false]]);
  });
});
