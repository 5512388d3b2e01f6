import type { Replacements } from "./replacement";
import { REGION, terraform } from "./replacement";

const NETWORK = { loadBalancerType: "network" };
const APPLICATION = { loadBalancerType: "application" };

/** Load balancers, certificates, DNS records and the web application firewall. */
export const LOAD_BALANCING_REPLACEMENTS: Replacements = {
  "aws:lb/loadBalancer:LoadBalancer": {
    properties: [
      "customerOwnedIpv4Pool",
      "internal",
      "loadBalancerType",
      "name",
      "namePrefix",
      REGION,
    ],
    conditional: [
      {
        property: "subnets",
        reason: "a network load balancer can get more subnets, but not others in their place",
        when: [{ kind: "doesNotGrow", property: "subnets", where: NETWORK }],
      },
      {
        // Another address in the same subnet is an update to the provider: it counts the mappings.
        property: "subnetMappings",
        reason:
          "a network load balancer cannot leave a subnet, and an application one not swap them",
        when: [
          { kind: "shrinks", property: "subnetMappings", where: NETWORK },
          { kind: "swapsItems", property: "subnetMappings", where: NETWORK },
          { kind: "swapsItems", property: "subnetMappings", where: APPLICATION },
        ],
      },
      {
        property: "secondaryIpsAutoAssignedPerSubnet",
        reason: "a network load balancer does not give its secondary addresses back",
        when: [{ kind: "decreases", property: "secondaryIpsAutoAssignedPerSubnet" }],
      },
      {
        property: "securityGroups",
        reason: "a network load balancer made without security groups cannot get any, or lose all",
        when: [{ kind: "startsOrEnds", property: "securityGroups", where: NETWORK }],
      },
    ],
    source: `${terraform("elbv2/load_balancer.go")} (customizeDiffLoadBalancerNLB and …ALB)`,
  },
  "aws:lb/targetGroup:TargetGroup": {
    properties: [
      "ipAddressType",
      "name",
      "namePrefix",
      "port",
      "protocol",
      "protocolVersion",
      "targetType",
      "vpcId",
      REGION,
    ],
    source: terraform("elbv2/target_group.go"),
  },
  "aws:lb/targetGroupAttachment:TargetGroupAttachment": {
    properties: ["availabilityZone", "port", "quicServerId", "targetGroupArn", "targetId", REGION],
    source: terraform("elbv2/target_group_attachment.go"),
  },
  "aws:lb/listener:Listener": {
    properties: ["loadBalancerArn", REGION],
    source: terraform("elbv2/listener.go"),
  },
  "aws:lb/listenerRule:ListenerRule": {
    properties: ["listenerArn", REGION],
    source: terraform("elbv2/listener_rule.go"),
  },
  "aws:acm/certificate:Certificate": {
    properties: [
      "certificateAuthorityArn",
      "domainName",
      "keyAlgorithm",
      "subjectAlternativeNames",
      "validationMethod",
      "validationOptions",
      REGION,
    ],
    source: terraform("acm/certificate.go"),
  },
  "aws:acm/certificateValidation:CertificateValidation": {
    properties: ["certificateArn", "validationRecordFqdns", REGION],
    source: terraform("acm/certificate_validation.go"),
  },
  "aws:route53/record:Record": {
    properties: ["name", "zoneId"],
    source: `${terraform("route53/record.go")}: a new type or set identifier is a batch of changes`,
  },
  "aws:wafv2/webAcl:WebAcl": {
    properties: ["name", "namePrefix", "scope", REGION],
    source: terraform("wafv2/web_acl.go"),
  },
  "aws:wafv2/webAclAssociation:WebAclAssociation": {
    properties: ["resourceArn", "webAclArn", REGION],
    source: terraform("wafv2/web_acl_association.go"),
  },
};
