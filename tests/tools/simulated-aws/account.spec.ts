import assert from "node:assert/strict";
import { accountOf, partitionOf } from "../../../tools/simulated-aws/account";

describe("accountOf", () => {
  it("takes region and default tags from the configuration", () => {
    assert.deepEqual(
      accountOf({
        "aws:region": "eu-central-1",
        "aws:defaultTags": '{"tags":{"Owner":"platform"}}',
      }),
      {
        accountId: "123456789012",
        region: "eu-central-1",
        partition: "aws",
        dnsSuffix: "amazonaws.com",
        defaultTags: { Owner: "platform" },
      },
    );
  });

  it("has no default tags where none are configured", () => {
    assert.deepEqual(accountOf({ "aws:region": "us-east-1" }).defaultTags, {});
    assert.deepEqual(
      accountOf({ "aws:region": "us-east-1", "aws:defaultTags": "{}" }).defaultTags,
      {},
    );
  });

  it("refuses a configuration without a region", () => {
    assert.throws(() => accountOf({}), {
      message:
        'aws:region is not set; set the region of the stack, for example "aws:region: eu-central-1" under config',
    });
  });

  it("refuses default tags that are not JSON", () => {
    assert.throws(() => accountOf({ "aws:region": "eu-central-1", "aws:defaultTags": "Owner" }), {
      message:
        'aws:defaultTags is "Owner"; it must be an object with "tags", a map from key to value',
    });
  });
});

describe("partitionOf", () => {
  const partitions: readonly [string, string, string][] = [
    ["eu-central-1", "aws", "amazonaws.com"],
    ["us-east-1", "aws", "amazonaws.com"],
    ["cn-north-1", "aws-cn", "amazonaws.com.cn"],
    ["us-gov-west-1", "aws-us-gov", "amazonaws.com"],
    ["us-iso-east-1", "aws-iso", "c2s.ic.gov"],
    ["us-isob-east-1", "aws-iso-b", "sc2s.sgov.gov"],
    ["us-isof-south-1", "aws-iso-f", "csp.hci.ic.gov"],
    ["eu-isoe-west-1", "aws-iso-e", "cloud.adc-e.uk"],
    ["eusc-de-east-1", "aws-eusc", "amazonaws.eu"],
  ];
  for (const [region, partition, dnsSuffix] of partitions) {
    it(`puts ${region} into ${partition}`, () => {
      assert.deepEqual(partitionOf(region), { partition, dnsSuffix });
    });
  }
});
