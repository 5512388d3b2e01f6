import assert from "node:assert/strict";
import { reviewAgainstStack } from "../../../tools/compare/against-stack";
import type { ResourceChange } from "../../../tools/compare/comparison";

const key = (name: string): string => `ecs-on-ec2:${name}`;

describe("reviewAgainstStack", function () {
  this.timeout(120_000);
  let changes: readonly ResourceChange[] = [];
  before(async () => {
    const request = { directory: process.cwd(), stack: "prod", other: "dev" };
    ({ changes } = (await reviewAgainstStack(request)).comparison);
  });

  const causesOf = (type: string, name: string): readonly string[] | undefined => {
    const found = changes.filter((change) => change.type === type && change.name === name);
    assert.equal(found.length, 1, `${type} ${name}`);
    return found[0]?.causes;
  };

  it("names the keys that make a difference between dev and prod, and no other", () => {
    assert.deepEqual(
      [
        causesOf("aws:appautoscaling/target:Target", "web"),
        causesOf("aws:wafv2/webAcl:WebAcl", "web"),
        causesOf("aws:wafv2/webAclAssociation:WebAclAssociation", "web"),
        causesOf("aws:s3/bucket:Bucket", "web-access-logs"),
        causesOf("aws:acm/certificate:Certificate", "web"),
      ],
      [
        ["aws:defaultTags", key("maxTasks"), key("minTasks")],
        [key("webAcl")],
        [key("webAcl")],
        [key("accessLogs")],
        [key("domainName"), key("hostedZoneId")],
      ],
    );
  });

  it("finds nothing that no setting makes, and no difference that every setting would make", () => {
    const [first] = changes.filter(({ causes }) => causes?.length === 0);
    const most = Math.max(...changes.map(({ causes }) => causes?.length ?? 0));

    assert.equal(first, undefined);
    assert.ok(most < 15, String(most));
  });

  it("destroys nothing, as neither stack takes the other's place", () => {
    assert.deepEqual([...new Set(changes.map(({ destruction }) => destruction))], [undefined]);
  });
});
