import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import { knownAfter } from "../../../infra/components/known-after";
import { UNKNOWN } from "../../../tools/preview/graph";
import { underMocks } from "../../support/program-under-mocks";

const declare = () => {
  const group = new aws.ec2.SecurityGroup("group", { description: "A group" });
  const gate = new aws.cloudwatch.LogGroup("gate");
  const value = knownAfter(group.description, [gate]);
  new aws.cloudwatch.LogGroup("user", { namePrefix: value });
  return { value };
};

describe("knownAfter", () => {
  it("passes the value on and makes its users depend on the resources", async () => {
    const program = await underMocks(declare);

    assert.equal(program.outputs["value"], "A group");
    const type = "aws:cloudwatch/logGroup:LogGroup";
    assert.deepEqual(program.named(type, "user").dependencies, [
      program.named(type, "gate").urn,
      program.only("aws:ec2/securityGroup:SecurityGroup").urn,
    ]);
  });

  it("keeps the value unknown as long as the resources do not exist", async () => {
    const program = await underMocks(declare, { preview: true });

    assert.equal(program.outputs["value"], UNKNOWN);
  });
});
