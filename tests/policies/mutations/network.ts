import { deployedProd, dev, type Mutation, prod } from "./mutation";

const INSTANCES = "aws:ec2:SecurityGroup web-instances";
const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";

const instances = prod(INSTANCES);
const fromLoadBalancer = prod("aws:vpc:SecurityGroupIngressRule web-instances-from-load-balancer");
const fromInternet = prod("aws:vpc:SecurityGroupIngressRule web-load-balancer-from-internet-443");
const http = prod("aws:lb:Listener web-http");
const https = prod("aws:lb:Listener web-https");
const loadBalancer = prod("aws:lb:LoadBalancer web");
const smallLoadBalancer = dev("aws:lb:LoadBalancer web");
const executionPolicy = deployedProd("aws:iam:RolePolicy web-execution");
const executionRole = prod("aws:iam:Role web-execution");
const attachment = prod("aws:iam:RolePolicyAttachment web-instance-systems-manager");

const REDIRECT = "defaultActions[0].redirect";

const opened = (port: number, source: Readonly<Record<string, string>>) => ({
  type: INGRESS,
  name: "opened",
  inputs: { description: "By hand", ipProtocol: "tcp", fromPort: port, toPort: port, ...source },
  wired: { securityGroupId: [INSTANCES] },
});

const WORLD = { cidrIpv4: "0.0.0.0/0" };

