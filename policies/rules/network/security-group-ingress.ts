import { eachKnown } from "../../known";
import { type Judge, type JudgedResource, resourcePolicy } from "../../policy";
import { listOf, numberOf, objectOf, textOf } from "../../values";
import { isWorld } from "../../world";

type IngressJudge = Judge<"security-group-ingress">;

export const securityGroupIngress = resourcePolicy({
  name: "security-group-ingress",
  description: "The internet reaches the public ports only, and every ingress rule says why.",
  severity: "critical",
  levels: { dev: "mandatory", prod: "mandatory" },
  frameworks: [
    "Security Hub EC2.13",
    "Security Hub EC2.14",
    "Security Hub EC2.18",
    "Security Hub EC2.19",
    "Control Tower CT.EC2.PR.3",
    "Control Tower CT.EC2.PR.4",
    "Checkov CKV_AWS_23",
    "Checkov CKV_AWS_24",
    "Checkov CKV_AWS_25",
    "Checkov CKV_AWS_277",
    "cdk-nag AwsSolutions-EC23",
    "cdk-nag AwsSolutions-EC27",
    "CIS AWS Foundations v5.0 5.3",
    "CIS AWS Foundations v5.0 5.4",
  ],
  remediationSteps:
    "Let the rule refer to the security group of the load balancer in front, and open only the listener's ports to the internet. For a shell on an instance use Session Manager, which needs no open port. Give each rule a description. A further public port belongs to publicPorts in policies/limits.ts, in a change of its own.",
  url: "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
  checks: [
    ...["aws:ec2/securityGroup:SecurityGroup", "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"]
      .map((type) => ({ type, rulesOf: inlineRules }))
      .concat([
        { type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", rulesOf: ownRule },
        { type: "aws:ec2/securityGroupRule:SecurityGroupRule", rulesOf: typedRule },
      ])
      .flatMap(({ type, rulesOf }) =>
        [checkSources, checkDescription].map((check) => ({
          type,
          check: ({ props }: JudgedResource, judge: IngressJudge) => {
            const { rules, path } = rulesOf(props);
            eachKnown(rules, (rule, index) => {
              check(objectOf(rule), path(index), judge);
            });
          },
        })),
      ),
  ],
});

/** Ingress rules of a resource, and how the properties of one are called in messages. */
interface Rules {
  readonly rules: readonly unknown[];
  path(this: void, index: number): string;
}

function inlineRules(props: JudgedResource["props"]): Rules {
  return { rules: listOf(props["ingress"]), path: (index) => `ingress[${String(index)}].` };
}

function ownRule(props: JudgedResource["props"]): Rules {
  return { rules: [props], path: () => "" };
}

function typedRule(props: JudgedResource["props"]): Rules {
  return { rules: props["type"] === "egress" ? [] : [props], path: () => "" };
}

/** Ports for shells on machines, which no limit opens. */
const SHELL_PORTS = [22, 3389];

/** Ports come first: a rule for public ports alone is right whatever its source, which may be unknown. */
function checkSources(
  rule: JudgedResource["props"],
  path: string,
  { limits, violate }: IngressJudge,
): void {
  const publicPorts = limits.publicPorts.filter((port) => !SHELL_PORTS.includes(port));
  const ports = portsOf(rule);
  if (isWithin(ports, publicPorts)) {
    return;
  }
  for (const property of ["cidrIpv4", "cidrIpv6", "cidrBlocks", "ipv6CidrBlocks"]) {
    eachKnown(listOf(rule[property]), (cidr) => {
      if (isWorld(cidr)) {
        violate({
          got: `${path}${property} ${String(cidr)} reaches ${nameOf(ports)}`,
          allowed: `tcp on ${publicPorts.length === 0 ? "no port" : publicPorts.join(", ")} from the internet`,
          fix: "refer to the security group of the load balancer instead",
        });
      }
    });
  }
}

function checkDescription(
  rule: JudgedResource["props"],
  path: string,
  { violate }: IngressJudge,
): void {
  if ((textOf(rule["description"]) ?? "").trim() === "") {
    violate({
      got: `${path}description is missing`,
      allowed: "a text that says who comes in and why",
      fix: "give the rule a description",
    });
  }
}

/** What a rule opens: a range of TCP ports, or something else by name. */
type Ports = { readonly from: number; readonly to: number } | string;

function portsOf(rule: JudgedResource["props"]): Ports {
  const protocol = (textOf(rule["ipProtocol"] ?? rule["protocol"]) ?? "-1").toLowerCase();
  if (protocol === "-1" || protocol === "all") {
    return "all protocols and ports";
  }
  const from = numberOf(rule["fromPort"]);
  const to = numberOf(rule["toPort"]);
  if (protocol !== "tcp" && protocol !== "6") {
    return `protocol ${protocol}`;
  }
  return from === undefined || to === undefined ? "tcp on all ports" : { from, to };
}

function nameOf(ports: Ports): string {
  if (typeof ports === "string") {
    return ports;
  }
  const { from, to } = ports;
  return `tcp on ${from === to ? String(from) : `${String(from)} to ${String(to)}`}`;
}

function isWithin(ports: Ports, allowed: readonly number[]): boolean {
  if (typeof ports === "string") {
    return false;
  }
  const inside = new Set(allowed.filter((port) => port >= ports.from && port <= ports.to));
  return ports.to >= ports.from && inside.size === ports.to - ports.from + 1;
}
