import * as assert from "node:assert/strict";

import { countResources } from "../../../bench/preview/cdk-app-folder";

describe("countResources", () => {
  it("counts the resources of a template without CDK's usage record", () => {
    const template = JSON.stringify({
      Resources: {
        Vpc8378EB38: { Type: "AWS::EC2::VPC" },
        VpcIGWD7BA715C: { Type: "AWS::EC2::InternetGateway" },
        CDKMetadata: { Type: "AWS::CDK::Metadata" },
      },
      Conditions: { CDKMetadataAvailable: {} },
    });

    assert.equal(countResources(template), 2);
  });
});
