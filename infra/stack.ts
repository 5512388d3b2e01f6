import * as pulumi from "@pulumi/pulumi";
import { AccessLogBucket } from "./components/access-log-bucket";
import { Certificate } from "./components/certificate";
import { ContainerImage } from "./components/container-image";
import { Ec2Capacity } from "./components/ec2-capacity";
import { EcsCluster } from "./components/ecs-cluster";
import { EcsService } from "./components/ecs-service";
import { declareAliasRecord, lookUpHostedZone } from "./components/hosted-zone";
import { InstanceRole } from "./components/instance-role";
import { LoadBalancer } from "./components/load-balancer";
import { LoadBalancerAlarms } from "./components/load-balancer-alarms";
import { currentLocation, type LocationInput } from "./components/location";
import { Network } from "./components/network";
import { Notifications } from "./components/notifications";
import { Observability } from "./components/observability";
import { SecurityGroups } from "./components/security-groups";
import { ServiceScaling } from "./components/service-scaling";
import { StaticIngress } from "./components/static-ingress";
import { declareWebAcl } from "./components/web-acl";
import type { StackSecrets } from "./config";
import { type AwsCliCommands, buildAwsCliCommands } from "./lib/aws-cli-commands";
import { buildServiceUrl, listenersOf } from "./lib/listeners";
import type { StackPlan, TlsPlan } from "./plan/stack-plan";

/** What a person or another program asks a deployed stack for; `pulumi stack output` shows it. */
export interface StackOutputs {
  /** Address of the service. */
  readonly url: pulumi.Output<string>;
  /** URL of the image repository. */
  readonly registry: pulumi.Output<string>;
  /** The image that runs, by digest. */
  readonly image: pulumi.Output<string>;
  readonly cluster: pulumi.Output<string>;
  readonly service: pulumi.Output<string>;
  /** ARN of the task definition that runs; fails the deployment where ECS rolled it back. */
  readonly taskDefinition: pulumi.Output<string>;
  readonly autoScalingGroup: pulumi.Output<string>;
  readonly capacityProvider: pulumi.Output<string>;
  /** Addresses that the service calls others from, for their allow-lists. */
  readonly egressIps: pulumi.Output<string[]>;
  /** Addresses that the service is called at; empty where they may change. */
  readonly ingressIps: pulumi.Output<string[]>;
  readonly logGroup: pulumi.Output<string>;
  /** Address of the CloudWatch dashboard. */
  readonly dashboard: pulumi.Output<string>;
  /** AWS CLI commands that show the stack at work. */
  readonly commands: pulumi.Output<AwsCliCommands>;
}

/**
 * Declares everything that the plan decides and wires it together; a throw inside a component, or of
 * the check of the deployment, fails the run.
 */
export function declareStack(plan: StackPlan, secrets: StackSecrets): StackOutputs {
  const { name, permissionsBoundary } = plan;
  const location = currentLocation();
  const network = new Network(name, { plan: plan.network, permissionsBoundary });
  const securityGroups = declareSecurityGroups(plan, network);
  const image = new ContainerImage(name, { plan: plan.image });
  const { cluster, capacity } = declareCapacity(plan, network, securityGroups);
  const ingress = declareIngress(plan, location, network, securityGroups);
  const notifications = new Notifications(name, {
    location,
    email: plan.observability.notifiesByEmail ? secrets.alarmEmail : undefined,
  });
  const loadBalancerAlarms = new LoadBalancerAlarms(name, {
    ...ingress.metricNames,
    topicArn: notifications.topicArn,
    latencyMilliseconds: plan.observability.latencyAlarmMilliseconds,
  });
  const service = new EcsService(
    name,
    {
      plan: plan.service,
      location,
      clusterArn: cluster.clusterArn,
      sessionLogGroupArn: cluster.sessionLogGroupArn,
      capacityProviderName: capacity.capacityProviderName,
      repositoryArn: image.repositoryArn,
      imageReference: image.imageReference,
      targetGroupArn: ingress.loadBalancer.targetGroupArn,
      rollbackAlarmNames: loadBalancerAlarms.rollbackAlarmNames,
      taskSubnetIds: network.privateSubnetIds,
      taskSecurityGroupId: securityGroups.taskSecurityGroupId,
      permissionsBoundary,
    },
    [capacity.association, ...ingress.loadBalancer.listeners],
  );
  const names = {
    clusterName: cluster.clusterName,
    serviceName: service.serviceName,
    autoScalingGroupName: capacity.autoScalingGroupName,
  };
  new ServiceScaling(name, { plan: plan.scaling, ...names, ...ingress.metricNames });
  const observability = new Observability(name, {
    plan: plan.observability,
    scheduled: plan.scaling.scheduled,
    minInstances: plan.capacity.minInstances,
    containerInsights: plan.cluster.containerInsights,
    location,
    dashboardName: plan.service.family,
    topicArn: notifications.topicArn,
    ...names,
    serviceArn: service.serviceArn,
    capacityProviderName: capacity.capacityProviderName,
    ...ingress.metricNames,
    loadBalancerAlarmArns: loadBalancerAlarms.alarmArns,
  });

  return {
    url: ingress.url,
    registry: image.repositoryUrl,
    image: image.imageReference,
    cluster: cluster.clusterName,
    service: service.serviceName,
    taskDefinition: service.taskDefinitionArn,
    autoScalingGroup: capacity.autoScalingGroupName,
    capacityProvider: capacity.capacityProviderName,
    egressIps: network.egressIps,
    ingressIps: ingress.ingressIps,
    logGroup: service.logGroupName,
    dashboard: observability.dashboardUrl,
    commands: pulumi
      .output({ region: location.region, ...names, logGroupName: service.logGroupName })
      .apply((targets) =>
        buildAwsCliCommands({
          ...targets,
          containerName: plan.service.container.name,
          executeCommand: plan.service.executeCommand,
        }),
      ),
  };
}

