import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import type { SecurityGroupsArgs } from "../../../infra/components/security-groups";
import { SecurityGroups } from "../../../infra/components/security-groups";
import type { MockedProgram, MockedResource } from "../../support/program-under-mocks";
import { underMocks } from "../../support/program-under-mocks";

const BRIDGE: SecurityGroupsArgs = {
  vpcId: "vpc-0123456789abcdef0",
  listenerPorts: [80, 443],
  networkMode: "bridge",
  containerPort: 3000,
  staticIngressIps: false,
};
const AWSVPC: SecurityGroupsArgs = { ...BRIDGE, networkMode: "awsvpc" };
const STATIC: SecurityGroupsArgs = { ...BRIDGE, staticIngressIps: true };

const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";

const declareGroups = (args: SecurityGroupsArgs) =>
  underMocks(() => {
    const groups = new SecurityGroups("web", args);
    return {
      loadBalancer: groups.loadBalancerSecurityGroupId,
      networkLoadBalancer: groups.networkLoadBalancerSecurityGroupId,
      instances: groups.instanceSecurityGroupId,
      tasks: groups.taskSecurityGroupId,
    };
  });

/** A rule as `FROM -> TO PROTOCOL PORTS`, with groups by the names of the outputs. */
const describeRule = (
  { type, inputs }: MockedResource,
  { outputs }: MockedProgram<unknown>,
): string => {
  const rule = inputs as Record<string, string | undefined>;
  const groupName = (id: string | undefined) =>
    Object.keys(outputs).find((key) => outputs[key] === id) ?? "unknown group";
  const here = groupName(rule["securityGroupId"]);
  const there = rule["cidrIpv4"] ?? groupName(rule["referencedSecurityGroupId"]);
  const ends = type === INGRESS ? [there, here] : [here, there];
  const ports =
    rule["fromPort"] === undefined ? [] : [[rule["fromPort"], rule["toPort"]].join("-")];
  return [ends.join(" -> "), rule["ipProtocol"], ...ports].join(" ");
};

const rulesOf = (program: MockedProgram<unknown>, type: string) =>
  program
    .ofType(type)
    .map((rule) => describeRule(rule, program))
    .sort();

