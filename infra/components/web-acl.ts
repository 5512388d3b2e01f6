import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

type Rule = aws.types.input.wafv2.WebAclRule;

export interface WebAclArgs {
  /** Load balancer whose requests the web ACL judges. */
  readonly loadBalancerArn: pulumi.Input<string>;
}

/**
 * Requests of one address in five minutes, 6.7 a second: far above a person with a browser,
 * far below a flood. AWS WAF takes 10 to 2,000,000,000.
 */
const REQUESTS_PER_ADDRESS = 2000;
const RATE_WINDOW_SECONDS = 300;

/**
 * A web ACL of AWS WAF in front of the load balancer.
 *
 * Costs: $9 a month ($5, and $1 a rule) and $0.60 per million requests.
 */
export function declareWebAcl(
  name: string,
  args: WebAclArgs,
  opts?: pulumi.CustomResourceOptions,
): aws.wafv2.WebAcl {
  const webAcl = new aws.wafv2.WebAcl(
    name,
    {
      scope: "REGIONAL",
      description: `Requests to ${name}`,
      defaultAction: { allow: {} },
      rules: webAclRules(),
      visibilityConfig: visibility(name),
    },
    opts,
  );
  new aws.wafv2.WebAclAssociation(
    name,
    { webAclArn: webAcl.arn, resourceArn: args.loadBalancerArn },
    opts,
  );
  return webAcl;
}

/** Cheapest rule first; together 927 of the 1500 capacity units that cost nothing extra. */
function webAclRules(): Rule[] {
  return [
    {
      name: "RateLimit",
      priority: 0,
      action: { block: {} },
      statement: {
        rateBasedStatement: {
          aggregateKeyType: "IP",
          evaluationWindowSec: RATE_WINDOW_SECONDS,
          limit: REQUESTS_PER_ADDRESS,
        },
      },
      visibilityConfig: visibility("RateLimit"),
    },
    managedRules(1, "AWSManagedRulesAmazonIpReputationList"),
    managedRules(2, "AWSManagedRulesKnownBadInputsRuleSet"),
    // The rule blocks every body above 8 KiB, which is all that WAF reads of one behind a load
    // balancer; how large a body may be is for the application to say.
    managedRules(3, "AWSManagedRulesCommonRuleSet", ["SizeRestrictions_BODY"]),
  ];
}

/** A group of AWS's managed rules; those of `counted` count what they match and block nothing. */
function managedRules(priority: number, group: string, counted: readonly string[] = []): Rule {
  return {
    name: group,
    priority,
    overrideAction: { none: {} },
    statement: {
      managedRuleGroupStatement: {
        vendorName: "AWS",
        name: group,
        ...(counted.length === 0
          ? {}
          : {
              ruleActionOverrides: counted.map((name) => ({ name, actionToUse: { count: {} } })),
            }),
      },
    },
    visibilityConfig: visibility(group),
  };
}

function visibility(metricName: string) {
  return { cloudwatchMetricsEnabled: true, metricName, sampledRequestsEnabled: true };
}
