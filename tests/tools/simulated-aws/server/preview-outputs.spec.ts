import assert from "node:assert/strict";
import { UNKNOWN } from "../../../../tools/preview/graph";
import { secretValue } from "../../../../tools/simulated-aws/protocol-values";
import {
  outputsOfCreation,
  outputsOfUpdate,
} from "../../../../tools/simulated-aws/server/preview-outputs";
import { ACCOUNT } from "./tiny-cloud";

const template = { type: "aws:ec2/launchTemplate:LaunchTemplate", name: "web" };

describe("outputsOfCreation", () => {
  it("echoes the inputs and leaves unknown what only AWS tells", () => {
    const outputs = outputsOfCreation(template, { instanceType: "t4g.small" }, ACCOUNT);

    assert.equal(outputs["instanceType"], "t4g.small");
    assert.equal(outputs["name"], UNKNOWN);
    assert.equal(outputs["latestVersion"], UNKNOWN);
    assert.deepEqual(outputs["tagsAll"], { Owner: "platform" });
  });

  it("keeps secrets secret, and what is made of them unknown", () => {
    const outputs = outputsOfCreation(template, { tags: secretValue({ Key: "x" }) }, ACCOUNT);

    assert.deepEqual(outputs["tags"], secretValue({ Key: "x" }));
    assert.equal(outputs["tagsAll"], UNKNOWN);
  });
});

describe("outputsOfUpdate", () => {
  const state = { name: "web-1", arn: "arn:web-1", latestVersion: 3, instanceType: "t4g.small" };

  it("keeps what AWS told before, and leaves unknown what every update renews", () => {
    const outputs = outputsOfUpdate(template, state, { instanceType: "t4g.large" }, ACCOUNT);

    assert.equal(outputs["instanceType"], "t4g.large");
    assert.equal(outputs["name"], "web-1");
    assert.equal(outputs["arn"], "arn:web-1");
    assert.equal(outputs["latestVersion"], UNKNOWN);
  });

  it("leaves a new input unknown that is not known yet", () => {
    const outputs = outputsOfUpdate(template, state, { name: UNKNOWN }, ACCOUNT);

    assert.equal(outputs["name"], UNKNOWN);
  });
});