describe("SecurityGroups", () => {
  describe("with bridge networking", () => {
    it("declares a group for the load balancer and one for the instances", async () => {
      const program = await declareGroups(BRIDGE);

      assert.deepEqual(program.resources.map(({ type, name }) => `${type} ${name}`).sort(), [
        `${GROUP} web-instances`,
        `${GROUP} web-load-balancer`,
        `${EGRESS} web-instances-to-anywhere`,
        `${EGRESS} web-load-balancer-to-instances`,
        `${INGRESS} web-instances-from-load-balancer`,
        `${INGRESS} web-load-balancer-from-internet-443`,
        `${INGRESS} web-load-balancer-from-internet-80`,
        "ecs-on-ec2:index:SecurityGroups web",
      ]);
      assert.deepEqual(Object.keys(program.outputs).sort(), ["instances", "loadBalancer"]);
    });

    it("lets the internet reach the listeners and the load balancer the dynamic ports", async () => {
      const program = await declareGroups(BRIDGE);

      assert.deepEqual(rulesOf(program, INGRESS), [
        "0.0.0.0/0 -> loadBalancer tcp 443-443",
        "0.0.0.0/0 -> loadBalancer tcp 80-80",
        "loadBalancer -> instances tcp 32768-65535",
      ]);
      assert.deepEqual(rulesOf(program, EGRESS), [
        "instances -> 0.0.0.0/0 -1",
        "loadBalancer -> instances tcp 32768-65535",
      ]);
    });

    it("opens no port without a listener", async () => {
      const program = await declareGroups({ ...BRIDGE, listenerPorts: [80] });

      assert.deepEqual(rulesOf(program, INGRESS), [
        "0.0.0.0/0 -> loadBalancer tcp 80-80",
        "loadBalancer -> instances tcp 32768-65535",
      ]);
    });
  });

  describe("with awsvpc networking", () => {
    it("declares a group for the tasks besides", async () => {
      const program = await declareGroups(AWSVPC);

      assert.deepEqual(
        program
          .ofType(GROUP)
          .map(({ name }) => name)
          .sort(),
        ["web-instances", "web-load-balancer", "web-tasks"],
      );
    });

    it("lets the load balancer reach the container's port of the tasks, and nothing the instances", async () => {
      const program = await declareGroups(AWSVPC);

      assert.deepEqual(rulesOf(program, INGRESS), [
        "0.0.0.0/0 -> loadBalancer tcp 443-443",
        "0.0.0.0/0 -> loadBalancer tcp 80-80",
        "loadBalancer -> tasks tcp 3000-3000",
      ]);
      assert.deepEqual(rulesOf(program, EGRESS), [
        "instances -> 0.0.0.0/0 -1",
        "loadBalancer -> tasks tcp 3000-3000",
        "tasks -> 0.0.0.0/0 -1",
      ]);
    });
  });

  describe("with static ingress addresses", () => {
    it("lets the internet reach the network load balancer only", async () => {
      const program = await declareGroups(STATIC);

      assert.deepEqual(rulesOf(program, INGRESS), [
        "0.0.0.0/0 -> networkLoadBalancer tcp 443-443",
        "0.0.0.0/0 -> networkLoadBalancer tcp 80-80",
        "loadBalancer -> instances tcp 32768-65535",
        "networkLoadBalancer -> loadBalancer tcp 443-443",
        "networkLoadBalancer -> loadBalancer tcp 80-80",
      ]);
      assert.deepEqual(rulesOf(program, EGRESS), [
        "instances -> 0.0.0.0/0 -1",
        "loadBalancer -> instances tcp 32768-65535",
        "networkLoadBalancer -> loadBalancer tcp 443-443",
        "networkLoadBalancer -> loadBalancer tcp 80-80",
      ]);
    });

    it("tells rules of the same way apart by the port in their names", async () => {
      const program = await declareGroups(STATIC);

      const between = program.resources
        .map(({ name }) => name)
        .filter((name) => name.includes("load-balancer-to-load-balancer"))
        .sort();
      assert.deepEqual(between, [
        "web-network-load-balancer-to-load-balancer-443",
        "web-network-load-balancer-to-load-balancer-80",
      ]);
    });
  });

  for (const [title, args] of [
    ["bridge", BRIDGE],
    ["awsvpc", AWSVPC],
    ["static ingress", { ...STATIC, networkMode: "awsvpc" }],
  ] as const) {
    it(`describes every group and rule in characters that EC2 takes (${title})`, async () => {
      const program = await declareGroups(args);

      for (const { type, name, inputs } of program.resources) {
        if ([GROUP, INGRESS, EGRESS].includes(type)) {
          assert.match(
            inputs["description"] as string,
            /^[A-Za-z0-9 ._\-:/()#,@[\]+=&;{}!$*]{1,255}$/,
            name,
          );
        }
      }
    });

    it(`gives no group a physical name or rules of its own (${title})`, async () => {
      const program = await declareGroups(args);

      for (const { inputs } of program.ofType(GROUP)) {
        assert.deepEqual(Object.keys(inputs).sort(), ["description", "vpcId"]);
      }
    });
  }

  it("lets instances and tasks use their groups only while they have a way out", async () => {
    const program = await underMocks(() => {
      const groups = new SecurityGroups("web", AWSVPC);
      new aws.ec2.LaunchTemplate("instances", {
        vpcSecurityGroupIds: [groups.instanceSecurityGroupId],
      });
      new aws.ec2.LaunchTemplate("tasks", {
        vpcSecurityGroupIds: groups.taskSecurityGroupId ? [groups.taskSecurityGroupId] : [],
      });
      return {};
    });

    for (const user of ["instances", "tasks"]) {
      const { dependencies } = program.named("aws:ec2/launchTemplate:LaunchTemplate", user);
      assert.deepEqual(dependencies, [
        program.named(GROUP, `web-${user}`).urn,
        program.named(EGRESS, `web-${user}-to-anywhere`).urn,
      ]);
    }
  });
});
