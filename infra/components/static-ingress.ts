import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { ListenerRole } from "../lib/listeners";
import { subnetOfZone } from "../lib/zone-subnets";
import { typeToken } from "./type-token";

export interface StaticIngressArgs {
  /** Number of zones, one Elastic IP each. */
  readonly availabilityZones: number;
  readonly vpcId: pulumi.Input<string>;
  /** One public subnet a zone, at least `availabilityZones`. */
  readonly publicSubnetIds: pulumi.Output<string[]>;
  readonly securityGroupId: pulumi.Input<string>;
  /** The application load balancer behind. */
  readonly loadBalancerArn: pulumi.Input<string>;
  /** Its listeners, each of which gets one in front. */
  readonly roles: readonly ListenerRole[];
  /** Path that the load balancer behind is asked for; a redirect counts as an answer. */
  readonly healthCheckPath: string;
  readonly deletionProtection: boolean;
}

/**
 * Fixed addresses for the service: a network load balancer with one Elastic IP a zone that passes TCP
 * connections on to the application load balancer, with the client's address.
 *
 * Costs: about $16 a month and what it carries, besides $3.65 a month for each address.
 */
export class StaticIngress extends pulumi.ComponentResource {
  readonly dnsName: pulumi.Output<string>;
  /** Route 53's hosted zone of the DNS name, for alias records. */
  readonly zoneId: pulumi.Output<string>;
  /** The Elastic IPs in the order of the subnets. */
  readonly ingressIps: pulumi.Output<string[]>;

  /**
   * @param listeners the listeners of the load balancer behind; AWS attaches it only with a listener
   *   on the port of the target group
   */
  constructor(
    name: string,
    args: StaticIngressArgs,
    listeners: readonly pulumi.Resource[],
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super(typeToken("StaticIngress"), name, args, opts);

    const addresses = Array.from(
      { length: args.availabilityZones },
      (_, index) =>
        new aws.ec2.Eip(`${name}-ingress-${String(index)}`, { domain: "vpc" }, { parent: this }),
    );
    const loadBalancer = new aws.lb.LoadBalancer(
      `${name}-tcp`,
      {
        loadBalancerType: "network",
        internal: false,
        securityGroups: [args.securityGroupId],
        subnetMappings: addresses.map((address, index) => ({
          subnetId: args.publicSubnetIds.apply((ids) => subnetOfZone(ids, index)),
          allocationId: address.allocationId,
        })),
        enableZonalShift: true,
        enableDeletionProtection: args.deletionProtection,
      },
      // An Elastic IP belongs to one load balancer: the old one must let go of it first.
      { parent: this, protect: args.deletionProtection, deleteBeforeReplace: true },
    );
    for (const { role, port, protocol } of args.roles) {
      const targetGroup = new aws.lb.TargetGroup(
        `${name}-${role}`,
        {
          vpcId: args.vpcId,
          targetType: "alb",
          protocol: "TCP",
          port,
          healthCheck: {
            protocol,
            path: args.healthCheckPath,
            matcher: "200-399",
            interval: 10,
            timeout: 5,
          },
        },
        { parent: this },
      );
      new aws.lb.TargetGroupAttachment(
        `${name}-${role}`,
        { targetGroupArn: targetGroup.arn, targetId: args.loadBalancerArn, port },
        { parent: this, dependsOn: [...listeners] },
      );
      new aws.lb.Listener(
        `${name}-${role}`,
        {
          loadBalancerArn: loadBalancer.arn,
          port,
          protocol: "TCP",
          defaultActions: [{ type: "forward", targetGroupArn: targetGroup.arn }],
        },
        { parent: this },
      );
    }

    this.dnsName = loadBalancer.dnsName;
    this.zoneId = loadBalancer.zoneId;
    this.ingressIps = pulumi.all(addresses.map((address) => address.publicIp));
    this.registerOutputs({
      dnsName: this.dnsName,
      zoneId: this.zoneId,
      ingressIps: this.ingressIps,
    });
  }
}
