import type { Answer, ResourceTypes } from "../resource-type";
import { arn, digits, fixed, hex, input, nameOr, prefixed, text, uuid } from "../resource-type";

/** ELB's kind of load balancer in ARNs and metric dimensions. */
const loadBalancerKind: Answer<string> = (resource) =>
  text(resource, "loadBalancerType") === "network" ? "net" : "app";

/** `KIND/NAME/ID`, what CloudWatch's dimension LoadBalancer and the end of the ARN hold. */
const loadBalancerSuffix: Answer<string> = (resource, account) =>
  `${loadBalancerKind(resource, account)}/${nameOr()(resource, account)}/${hex(resource, 16)}`;

const targetGroupSuffix: Answer<string> = (resource, account) =>
  `targetgroup/${nameOr()(resource, account)}/${hex(resource, 16)}`;

const loadBalancerArn = arn("elasticloadbalancing", prefixed("loadbalancer/", loadBalancerSuffix));
const targetGroupArn = arn("elasticloadbalancing", targetGroupSuffix);

/** ARN of a listener, made from the ARN of its load balancer as ELB does. */
const listenerArn: Answer<string> = (resource) =>
  `${(text(resource, "loadBalancerArn") ?? "").replace(":loadbalancer/", ":listener/")}/${hex(resource, 16)}`;

const listenerRuleArn: Answer<string> = (resource) =>
  `${(text(resource, "listenerArn") ?? "").replace(":listener/", ":listener-rule/")}/${hex(resource, 16)}`;

const certificateArn = arn("acm", prefixed("certificate/", uuid));

const webAclArn = arn(
  "wafv2",
  (resource, account) =>
    `regional/webacl/${nameOr()(resource, account)}/${uuid(resource, account)}`,
);

/** Load balancers, certificates, DNS records and the web application firewall. */
export const LOAD_BALANCING_TYPES: ResourceTypes = {
  "aws:lb/loadBalancer:LoadBalancer": {
    id: loadBalancerArn,
    taggable: true,
    computed: {
      arn: loadBalancerArn,
      arnSuffix: loadBalancerSuffix,
      dnsName: (resource, account) =>
        `${nameOr()(resource, account)}-${digits(resource, 10)}.${account.region}.elb.${account.dnsSuffix}`,
      name: nameOr(),
      vpcId: (resource) => `vpc-0${hex(resource, 16)}`,
      zoneId: (resource) => `Z${hex(resource, 13).toUpperCase()}`,
    },
  },
  "aws:lb/targetGroup:TargetGroup": {
    id: targetGroupArn,
    taggable: true,
    computed: {
      arn: targetGroupArn,
      arnSuffix: targetGroupSuffix,
      loadBalancerArns: fixed([]),
      name: nameOr(),
    },
  },
  "aws:lb/targetGroupAttachment:TargetGroupAttachment": {
    id: (resource) => `${text(resource, "targetGroupArn") ?? ""}-${digits(resource, 18)}`,
  },
  "aws:lb/listener:Listener": {
    id: listenerArn,
    taggable: true,
    computed: { arn: listenerArn },
  },
  "aws:lb/listenerRule:ListenerRule": {
    id: listenerRuleArn,
    taggable: true,
    computed: { arn: listenerRuleArn },
  },
  "aws:acm/certificate:Certificate": {
    id: certificateArn,
    taggable: true,
    computed: {
      arn: certificateArn,
      domainValidationOptions: (resource) => {
        const domainName = text(resource, "domainName") ?? "";
        return [
          {
            domainName,
            resourceRecordName: `_${hex(resource, 32)}.${domainName}.`,
            resourceRecordType: "CNAME",
            resourceRecordValue: `_${hex(resource, 32, "value")}.acm-validations.aws.`,
          },
        ];
      },
      notAfter: fixed(""),
      notBefore: fixed(""),
      pendingRenewal: fixed(false),
      renewalEligibility: fixed("INELIGIBLE"),
      renewalSummaries: fixed([]),
      status: fixed("PENDING_VALIDATION"),
      type: fixed("AMAZON_ISSUED"),
      validationEmails: fixed([]),
    },
  },
  "aws:acm/certificateValidation:CertificateValidation": { id: uuid },
  "aws:route53/record:Record": {
    id: (resource) =>
      ["zoneId", "name", "type"].map((part) => text(resource, part) ?? "").join("_"),
    global: true,
    computed: { fqdn: input("name") },
  },
  "aws:wafv2/webAcl:WebAcl": {
    id: uuid,
    taggable: true,
    computed: {
      applicationIntegrationUrl: fixed(""),
      arn: webAclArn,
      capacity: fixed(0),
      lockToken: uuid,
      name: nameOr(),
    },
  },
  "aws:wafv2/webAclAssociation:WebAclAssociation": {
    id: (resource) => `${text(resource, "webAclArn") ?? ""},${text(resource, "resourceArn") ?? ""}`,
  },
};
