import type { Bag } from "../../../preview/graph";
import { isBag } from "../../protocol-values";
import type { ArgumentTable, Fault } from "./argument";
import { named } from "./argument";
import {
  anyOf,
  arn,
  between,
  lengthBetween,
  loadBalancerName,
  oneOf,
  startsWith,
} from "./argument-checks";

/** Load balancers, certificates, DNS records and the web application firewall. */
export const LOAD_BALANCING_ARGUMENTS: ArgumentTable = {
  "aws:lb/loadBalancer:LoadBalancer": {
    ...named(32),
    exactlyOneOf: [["subnetMappings", "subnets"]],
    defaults: {
      clientKeepAlive: 3600,
      desyncMitigationMode: "defensive",
      dnsRecordClientRoutingPolicy: "any_availability_zone",
      dropInvalidHeaderFields: false,
      enableCrossZoneLoadBalancing: false,
      enableDeletionProtection: false,
      enableHttp2: true,
      enableTlsVersionAndCipherSuiteHeaders: false,
      enableWafFailOpen: false,
      enableXffClientPort: false,
      enableZonalShift: false,
      idleTimeout: 60,
      loadBalancerType: "application",
      preserveHostHeader: false,
      xffHeaderProcessingMode: "append",
    },
    checks: [
      ["desyncMitigationMode", oneOf("monitor", "defensive", "strictest")],
      ["loadBalancerType", oneOf("application", "network", "gateway")],
      ["name", loadBalancerName],
    ],
    sets: ["securityGroups", "subnets", "subnetMappings"],
    terraformNames: { subnetMappings: "subnet_mapping" },
  },
  "aws:lb/targetGroup:TargetGroup": {
    ...named(32),
    defaults: {
      deregistrationDelay: 300,
      lambdaMultiValueHeadersEnabled: false,
      proxyProtocolV2: false,
      slowStart: 0,
      targetType: "instance",
    },
    checks: [
      ["deregistrationDelay", between(0, 3600)],
      ["healthCheck.healthyThreshold", between(2, 10)],
      ["healthCheck.interval", between(5, 300)],
      ["healthCheck.path", startsWith("/")],
      ["healthCheck.timeout", between(2, 120)],
      ["healthCheck.unhealthyThreshold", between(2, 10)],
      ["name", loadBalancerName],
      ["port", between(1, 65535)],
      [
        "protocol",
        oneOf("HTTP", "HTTPS", "TCP", "TLS", "UDP", "TCP_UDP", "GENEVE", "QUIC", "TCP_QUIC"),
      ],
      ["slowStart", anyOf(between(0, 0), between(30, 900))],
      ["targetType", oneOf("instance", "ip", "lambda", "alb")],
    ],
    whole: targetGroupFaults,
  },
  "aws:lb/targetGroupAttachment:TargetGroupAttachment": {
    required: ["targetGroupArn", "targetId"],
    checks: [["targetGroupArn", arn]],
  },
  "aws:lb/listener:Listener": {
    required: ["defaultActions", "loadBalancerArn"],
    checks: [
      ["certificateArn", arn],
      [
        "defaultActions[*].type",
        oneOf(
          "forward",
          "authenticate-oidc",
          "authenticate-cognito",
          "redirect",
          "fixed-response",
          "jwt-validation",
        ),
      ],
      ["loadBalancerArn", arn],
      ["port", between(1, 65535)],
    ],
    terraformNames: { defaultActions: "default_action" },
  },
  "aws:lb/listenerRule:ListenerRule": {
    required: ["actions", "conditions", "listenerArn"],
    checks: [
      ["listenerArn", arn],
      ["priority", between(1, 50000)],
    ],
    terraformNames: { actions: "action", conditions: "condition" },
    sets: ["conditions"],
  },
  "aws:acm/certificate:Certificate": {
    checks: [
      ["domainName", lengthBetween(1, 253)],
      ["validationMethod", oneOf("EMAIL", "DNS", "HTTP")],
    ],
    sets: ["subjectAlternativeNames"],
    secrets: ["privateKey", "privateKeyWo"],
  },
  "aws:acm/certificateValidation:CertificateValidation": {
    required: ["certificateArn"],
    checks: [["certificateArn", arn]],
    sets: ["validationRecordFqdns"],
  },
  "aws:route53/record:Record": {
    required: ["name", "type", "zoneId"],
    exactlyOneOf: [["records", "aliases"]],
    checks: [
      [
        "type",
        oneOf(
          "SOA",
          "A",
          "TXT",
          "NS",
          "CNAME",
          "MX",
          "NAPTR",
          "PTR",
          "SRV",
          "SPF",
          "AAAA",
          "CAA",
          "DS",
          "TLSA",
          "SSHFP",
          "SVCB",
          "HTTPS",
        ),
      ],
    ],
    sets: ["records"],
    terraformNames: { aliases: "alias" },
  },
  "aws:wafv2/webAcl:WebAcl": {
    ...named(),
    required: ["defaultAction", "scope", "visibilityConfig"],
    checks: [["scope", oneOf("CLOUDFRONT", "REGIONAL")]],
    sets: ["rules"],
  },
  "aws:wafv2/webAclAssociation:WebAclAssociation": {
    required: ["resourceArn", "webAclArn"],
    checks: [
      ["resourceArn", arn],
      ["webAclArn", arn],
    ],
  },
};

/** Source: CustomizeDiff of internal/service/elbv2/target_group.go. */
function targetGroupFaults(inputs: Bag): Fault[] {
  const { targetType, healthCheck = null, protocol } = inputs;
  const check = isBag(healthCheck) ? healthCheck : {};
  const faults: Fault[] = [];
  if (targetType !== "lambda") {
    for (const [property, argument] of Object.entries({
      port: "port",
      protocol: "protocol",
      vpcId: "vpc_id",
    })) {
      if (inputs[property] === undefined) {
        faults.push({
          property,
          reason: `Attribute "${argument}" must be specified when "target_type" is ${JSON.stringify(targetType)}.`,
        });
      }
    }
  }
  if (check["protocol"] === "TCP") {
    for (const property of ["matcher", "path"].filter((each) => check[each] !== undefined)) {
      faults.push({
        property: `healthCheck.${property}`,
        reason: `Attribute "health_check[0].${property}" cannot be specified when "health_check[0].protocol" is "TCP".`,
      });
    }
    if (protocol === "HTTP" || protocol === "HTTPS") {
      faults.push({
        property: "healthCheck.protocol",
        reason: `Attribute "health_check[0].protocol" cannot have value "TCP" when "protocol" is "${protocol}".`,
      });
    }
  }
  return faults;
}
