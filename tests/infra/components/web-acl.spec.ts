import assert from "node:assert/strict";
import { declareWebAcl } from "../../../infra/components/web-acl";
import { underMocks } from "../../support/program-under-mocks";

const LOAD_BALANCER_ARN =
  "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/web-1/abc";

interface Rule {
  readonly name: string;
  readonly priority: number;
  readonly visibilityConfig: unknown;
}

const declare = () =>
  underMocks(() => {
    const { arn } = declareWebAcl("web", { loadBalancerArn: LOAD_BALANCER_ARN });
    return { arn };
  });

const visibility = (metricName: string) => ({
  cloudwatchMetricsEnabled: true,
  metricName,
  sampledRequestsEnabled: true,
});

describe("declareWebAcl", () => {
  it("puts a regional web ACL in front of the load balancer", async () => {
    const program = await declare();
    const { rules, ...acl } = program.only("aws:wafv2/webAcl:WebAcl").inputs;

    assert.deepEqual(acl, {
      scope: "REGIONAL",
      description: "Requests to web",
      defaultAction: { allow: {} },
      visibilityConfig: visibility("web"),
    });
    assert.equal((rules as unknown[]).length, 4);
    assert.deepEqual(program.only("aws:wafv2/webAclAssociation:WebAclAssociation").inputs, {
      resourceArn: LOAD_BALANCER_ARN,
      webAclArn: program.outputs["arn"],
    });
    assert.equal(program.resources.length, 2);
  });

  it("limits the rate of an address, then applies AWS's rules, all of them with metrics", async () => {
    const rules = (await declare()).only("aws:wafv2/webAcl:WebAcl").inputs["rules"];

    assert.deepEqual(rules, [
      {
        name: "RateLimit",
        priority: 0,
        action: { block: {} },
        statement: {
          rateBasedStatement: { aggregateKeyType: "IP", evaluationWindowSec: 300, limit: 2000 },
        },
        visibilityConfig: visibility("RateLimit"),
      },
      ...["AmazonIpReputationList", "KnownBadInputsRuleSet"].map((group, index) => ({
        name: `AWSManagedRules${group}`,
        priority: index + 1,
        overrideAction: { none: {} },
        statement: {
          managedRuleGroupStatement: { vendorName: "AWS", name: `AWSManagedRules${group}` },
        },
        visibilityConfig: visibility(`AWSManagedRules${group}`),
      })),
      {
        name: "AWSManagedRulesCommonRuleSet",
        priority: 3,
        overrideAction: { none: {} },
        statement: {
          managedRuleGroupStatement: {
            vendorName: "AWS",
            name: "AWSManagedRulesCommonRuleSet",
            ruleActionOverrides: [{ name: "SizeRestrictions_BODY", actionToUse: { count: {} } }],
          },
        },
        visibilityConfig: visibility("AWSManagedRulesCommonRuleSet"),
      },
    ]);
  });

  it("gives every rule a name, a priority and a metric of its own that AWS WAF takes", async () => {
    const rules = (await declare()).only("aws:wafv2/webAcl:WebAcl").inputs["rules"];
    const all = rules as unknown as readonly Rule[];

    for (const property of ["name", "priority", "visibilityConfig"] as const) {
      assert.equal(new Set(all.map((rule) => JSON.stringify(rule[property]))).size, all.length);
    }
    for (const { name } of all) {
      assert.match(name, /^[\w-]{1,128}$/);
    }
  });
});
