import { inRegion, newlyOfEnvironment, newOfEnvironment, ofEnvironment } from "./conditions";
import { actionsOf, type Application, type Area } from "./permission-table";

const acm = actionsOf("acm");
const route53 = actionsOf("route53");
const wafv2 = actionsOf("wafv2");
const elb = actionsOf("elasticloadbalancing");

const zoneOf = ({ partition, hostedZoneId }: Application): readonly string[] =>
  hostedZoneId === undefined ? [] : [`arn:${partition}:route53:::hostedzone/${hostedZoneId}`];

const loadBalancersOf = ({ partition, region, accountId, appName }: Application): string =>
  `arn:${partition}:elasticloadbalancing:${region}:${accountId}:loadbalancer/app/${appName}-*`;

const firewall = ({ partition, region, accountId }: Application, resource: string): string =>
  `arn:${partition}:wafv2:${region}:${accountId}:regional/${resource}`;

/** Certificates, DNS records and the web application firewall. */
export const EDGE: Area = {
  name: "edge",
  types: {
    "aws:acm/certificate:Certificate": {
      source: "acm/certificate.go",
      create: acm("RequestCertificate", "AddTagsToCertificate"),
      read: acm("DescribeCertificate", "ListTagsForCertificate"),
      update: acm("UpdateCertificateOptions", "AddTagsToCertificate", "RemoveTagsFromCertificate"),
      delete: acm("DeleteCertificate"),
    },
    "aws:acm/certificateValidation:CertificateValidation": {
      source: "acm/certificate_validation.go",
      create: acm("DescribeCertificate"),
      read: acm("DescribeCertificate"),
      update: [],
      delete: [],
    },
    "aws:route53/record:Record": {
      source: "route53/record.go",
      create: route53("GetHostedZone", "ChangeResourceRecordSets", "GetChange"),
      read: route53("GetHostedZone", "ListResourceRecordSets"),
      update: route53("ChangeResourceRecordSets", "GetChange"),
      delete: route53("ChangeResourceRecordSets", "GetChange"),
    },
    "aws:wafv2/webAcl:WebAcl": {
      source: "wafv2/web_acl.go",
      create: wafv2("CreateWebACL", "TagResource"),
      read: wafv2("GetWebACL", "ListTagsForResource"),
      update: wafv2("UpdateWebACL", "TagResource", "UntagResource"),
      delete: wafv2("DeleteWebACL"),
    },
    "aws:wafv2/webAclAssociation:WebAclAssociation": {
      source: "wafv2/web_acl_association.go",
      create: [...wafv2("AssociateWebACL"), ...elb("CreateWebACLAssociation", "SetWebAcl")],
      read: [...wafv2("GetWebACLForResource", "GetWebACL"), ...elb("GetLoadBalancerWebACL")],
      update: [],
      delete: [...wafv2("DisassociateWebACL"), ...elb("DeleteWebACLAssociation", "SetWebAcl")],
    },
  },
  functions: {
    "aws:route53/getZone:getZone": {
      source: "route53/zone_data_source.go",
      read: route53("GetHostedZone", "ListTagsForResource"),
    },
  },
  reads: (application) => {
    const { partition, region, accountId, appName } = application;
    const zone = zoneOf(application);
    return [
      {
        sid: "ReadCertificates",
        why: "the id of a certificate is not known before it is issued, and a certificate is public",
        actions: acm("DescribeCertificate", "ListTagsForCertificate"),
        resources: [`arn:${partition}:acm:${region}:${accountId}:certificate/*`],
      },
      ...(zone.length === 0
        ? []
        : [
            {
              sid: "ReadHostedZone",
              why: "the hosted zone of the application's domain name",
              actions: route53("GetHostedZone", "ListResourceRecordSets", "ListTagsForResource"),
              resources: zone,
            },
          ]),
      {
        sid: "ReadFirewall",
        why: "names of web ACLs begin with the application's name, those of the load balancers that they guard too",
        actions: [
          ...wafv2("GetWebACL", "GetWebACLForResource", "ListTagsForResource"),
          ...elb("GetLoadBalancerWebACL"),
        ],
        resources: [firewall(application, `webacl/${appName}-*`), loadBalancersOf(application)],
      },
    ];
  },
  writes: (environment) => {
    const { partition, region, accountId, appName } = environment;
    const zone = zoneOf(environment);
    const certificates = [`arn:${partition}:acm:${region}:${accountId}:certificate/*`];
    return [
      {
        sid: "RequestCertificates",
        why: "a certificate has no ARN before it is requested: it has to carry the environment's tags",
        actions: acm("RequestCertificate"),
        resources: ["*"],
        condition: newOfEnvironment(environment),
      },
      {
        sid: "TagCertificates",
        why: "a new certificate has no tags yet; one with either tag already is refused",
        actions: acm("AddTagsToCertificate"),
        resources: certificates,
        condition: newlyOfEnvironment(environment),
      },
      {
        sid: "ChangeCertificates",
        why: "what carries the environment's tags is its own",
        actions: acm(
          "AddTagsToCertificate",
          "DeleteCertificate",
          "RemoveTagsFromCertificate",
          "UpdateCertificateOptions",
        ),
        resources: certificates,
        condition: ofEnvironment(environment),
      },
      ...(zone.length === 0
        ? []
        : [
            {
              sid: "ChangeRecords",
              why: "the hosted zone of the application's domain name",
              actions: route53("ChangeResourceRecordSets"),
              resources: zone,
            },
          ]),
      {
        sid: "FollowRecords",
        why: "Route 53 makes up the id of a change, which only tells whether it has arrived",
        actions: route53("GetChange"),
        resources: [`arn:${partition}:route53:::change/*`],
      },
      {
        sid: "ChangeFirewall",
        why: "names of web ACLs begin with the application's name, those of the load balancers that they guard too; rules of AWS that an ACL uses are checked as well",
        actions: [
          ...wafv2(
            "AssociateWebACL",
            "CreateWebACL",
            "DeleteWebACL",
            "DisassociateWebACL",
            "TagResource",
            "UntagResource",
            "UpdateWebACL",
          ),
          ...elb("CreateWebACLAssociation", "DeleteWebACLAssociation"),
        ],
        resources: [
          firewall(environment, `webacl/${appName}-*`),
          firewall(environment, "managedruleset/*"),
          loadBalancersOf(environment),
        ],
      },
      {
        sid: "AttachFirewall",
        why: "Elastic Load Balancing knows no resource for this action; the region is the limit",
        actions: elb("SetWebAcl"),
        resources: ["*"],
        condition: inRegion(environment),
      },
    ];
  },
};
