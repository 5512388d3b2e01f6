import assert from "node:assert/strict";
import { consequenceOf } from "../../../tools/compare/consequences";
import type { Bag } from "../../../tools/preview/graph";
import { aNode } from "../../support/stack-sides";

const changed = (...paths: string[]) =>
  paths.map((path) => ({ path, before: 1, after: 2, replaces: false, lines: undefined }));

describe("consequenceOf", () => {
  const group = (inputs: Bag) => aNode("aws:autoscaling/group:Group", "web", { inputs });
  const REFRESH = "starts an instance refresh: every instance is replaced, rolling";

  it("is an instance refresh where a group that has one gets another template", () => {
    const refreshing = group({ instanceRefresh: { strategy: "Rolling" } });

    assert.equal(consequenceOf(refreshing, changed("launchTemplate.version")), REFRESH);
    const path = "mixedInstancesPolicy.launchTemplate.launchTemplateSpecification.version";
    assert.equal(consequenceOf(refreshing, changed("maxSize", path)), REFRESH);
    assert.equal(consequenceOf(refreshing, changed("maxSize", "tags[0].value")), undefined);
    assert.equal(consequenceOf(group({}), changed("launchTemplate.version")), undefined);
  });

  it("spares what matches already where the group wants that", () => {
    const preferences = { skipMatching: true };
    const skipping = group({ instanceRefresh: { strategy: "Rolling", preferences } });

    assert.equal(
      consequenceOf(skipping, changed("launchTemplate.version")),
      "starts an instance refresh: every instance that does not match already is replaced, rolling",
    );
  });

  it("is one where a property is a trigger", () => {
    const triggers = ["tag", "max_instance_lifetime"];
    const refreshing = group({ instanceRefresh: { strategy: "Rolling", triggers } });

    assert.equal(consequenceOf(refreshing, changed("tags[0].value")), REFRESH);
    assert.equal(consequenceOf(refreshing, changed("maxInstanceLifetime")), REFRESH);
    assert.equal(consequenceOf(refreshing, changed("maxSize")), undefined);
  });

  it("is a deployment where a service gets another task definition", () => {
    const service = aNode("aws:ecs/service:Service", "web");
    const deployment = "starts a deployment: every task is replaced, rolling";

    assert.equal(consequenceOf(service, changed("taskDefinition")), deployment);
    assert.equal(consequenceOf(service, changed("desiredCount")), undefined);
  });

  it("is nothing for other types", () => {
    assert.equal(
      consequenceOf(aNode("test:index:Thing", "web"), changed("taskDefinition")),
      undefined,
    );
  });
});
