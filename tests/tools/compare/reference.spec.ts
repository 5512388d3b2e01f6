import assert from "node:assert/strict";
import {
  referencesIn,
  referenceTo,
  withShortReferences,
  withSources,
} from "../../../tools/compare/reference";

const CLUSTER = "urn:pulumi:dev::shop::shop:index:Cluster$aws:ecs/cluster:Cluster::web";
const FUNCTION = "aws:index/getCallerIdentity:getCallerIdentity";

describe("a reference", () => {
  it("names a resource's output, or a function's answer, in a text", () => {
    const text = `arn:${referenceTo(FUNCTION, "accountId")}:${referenceTo(CLUSTER, "arns[0]")}`;

    assert.deepEqual(referencesIn(text), [
      { source: FUNCTION, output: "accountId" },
      { source: CLUSTER, output: "arns[0]" },
    ]);
  });

  it("is no shell variable and no template of another language", () => {
    assert.deepEqual(referencesIn("${HOME#x} ${aws:x} $${a} ${URN#arn}"), []);
  });

  it("finds an output of a resource whose name has a number sign", () => {
    const source = "urn:pulumi:dev::shop::aws:sns/topic:Topic::alarm #1";

    assert.deepEqual(referencesIn(referenceTo(source, "arn")), [{ source, output: "arn" }]);
  });

  for (const [source, short] of [
    [CLUSTER, "${Cluster web.arn}"],
    ["urn:pulumi:dev::shop::a$b:c/d:E::web", "${E web.arn}"],
    ["urn:pulumi:dev::shop::a:b:C$b:c/d:E::the web of dev", "${E the web of dev.arn}"],
    ["urn:pulumi:dev::shop::b:c/d:E::web::1", "${E web::1.arn}"],
    [FUNCTION, "${getCallerIdentity.arn}"],
  ] as const) {
    it(`of ${source} is read as ${short}`, () => {
      assert.equal(withShortReferences(`<${referenceTo(source, "arn")}>`), `<${short}>`);
    });
  }

  it("gets another source, and the text around it stays", () => {
    const renamed = withSources(`a ${referenceTo(CLUSTER, "id")} b`, (urn) => `${urn}-2`);

    assert.equal(renamed, `a ${referenceTo(`${CLUSTER}-2`, "id")} b`);
  });
});
