import assert from "node:assert/strict";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { AwsError, PartialFailure } from "../../../../tools/simulated-aws/cloud/cloud";
import { fromStruct } from "../../../../tools/simulated-aws/resource-monitor";
import {
  describeRefusal,
  operationError,
} from "../../../../tools/simulated-aws/server/provider-errors";

describe("describeRefusal", () => {
  it("names operation, kind and resource as the AWS provider does", () => {
    const error = new AwsError("DependencyViolation", "resource sg-1 has a dependent object");
    const texts = [
      describeRefusal("deleting", "aws:ec2/securityGroup:SecurityGroup", "sg-1", error),
      describeRefusal("creating", "aws:lb/targetGroup:TargetGroup", "web", new Error("x")),
      describeRefusal("updating", "docker:index/image:Image", "web", "y"),
      describeRefusal("creating", "aws:ecs/service:Service", "web", new Error("waiting for it: z")),
    ];

    assert.deepEqual(texts, [
      "deleting EC2 Security Group (sg-1): DependencyViolation: resource sg-1 has a dependent object",
      "creating ELBv2 Target Group (web): x",
      "updating Docker Image (web): y",
      "waiting for it: z",
    ]);
  });
});

describe("operationError", () => {
  it("has no detail where nothing of the resource exists", () => {
    const error = operationError("refused", new AwsError("Throttling", "x"), {}, (bag) => bag);

    assert.equal(error.details, "refused");
    assert.equal(error.code, 2);
    assert.deepEqual(error.metadata.getMap(), {});
  });

  it("carries the resource that exists nevertheless", () => {
    const failure = new PartialFailure("X", "rolled back", { id: "web-1", outputs: { a: 1 } });

    const { metadata } = operationError("refused", failure, { in: 2 }, (outputs) => ({
      ...outputs,
      seen: true,
    }));

    const [packed] = metadata.get("grpc-status-details-bin");
    const [detail] = Status.deserializeBinary(packed as Buffer).getDetailsList();
    assert.equal(detail?.getTypeName(), "pulumirpc.ErrorResourceInitFailed");
    const failed = ErrorResourceInitFailed.deserializeBinary(detail.getValue_asU8());
    assert.equal(failed.getId(), "web-1");
    assert.deepEqual(failed.getReasonsList(), ["refused"]);
    assert.deepEqual(fromStruct(failed.getInputs()), { in: 2 });
    assert.deepEqual(fromStruct(failed.getProperties()), { a: 1, seen: true });
  });
});