/** Who reaches what, over which protocol, and with which rights. */
export const NETWORK: readonly Mutation[] = [
  // Security groups
  instances.add(opened(22, WORLD), ["security-group-ingress", "security-group-sources"]),
  instances.add(opened(3389, { cidrIpv6: "::/0" }), [
    "security-group-ingress",
    "security-group-sources",
  ]),
  // Half of the internet is the internet.
  instances.add(opened(22, { cidrIpv4: "0.0.0.0/1" }), [
    "security-group-ingress",
    "security-group-sources",
  ]),
  // A public port, and an office, are still no load balancer.
  instances.add(opened(443, WORLD), ["security-group-sources"]),
  instances.add(opened(22, { cidrIpv4: "198.51.100.0/24" }), ["security-group-sources"]),
  dev(INSTANCES).add(opened(22, WORLD), ["security-group-ingress", "security-group-sources"]),
  instances.set({ ingress: [{ description: "Old", protocol: "tcp", fromPort: 80, toPort: 80 }] }, [
    "security-group-sources",
  ]),
  instances.add(
    {
      type: "aws:ec2/securityGroup:SecurityGroup",
      name: "open",
      inputs: {
        ingress: [
          {
            description: "All",
            protocol: "tcp",
            fromPort: 443,
            toPort: 443,
            cidrBlocks: ["0.0.0.0/0"],
          },
        ],
        tagsAll: {
          CostCenter: "engineering",
          Environment: "prod",
          Owner: "platform",
          Project: "ecs-on-ec2",
        },
      },
    },
    ["security-group-sources"],
  ),
  fromLoadBalancer.set(
    { ...WORLD, referencedSecurityGroupId: undefined },
    ["security-group-ingress", "security-group-sources"],
    { referencedSecurityGroupId: [] },
  ),
  fromLoadBalancer.set({}, ["security-group-sources"], { referencedSecurityGroupId: [INSTANCES] }),
  fromLoadBalancer.set({ description: undefined }, ["security-group-ingress"]),
  fromInternet.set({ fromPort: 0 }, ["security-group-ingress"]),
  fromInternet.set({ ipProtocol: "-1" }, ["security-group-ingress"]),
  fromInternet.set({ ipProtocol: "udp" }, ["security-group-ingress"]),
  fromInternet.set({ fromPort: 8080, toPort: 8080 }, ["security-group-ingress"]),
  fromInternet.set({ fromPort: 80, toPort: 80 }, []),

  // HTTPS
  http.set({ "defaultActions[0]": { type: "forward" } }, ["alb-https-only"]),
  http.set({ [`${REDIRECT}.statusCode`]: "HTTP_302" }, ["alb-https-only"]),
  http.set({ [`${REDIRECT}.protocol`]: undefined }, ["alb-https-only"]),
  https.set({ protocol: "HTTP" }, ["alb-https-only"]),
  https.set({ certificateArn: undefined }, ["alb-https-only"], { certificateArn: [] }),
  https.set({ sslPolicy: "ELBSecurityPolicy-2016-08" }, ["alb-https-only"]),
  https.set({ sslPolicy: undefined }, ["alb-https-only"]),
  https.set({ sslPolicy: "ELBSecurityPolicy-TLS13-1-3-2021-06" }, []),
  dev("aws:lb:Listener web-http").set({ protocol: "HTTPS" }, ["alb-https-only"]),

  // Load balancer
  loadBalancer.set({ dropInvalidHeaderFields: false }, ["alb-hardened"]),
  loadBalancer.set({ desyncMitigationMode: "monitor" }, ["alb-hardened"]),
  loadBalancer.set({ desyncMitigationMode: undefined }, []),
  loadBalancer.set({ enableDeletionProtection: false }, ["alb-hardened"]),
  loadBalancer.set({ "accessLogs.enabled": false }, ["alb-hardened"]),
  loadBalancer.set({ accessLogs: undefined }, ["alb-hardened"]),
  smallLoadBalancer.set({ dropInvalidHeaderFields: false }, ["alb-hardened"]),
  smallLoadBalancer.set({ desyncMitigationMode: "monitor" }, ["alb-hardened"]),
  deployedProd("aws:lb:LoadBalancer web").set({ subnets: ["subnet-1"] }, ["multi-az"]),
  prod("aws:wafv2:WebAclAssociation web").remove(["alb-waf"]),
  prod("aws:wafv2:WebAclAssociation web").set({}, ["alb-waf"], { resourceArn: [] }),

  // Regions
  prod("aws:sns:Topic web").set({ region: "eu-central-1" }, []),
  prod("aws:sns:Topic web").set({ region: "ap-southeast-2" }, ["allowed-regions"]),
  dev("aws:ecr:Repository web").set({ region: "us-west-1" }, ["allowed-regions"]),

  // Rights
  executionPolicy.edit("policy", { "Statement[1].Action[0]": "ecr:*" }, ["iam-least-privilege"]),
  executionPolicy.edit("policy", { "Statement[1].Resource": "*" }, ["iam-least-privilege"]),
  executionPolicy.edit("policy", { "Statement[1].NotAction": "iam:*" }, ["iam-least-privilege"]),
  executionPolicy.edit("policy", { "Statement[0].Action": "*" }, ["iam-least-privilege"]),
  executionPolicy.edit(
    "policy",
    {
      "Statement[+]": {
        Effect: "Allow",
        Action: "iam:PassRole",
        Resource: "arn:aws:iam::123456789012:role/*",
        Condition: { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } },
      },
    },
    ["iam-least-privilege"],
  ),
  executionPolicy.set({ policy: "{}" }, ["iam-least-privilege"]),
  executionRole.edit("assumeRolePolicy", { "Statement[0].Principal": "*" }, [
    "iam-least-privilege",
  ]),
  executionRole.edit("assumeRolePolicy", { "Statement[0].Principal": { AWS: "*" } }, [
    "iam-least-privilege",
  ]),
  executionRole.set({ managedPolicyArns: ["arn:aws:iam::aws:policy/AmazonS3FullAccess"] }, [
    "iam-least-privilege",
  ]),
  attachment.set({ policyArn: "arn:aws:iam::aws:policy/AdministratorAccess" }, [
    "iam-least-privilege",
  ]),
  dev("aws:iam:RolePolicyAttachment web-instance-systems-manager").set(
    { policyArn: "arn:aws:iam::aws:policy/PowerUserAccess" },
    ["iam-least-privilege"],
  ),
];
