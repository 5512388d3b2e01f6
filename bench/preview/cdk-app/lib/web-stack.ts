import * as cdk from "aws-cdk-lib/core";
import * as autoscaling from "aws-cdk-lib/aws-autoscaling";
import * as ec2 from "aws-cdk-lib/aws-ec2";
import * as ecr_assets from "aws-cdk-lib/aws-ecr-assets";
import * as ecs from "aws-cdk-lib/aws-ecs";
import * as ecs_patterns from "aws-cdk-lib/aws-ecs-patterns";
import * as iam from "aws-cdk-lib/aws-iam";
import * as logs from "aws-cdk-lib/aws-logs";
import type { Construct } from "constructs";
import { Observability } from "./observability";

const containerPort = 8080;
const minTasks = 1;
const maxTasks = 4;
const maxInstances = 5;

/** What `npm run preview` shows for dev, written the way a CDK user writes it. */
export class WebStack extends cdk.Stack {
  constructor(scope: Construct, id: string, props?: cdk.StackProps) {
    super(scope, id, props);

    const vpc = new ec2.Vpc(this, "Vpc", {
      ipAddresses: ec2.IpAddresses.cidr("10.0.0.0/16"),
      maxAzs: 2,
      natGateways: 1,
      gatewayEndpoints: { S3: { service: ec2.GatewayVpcEndpointAwsService.S3 } },
    });
    const cluster = new ecs.Cluster(this, "Cluster", {
      vpc,
      containerInsightsV2: ecs.ContainerInsights.DISABLED,
    });
    const group = this.autoScalingGroup(vpc);
    const capacityProvider = new ecs.AsgCapacityProvider(this, "CapacityProvider", {
      autoScalingGroup: group,
      enableManagedScaling: true,
      enableManagedTerminationProtection: true,
      enableManagedDraining: true,
      targetCapacityPercent: 100,
      maximumScalingStepSize: 2,
      instanceWarmupPeriod: 60,
      spotInstanceDraining: true,
    });
    cluster.addAsgCapacityProvider(capacityProvider);
    // A capacity provider, unlike addCapacity, leaves the cluster without its instances' security group.
    cluster.connections.addSecurityGroup(...group.connections.securityGroups);

    const { service, loadBalancer, targetGroup } = this.service(cluster, capacityProvider);
    service.node.addDependency(capacityProvider);
    const tasks = service.autoScaleTaskCount({ minCapacity: minTasks, maxCapacity: maxTasks });
    tasks.scaleOnCpuUtilization("Cpu", {
      targetUtilizationPercent: 60,
      scaleOutCooldown: cdk.Duration.seconds(60),
      scaleInCooldown: cdk.Duration.seconds(300),
    });
    tasks.scaleOnRequestCount("Requests", {
      requestsPerTarget: 1000,
      targetGroup,
      scaleOutCooldown: cdk.Duration.seconds(60),
      scaleInCooldown: cdk.Duration.seconds(300),
    });

    new Observability(this, "Observability", {
      cluster,
      service,
      loadBalancer,
      targetGroup,
      group,
      capacityProviderName: capacityProvider.capacityProviderName,
      minTasks,
      maxInstances,
    });
    new cdk.CfnOutput(this, "Url", { value: `http://${loadBalancer.loadBalancerDnsName}` });
    new cdk.CfnOutput(this, "ClusterName", { value: cluster.clusterName });
    new cdk.CfnOutput(this, "ServiceName", { value: service.serviceName });
    new cdk.CfnOutput(this, "AutoScalingGroupName", { value: group.autoScalingGroupName });
  }

  private autoScalingGroup(vpc: ec2.Vpc): autoscaling.AutoScalingGroup {
    const role = new iam.Role(this, "InstanceRole", {
      assumedBy: new iam.ServicePrincipal("ec2.amazonaws.com"),
      managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName("AmazonSSMManagedInstanceCore")],
    });
    const launchTemplate = new ec2.LaunchTemplate(this, "LaunchTemplate", {
      machineImage: ecs.EcsOptimizedImage.amazonLinux2023(ecs.AmiHardwareType.ARM),
      instanceType: new ec2.InstanceType("t4g.small"),
      role,
      userData: ec2.UserData.forLinux(),
      securityGroup: new ec2.SecurityGroup(this, "InstanceSecurityGroup", { vpc }),
      requireImdsv2: true,
      httpPutResponseHopLimit: 1,
      blockDevices: [
        {
          deviceName: "/dev/xvda",
          volume: ec2.BlockDeviceVolume.ebs(30, {
            encrypted: true,
            volumeType: ec2.EbsDeviceVolumeType.GP3,
          }),
        },
      ],
    });
    return new autoscaling.AutoScalingGroup(this, "Group", {
      vpc,
      vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS },
      mixedInstancesPolicy: {
        launchTemplate,
        launchTemplateOverrides: [
          { instanceType: new ec2.InstanceType("t4g.small") },
          { instanceType: new ec2.InstanceType("t4g.medium") },
        ],
        instancesDistribution: {
          onDemandBaseCapacity: 0,
          onDemandPercentageAboveBaseCapacity: 0,
          spotAllocationStrategy: autoscaling.SpotAllocationStrategy.PRICE_CAPACITY_OPTIMIZED,
        },
      },
      minCapacity: 1,
      maxCapacity: maxInstances,
      newInstancesProtectedFromScaleIn: true,
    });
  }

  private service(
    cluster: ecs.Cluster,
    capacityProvider: ecs.AsgCapacityProvider,
  ): ecs_patterns.ApplicationLoadBalancedEc2Service {
    const pattern = new ecs_patterns.ApplicationLoadBalancedEc2Service(this, "Service", {
      cluster,
      capacityProviderStrategies: [
        { capacityProvider: capacityProvider.capacityProviderName, weight: 1 },
      ],
      desiredCount: minTasks,
      minHealthyPercent: 100,
      maxHealthyPercent: 200,
      healthCheckGracePeriod: cdk.Duration.seconds(60),
      circuitBreaker: { enable: true, rollback: true },
      placementStrategies: [
        ecs.PlacementStrategy.spreadAcross(ecs.BuiltInAttributes.AVAILABILITY_ZONE),
        ecs.PlacementStrategy.packedByMemory(),
      ],
      cpu: 256,
      memoryLimitMiB: 256,
      publicLoadBalancer: true,
      listenerPort: 80,
      taskImageOptions: {
        image: ecs.ContainerImage.fromAsset("app", {
          platform: ecr_assets.Platform.LINUX_ARM64,
        }),
        containerPort,
        logDriver: ecs.LogDrivers.awsLogs({
          streamPrefix: "web",
          logGroup: new logs.LogGroup(this, "Logs", {
            retention: logs.RetentionDays.ONE_WEEK,
            removalPolicy: cdk.RemovalPolicy.DESTROY,
          }),
        }),
      },
    });
    pattern.targetGroup.setAttribute("deregistration_delay.timeout_seconds", "5");
    pattern.targetGroup.configureHealthCheck({
      path: "/health/ready",
      interval: cdk.Duration.seconds(10),
      timeout: cdk.Duration.seconds(5),
      healthyThresholdCount: 2,
      unhealthyThresholdCount: 3,
    });
    return pattern;
  }
}
