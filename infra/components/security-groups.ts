import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { NetworkMode } from "../plan/stack-plan";
import { knownAfter } from "./known-after";
import { typeToken } from "./type-token";

export interface SecurityGroupsArgs {
  readonly vpcId: pulumi.Input<string>;
  /** Ports of the listeners, for example 80 and 443. */
  readonly listenerPorts: readonly number[];
  /** `bridge` lets the load balancer reach the instances' dynamic ports, `awsvpc` the tasks' port. */
  readonly networkMode: NetworkMode;
  /** Port of the container; used with `awsvpc` only. */
  readonly containerPort: number;
  /** True where a network load balancer stands in front, and only that reaches the load balancer. */
  readonly staticIngressIps: boolean;
}

/**
 * Security groups on the way from the internet to the containers: each lets in the one before it, on
 * the ports that it listens on, and nothing else. Rules are resources of their own, so that a changed
 * rule never replaces a group. Free of charge.
 */
export class SecurityGroups extends pulumi.ComponentResource {
  readonly loadBalancerSecurityGroupId: pulumi.Output<string>;
  /** Undefined without static ingress addresses. */
  readonly networkLoadBalancerSecurityGroupId: pulumi.Output<string> | undefined;
  /** Known once the rule exists that lets the ECS agent reach AWS. */
  readonly instanceSecurityGroupId: pulumi.Output<string>;
  /** Undefined with bridge networking; known once the rule exists that lets tasks reach what they use. */
  readonly taskSecurityGroupId: pulumi.Output<string> | undefined;

  constructor(name: string, args: SecurityGroupsArgs, opts?: pulumi.ComponentResourceOptions) {
    super(typeToken("SecurityGroups"), name, args, opts);
    const { vpcId, containerPort } = args;
    const scope: Scope = { name, vpcId, parent: this };

    const loadBalancer = declareGroup(scope, "load-balancer", "application load balancer");
    const instances = declareGroup(scope, "instances", "container instances");
    const tasks = args.networkMode === "awsvpc" ? declareGroup(scope, "tasks", "tasks") : undefined;
    const networkLoadBalancer = args.staticIngressIps
      ? declareGroup(scope, "network-load-balancer", "network load balancer")
      : undefined;

    for (const port of args.listenerPorts) {
      allowInternet(scope, networkLoadBalancer ?? loadBalancer, port);
      if (networkLoadBalancer !== undefined) {
        allowBetween(
          scope,
          networkLoadBalancer,
          loadBalancer,
          { from: port, to: port },
          `-${port}`,
        );
      }
    }
    if (tasks === undefined) {
      allowBetween(scope, loadBalancer, instances, DYNAMIC_PORTS);
    } else {
      allowBetween(scope, loadBalancer, tasks, { from: containerPort, to: containerPort });
    }

    this.loadBalancerSecurityGroupId = loadBalancer.group.id;
    this.networkLoadBalancerSecurityGroupId = networkLoadBalancer?.group.id;
    this.instanceSecurityGroupId = knownAfter(instances.group.id, [allowOut(scope, instances)]);
    this.taskSecurityGroupId =
      tasks === undefined ? undefined : knownAfter(tasks.group.id, [allowOut(scope, tasks)]);
    this.registerOutputs({
      loadBalancerSecurityGroupId: this.loadBalancerSecurityGroupId,
      networkLoadBalancerSecurityGroupId: this.networkLoadBalancerSecurityGroupId,
      instanceSecurityGroupId: this.instanceSecurityGroupId,
      taskSecurityGroupId: this.taskSecurityGroupId,
    });
  }
}

interface PortRange {
  readonly from: number;
  readonly to: number;
}

/** The component that a group or rule belongs to. */
interface Scope {
  readonly name: string;
  readonly vpcId: pulumi.Input<string>;
  readonly parent: pulumi.Resource;
}

interface NamedGroup {
  readonly group: aws.ec2.SecurityGroup;
  /** Part of the names of its rules. */
  readonly role: string;
  /** What it is called in descriptions. */
  readonly title: string;
}

/**
 * Ports of the instance that Docker gives to containers without a port of their own. Source:
 * "hostPort" of PortMapping in the Amazon ECS API reference.
 */
const DYNAMIC_PORTS: PortRange = { from: 32768, to: 65535 };

const ANYWHERE = "0.0.0.0/0";

function declareGroup({ name, vpcId, parent }: Scope, role: string, title: string): NamedGroup {
  const group = new aws.ec2.SecurityGroup(
    `${name}-${role}`,
    // EC2 cannot change a description: another text replaces the group.
    { vpcId, description: `Security group of the ${title}` },
    { parent },
  );
  return { group, role, title };
}

/** The one door that is open to all: a port of a public listener. IPv4 only, as its load balancer is. */
function allowInternet({ name, parent }: Scope, to: NamedGroup, port: number): void {
  new aws.vpc.SecurityGroupIngressRule(
    `${name}-${to.role}-from-internet-${port}`,
    {
      securityGroupId: to.group.id,
      description: `Internet to ${to.title}`,
      ipProtocol: "tcp",
      fromPort: port,
      toPort: port,
      cidrIpv4: ANYWHERE,
    },
    { parent },
  );
}

/** Both halves of a way: out of the one group and into the other. */
function allowBetween(
  { name, parent }: Scope,
  from: NamedGroup,
  to: NamedGroup,
  ports: PortRange,
  suffix = "",
): void {
  const description = `From ${from.title} to ${to.title}`;
  new aws.vpc.SecurityGroupEgressRule(
    `${name}-${from.role}-to-${to.role}${suffix}`,
    {
      securityGroupId: from.group.id,
      description,
      ipProtocol: "tcp",
      fromPort: ports.from,
      toPort: ports.to,
      referencedSecurityGroupId: to.group.id,
    },
    { parent },
  );
  new aws.vpc.SecurityGroupIngressRule(
    `${name}-${to.role}-from-${from.role}${suffix}`,
    {
      securityGroupId: to.group.id,
      description,
      ipProtocol: "tcp",
      fromPort: ports.from,
      toPort: ports.to,
      referencedSecurityGroupId: from.group.id,
    },
    { parent },
  );
}

/**
 * All traffic out. The provider takes away the rule that EC2 gives to a new group; the ECS agent,
 * Systems Manager and the application call services whose addresses nobody knows in advance.
 */
function allowOut({ name, parent }: Scope, from: NamedGroup): aws.vpc.SecurityGroupEgressRule {
  return new aws.vpc.SecurityGroupEgressRule(
    `${name}-${from.role}-to-anywhere`,
    {
      securityGroupId: from.group.id,
      description: `From ${from.title} to anywhere`,
      ipProtocol: "-1",
      cidrIpv4: ANYWHERE,
    },
    { parent },
  );
}
