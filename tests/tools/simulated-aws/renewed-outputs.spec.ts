import assert from "node:assert/strict";
import { renewedOutputs } from "../../../tools/simulated-aws/renewed-outputs";

const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const PARAMETER = "aws:ssm/parameter:Parameter";

describe("renewedOutputs", () => {
  it("counts a template's versions, but not for its own settings", () => {
    assert.deepEqual(renewedOutputs(TEMPLATE, {}, ["imageId", "tags"]), ["latestVersion"]);
    assert.deepEqual(renewedOutputs(TEMPLATE, {}, ["tags", "defaultVersion"]), []);
  });

  it("renews the default version of a template that follows its latest one", () => {
    assert.deepEqual(renewedOutputs(TEMPLATE, { updateDefaultVersion: true }, ["imageId"]), [
      "latestVersion",
      "defaultVersion",
    ]);
  });

  it("counts a parameter's versions, but not for its tags", () => {
    assert.deepEqual(renewedOutputs(PARAMETER, {}, ["value"]), ["version"]);
    assert.deepEqual(renewedOutputs(PARAMETER, {}, ["tags"]), []);
  });

  it("names those of any update where it is not told what changes, and none of other types", () => {
    assert.deepEqual(renewedOutputs("docker:index/image:Image", {}), ["repoDigest"]);
    assert.deepEqual(renewedOutputs("aws:ecs/cluster:Cluster", {}, ["name"]), []);
  });
});
