import assert from "node:assert/strict";
import { allowedRegions as policy } from "../../../../policies/rules/network/allowed-regions";
import { UNKNOWN, type Json } from "../../../../tools/preview/graph";
import { judgeStack } from "../../../support/judgement";

const subject = (region?: Json, type = "aws:ecs/cluster:Cluster", name = "web") => ({
  type,
  name,
  props: region === undefined ? {} : { region },
});

const ACCEPTED = { violations: [], subjects: [], levels: [], undecided: false };

describe("allowed-regions", () => {
  for (const [what, resource] of [
    ["the first of the regions", subject("eu-central-1")],
    ["the last of the regions", subject("us-west-2")],
    ["a resource without a region", subject()],
    ["a resource whose region is null", subject(null)],
    ["a provider in a region", subject("eu-west-1", "pulumi:providers:aws")],
    ["the region of another cloud", subject("westeurope", "azure-native:web:App")],
    ["the region of a component", subject("westeurope", "ecs-on-ec2:index:Network")],
  ] as const) {
    it(`accepts ${what}`, async () => {
      assert.deepEqual(await judgeStack(policy, [resource]), ACCEPTED);
    });
  }

  for (const [what, resource, got] of [
    ["another region", subject("ap-south-1"), 'region is "ap-south-1"'],
    ["a region in capitals", subject("EU-CENTRAL-1"), 'region is "EU-CENTRAL-1"'],
    ["an empty region", subject(""), 'region is ""'],
    ["a number", subject(1), "region is not a text"],
    [
      "another region of a provider",
      subject("ap-south-1", "pulumi:providers:aws"),
      'region is "ap-south-1"',
    ],
  ] as const) {
    it(`refuses ${what}`, async () => {
      assert.deepEqual(
        await judgeStack(policy, [subject("eu-west-1", "aws:sns/topic:Topic", "news"), resource]),
        {
          violations: [
            `${got}, allowed is eu-central-1, eu-west-1, eu-north-1, us-east-1, us-east-2, us-west-2 (prod, policies/limits.ts "allowed-regions"); set aws:region in Pulumi.<stack>.yaml, or remove region from the resource`,
          ],
          subjects: ["web"],
          levels: ["mandatory"],
          undecided: false,
        },
      );
    });
  }

  it("refuses in dev too", async () => {
    assert.deepEqual((await judgeStack(policy, [subject("ap-south-1")], "dev")).levels, [
      "mandatory",
    ]);
  });

  it("is undecided on an unknown region, and decides the other resources", async () => {
    const { subjects, undecided } = await judgeStack(policy, [
      subject(UNKNOWN),
      subject("ap-south-1", "aws:sns/topic:Topic", "news"),
    ]);

    assert.equal(undecided, true);
    assert.deepEqual(subjects, ["news"]);
  });
});
