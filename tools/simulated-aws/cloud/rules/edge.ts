import { AwsError } from "../cloud";
import { textOf } from "./rule";
import type { RuleTable } from "./rule";

/**
 * Certificates, DNS records and the web application firewall.
 * Sources of the wording: answers of the ACM, Route 53 and WAF APIs as the issues of
 * hashicorp/terraform-provider-aws quote them; errors of botocore/data/wafv2.
 */

const CERTIFICATE = "aws:acm/certificate:Certificate";
const WEB_ACL = "aws:wafv2/webAcl:WebAcl";

export const EDGE_RULES: RuleTable = {
  [CERTIFICATE]: {
    obstacles: [
      {
        by: ["aws:lb/listener:Listener"],
        waits: true,
        refusal: ({ id }) =>
          new AwsError(
            "ResourceInUseException",
            `Certificate ${id} in account ${id.split(":")[4] ?? ""} is in use.`,
          ),
      },
    ],
    takesAlong: ["aws:acm/certificateValidation:CertificateValidation"],
  },
  "aws:acm/certificateValidation:CertificateValidation": {
    references: [
      {
        path: "certificateArn",
        to: [CERTIFICATE],
        by: "arn",
        missing: (arn) =>
          new AwsError("ResourceNotFoundException", `Could not find certificate ${arn}.`),
      },
    ],
  },
  "aws:route53/record:Record": {
    unique: [
      {
        properties: ["zoneId", "name", "type", "setIdentifier"],
        taken: (record) =>
          new AwsError(
            "InvalidChangeBatch",
            `[Tried to create resource record set [name='${textOf(record, "name").replace(/\.?$/, ".")}', type='${textOf(record, "type")}'] but it already exists]`,
          ),
      },
    ],
  },
  [WEB_ACL]: {
    unique: [
      {
        properties: ["name", "scope"],
        taken: () =>
          new AwsError(
            "WAFDuplicateItemException",
            "AWS WAF couldn’t perform the operation because some resource in your request is a duplicate of an existing one.",
          ),
      },
    ],
    obstacles: [
      {
        by: ["aws:wafv2/webAclAssociation:WebAclAssociation"],
        waits: true,
        refusal: () =>
          new AwsError(
            "WAFAssociatedItemException",
            "AWS WAF couldn’t perform the operation because your resource is being used by another resource or it’s associated with another resource.",
          ),
      },
    ],
  },
  "aws:wafv2/webAclAssociation:WebAclAssociation": {
    references: [
      {
        path: "resourceArn",
        to: ["aws:lb/loadBalancer:LoadBalancer"],
        by: "arn",
        missing: nonexistent,
      },
      { path: "webAclArn", to: [WEB_ACL], by: "arn", missing: nonexistent },
    ],
  },
};

function nonexistent(): AwsError {
  return new AwsError(
    "WAFNonexistentItemException",
    "AWS WAF couldn’t perform the operation because your resource doesn’t exist.",
  );
}