/**
 * Declares the image's repository and no more, so that an image can be copied there before the first
 * deployment, which needs it. The run has to target the repository: everything else of the stack is missing.
 */
export function declareRepository({ name, image }: StackPlan): Pick<StackOutputs, "registry"> {
  return { registry: new ContainerImage(name, { plan: image }).repositoryUrl };
}

function declareSecurityGroups(
  { name, service, loadBalancer }: StackPlan,
  network: Network,
): SecurityGroups {
  return new SecurityGroups(name, {
    vpcId: network.vpcId,
    listenerPorts: listenersOf(loadBalancer.tls).map(({ port }) => port),
    networkMode: service.networkMode,
    containerPort: service.containerPort,
    staticIngressIps: loadBalancer.staticIngressIps,
  });
}

function declareCapacity(
  { name, tags, permissionsBoundary, ...plan }: StackPlan,
  network: Network,
  securityGroups: SecurityGroups,
): { readonly cluster: EcsCluster; readonly capacity: Ec2Capacity } {
  const cluster = new EcsCluster(name, { plan: plan.cluster });
  const role = new InstanceRole(name, {
    clusterArn: cluster.clusterArn,
    permissionsBoundary,
  });
  const capacity = new Ec2Capacity(name, {
    plan: plan.capacity,
    tags,
    clusterName: cluster.clusterName,
    instanceProfileArn: role.instanceProfileArn,
    subnetIds: network.privateSubnetIds,
    securityGroupId: securityGroups.instanceSecurityGroupId,
  });
  return { cluster, capacity };
}

interface Ingress {
  readonly loadBalancer: LoadBalancer;
  /** What CloudWatch knows the load balancer and its target group by. */
  readonly metricNames: {
    readonly loadBalancerArnSuffix: pulumi.Output<string>;
    readonly targetGroupArnSuffix: pulumi.Output<string>;
  };
  readonly url: pulumi.Output<string>;
  readonly ingressIps: pulumi.Output<string[]>;
}

/**
 * The way in, from the outside to the target group: name and certificate, load balancers, web ACL and
 * access logs, as far as the plan has them.
 */
function declareIngress(
  { name, network: { availabilityZones }, loadBalancer: plan }: StackPlan,
  location: LocationInput,
  network: Network,
  securityGroups: SecurityGroups,
): Ingress {
  const { tls, dns, deletionProtection } = plan;
  const accessLogs =
    plan.accessLogs === undefined
      ? undefined
      : new AccessLogBucket(name, { location, ...plan.accessLogs, deletionProtection });
  const loadBalancer = new LoadBalancer(name, {
    plan,
    vpcId: network.vpcId,
    subnetIds: plan.staticIngressIps ? network.privateSubnetIds : network.publicSubnetIds,
    securityGroupId: securityGroups.loadBalancerSecurityGroupId,
    certificateArn: certificateOf(name, tls),
    accessLogBucketName: accessLogs?.bucketName,
  });
  if (plan.webAcl) {
    declareWebAcl(name, { loadBalancerArn: loadBalancer.loadBalancerArn });
  }
  const networkSecurityGroupId = securityGroups.networkLoadBalancerSecurityGroupId;
  const staticIngress =
    networkSecurityGroupId === undefined
      ? undefined
      : new StaticIngress(
          name,
          {
            availabilityZones,
            vpcId: network.vpcId,
            publicSubnetIds: network.publicSubnetIds,
            securityGroupId: networkSecurityGroupId,
            loadBalancerArn: loadBalancer.loadBalancerArn,
            roles: listenersOf(tls),
            healthCheckPath: plan.target.healthCheck.path,
            deletionProtection,
          },
          loadBalancer.listeners,
        );
  const front = staticIngress ?? loadBalancer;
  if (dns !== undefined) {
    declareAliasRecord(name, { ...dns, target: front });
  }
  const { loadBalancerArnSuffix, targetGroupArnSuffix } = loadBalancer;
  return {
    loadBalancer,
    metricNames: { loadBalancerArnSuffix, targetGroupArnSuffix },
    url: pulumi
      .output(dns?.domainName ?? front.dnsName)
      .apply((host) => buildServiceUrl(tls, host)),
    ingressIps: staticIngress?.ingressIps ?? pulumi.output<string[]>([]),
  };
}

/** The certificate that the plan names or has issued, or undefined for HTTP only. */
function certificateOf(name: string, tls: TlsPlan | undefined): pulumi.Input<string> | undefined {
  switch (tls?.kind) {
    case undefined:
      return undefined;
    case "existing":
      return tls.certificateArn;
    case "issued":
      return new Certificate(name, {
        domainName: tls.domainName,
        hostedZoneId: lookUpHostedZone(tls),
      }).certificateArn;
  }
}
