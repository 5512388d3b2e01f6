import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { HTTP, HTTPS } from "../lib/listeners";
import type { LoadBalancerPlan, TargetPlan } from "../plan/stack-plan";
import { typeToken } from "./type-token";

/**
 * TLS 1.2 and 1.3 with forward secrecy and authenticated encryption only; the provider's default is
 * of 2016. Source: AWS Security Hub control ELB.17.
 */
const SSL_POLICY = "ELBSecurityPolicy-TLS13-1-2-Res-2021-06";

export interface LoadBalancerArgs {
  readonly plan: LoadBalancerPlan;
  readonly vpcId: pulumi.Input<string>;
  /** One subnet a zone: public ones, or private ones behind static ingress. */
  readonly subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  readonly securityGroupId: pulumi.Input<string>;
  /** Certificate of the HTTPS listener, which is declared where this is set; HTTP then only redirects. */
  readonly certificateArn: pulumi.Input<string> | undefined;
  /** Bucket that Elastic Load Balancing may write to already, or undefined for no access logs. */
  readonly accessLogBucketName: pulumi.Input<string> | undefined;
}

/**
 * The application load balancer of the service with its target group and listeners.
 *
 * Costs: about $16 a month and what it carries, besides $3.65 a month for a public address a zone.
 */
export class LoadBalancer extends pulumi.ComponentResource {
  readonly loadBalancerArn: pulumi.Output<string>;
  readonly dnsName: pulumi.Output<string>;
  /** Route 53's hosted zone of the DNS name, for alias records. */
  readonly zoneId: pulumi.Output<string>;
  readonly targetGroupArn: pulumi.Output<string>;
  /** `app/…`, as CloudWatch's dimension LoadBalancer has it. */
  readonly loadBalancerArnSuffix: pulumi.Output<string>;
  /** `targetgroup/…`, as CloudWatch's dimension TargetGroup has it. */
  readonly targetGroupArnSuffix: pulumi.Output<string>;
  /** What attaches the target group to the load balancer: a service that uses it comes after them. */
  readonly listeners: readonly aws.lb.Listener[];

  constructor(name: string, args: LoadBalancerArgs, opts?: pulumi.ComponentResourceOptions) {
    super(typeToken("LoadBalancer"), name, args, opts);
    const { plan } = args;

    const loadBalancer = new aws.lb.LoadBalancer(
      name,
      {
        loadBalancerType: "application",
        internal: plan.staticIngressIps,
        subnets: args.subnetIds,
        securityGroups: [args.securityGroupId],
        idleTimeout: plan.idleTimeoutSeconds,
        dropInvalidHeaderFields: true,
        desyncMitigationMode: "defensive",
        enableZonalShift: true,
        enableDeletionProtection: plan.deletionProtection,
        ...(args.accessLogBucketName === undefined
          ? {}
          : { accessLogs: { bucket: args.accessLogBucketName, enabled: true } }),
      },
      { parent: this, protect: plan.deletionProtection },
    );
    const targetGroup = new aws.lb.TargetGroup(
      `${name}-target`,
      { vpcId: args.vpcId, ...targetGroupSettings(plan.target) },
      { parent: this },
    );
    const forward = { type: "forward", targetGroupArn: targetGroup.arn };
    const listener = (
      role: string,
      settings: Omit<aws.lb.ListenerArgs, "loadBalancerArn">,
      dependsOn: aws.lb.Listener[] = [],
    ) =>
      new aws.lb.Listener(
        `${name}-${role}`,
        { loadBalancerArn: loadBalancer.arn, ...settings },
        { parent: this, dependsOn },
      );
    if (args.certificateArn === undefined) {
      const settings = { port: HTTP.port, protocol: HTTP.protocol, defaultActions: [forward] };
      this.listeners = [listener(HTTP.role, settings)];
    } else {
      const https = listener(HTTPS.role, {
        port: HTTPS.port,
        protocol: HTTPS.protocol,
        certificateArn: args.certificateArn,
        sslPolicy: SSL_POLICY,
        defaultActions: [forward],
      });
      const redirect = {
        port: HTTP.port,
        protocol: HTTP.protocol,
        defaultActions: [redirectToHttps()],
      };
      // A stack that gets a certificate serves HTTP until there is an HTTPS listener to redirect to.
      this.listeners = [listener(HTTP.role, redirect, [https]), https];
    }

    this.loadBalancerArn = loadBalancer.arn;
    this.dnsName = loadBalancer.dnsName;
    this.zoneId = loadBalancer.zoneId;
    this.targetGroupArn = targetGroup.arn;
    this.loadBalancerArnSuffix = loadBalancer.arnSuffix;
    this.targetGroupArnSuffix = targetGroup.arnSuffix;
    this.registerOutputs({
      loadBalancerArn: this.loadBalancerArn,
      dnsName: this.dnsName,
      zoneId: this.zoneId,
      targetGroupArn: this.targetGroupArn,
      loadBalancerArnSuffix: this.loadBalancerArnSuffix,
      targetGroupArnSuffix: this.targetGroupArnSuffix,
    });
  }
}

/** The group has no fixed name, so that one that is replaced can stand beside its successor. */
function targetGroupSettings(target: TargetPlan) {
  const { healthCheck } = target;
  return {
    port: target.port,
    protocol: "HTTP",
    targetType: target.targetType,
    loadBalancingAlgorithmType: "least_outstanding_requests",
    deregistrationDelay: target.deregistrationDelaySeconds,
    healthCheck: {
      protocol: "HTTP",
      port: "traffic-port",
      path: healthCheck.path,
      matcher: "200",
      interval: healthCheck.intervalSeconds,
      timeout: healthCheck.timeoutSeconds,
      healthyThreshold: healthCheck.healthyThreshold,
      unhealthyThreshold: healthCheck.unhealthyThreshold,
    },
  };
}

function redirectToHttps() {
  return {
    type: "redirect",
    redirect: { port: String(HTTPS.port), protocol: HTTPS.protocol, statusCode: "HTTP_301" },
  };
}
