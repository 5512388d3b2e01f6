import {
  LISTENER_TYPES,
  LOAD_BALANCER_TYPES,
  TARGET_GROUP_ATTACHMENT_TYPES,
  TARGET_GROUP_TYPES,
} from "../../load-balancer-types";
import { stackPolicy, type StackResource, type StackUnderJudgement } from "../../policy";
import { booleanOf } from "../../values";

const ASSOCIATION = "aws:wafv2/webAclAssociation:WebAclAssociation";

export const albWaf = stackPolicy({
  name: "alb-waf",
  description: "A web ACL stands before every application load balancer that the internet reaches.",
  severity: "medium",
  levels: { dev: "disabled", prod: "advisory" },
  frameworks: ["Security Hub ELB.16", "Checkov CKV2_AWS_28"],
  remediationSteps:
    "Set webAcl to true in Pulumi.<stack>.yaml, or give a load balancer of your own an aws.wafv2.WebAclAssociation with its ARN as resourceArn.",
  url: "https://docs.aws.amazon.com/waf/latest/developerguide/web-acl-associating-aws-resource.html",
  reads: [
    ASSOCIATION,
    ...LOAD_BALANCER_TYPES,
    ...LISTENER_TYPES,
    ...TARGET_GROUP_TYPES,
    ...TARGET_GROUP_ATTACHMENT_TYPES,
  ],
  check: (stack, { violate }) => {
    const loadBalancers = LOAD_BALANCER_TYPES.flatMap((type) => stack.ofType(type));
    stack.each(loadBalancers, (loadBalancer) => {
      if (
        stack.referring(loadBalancer, "resourceArn", ASSOCIATION).length === 0 &&
        (loadBalancer.props["loadBalancerType"] ?? "application") === "application" &&
        isPublic(stack, loadBalancer)
      ) {
        violate(
          {
            got: `${loadBalancer.name} has no web ACL`,
            allowed: "a web ACL before every public application load balancer",
            fix: "set webAcl to true",
          },
          loadBalancer.urn,
        );
      }
    });
  },
});

/** Public by itself, or through a network load balancer in front, which takes no web ACL. */
function isPublic(stack: StackUnderJudgement, loadBalancer: StackResource): boolean {
  return inFrontOf(stack, loadBalancer).some(isInternetFacing) || isInternetFacing(loadBalancer);
}

const isInternetFacing = ({ props }: StackResource): boolean =>
  booleanOf(props["internal"]) !== true;

/** Load balancers whose listeners forward to a target group with this one as its target. */
function inFrontOf(
  stack: StackUnderJudgement,
  loadBalancer: StackResource,
): readonly StackResource[] {
  return TARGET_GROUP_ATTACHMENT_TYPES.flatMap((type) =>
    stack.referring(loadBalancer, "targetId", type),
  )
    .flatMap((attachment) =>
      TARGET_GROUP_TYPES.flatMap((type) => stack.referred(attachment, "targetGroupArn", type)),
    )
    .flatMap((group) =>
      LISTENER_TYPES.flatMap((type) => stack.referring(group, "defaultActions", type)),
    )
    .flatMap((listener) =>
      LOAD_BALANCER_TYPES.flatMap((type) => stack.referred(listener, "loadBalancerArn", type)),
    );
}
