import type { PlacementRule } from "./simulate/scaling-model";

export type PresetName = "aws" | "terraform-aws-ecs" | "cdk" | "copilot";

/** A value with where it comes from. */
export interface Sourced<T> {
  readonly value: T;
  /**
   * `default`: what happens where nothing is written. `inherited`: the tool leaves it to AWS's default.
   * `example`: it must be written, has no default, and the tool's own documentation writes this.
   */
  readonly basis: "default" | "inherited" | "example";
  /** Public page or file. */
  readonly source: string;
}

/** What a preset decides. */
export interface PresetSettings {
  readonly cpuTargetPercent: Sourced<number>;
  readonly scaleOutCooldownSeconds: Sourced<number>;
  readonly scaleInCooldownSeconds: Sourced<number>;
  readonly targetCapacityPercent: Sourced<number>;
  readonly minimumScalingStep: Sourced<number>;
  readonly maximumScalingStep: Sourced<number>;
  readonly instanceWarmupSeconds: Sourced<number>;
  readonly managedTerminationProtection: Sourced<boolean>;
  readonly managedDraining: Sourced<boolean>;
  readonly placement: Sourced<readonly PlacementRule[]>;
  readonly deploymentMinimumHealthyPercent: Sourced<number>;
  readonly deploymentMaximumPercent: Sourced<number>;
  readonly healthCheckIntervalSeconds: Sourced<number>;
  readonly healthyThreshold: Sourced<number>;
  readonly unhealthyThreshold: Sourced<number>;
  readonly deregistrationDelaySeconds: Sourced<number>;
  readonly slowStartSeconds: Sourced<number>;
}

interface PresetEntry {
  readonly title: string;
  readonly version: string;
  readonly settings: PresetSettings;
  readonly notes: readonly string[];
}

const AWS_DOCS = "https://docs.aws.amazon.com";
const TRACKING = `${AWS_DOCS}/autoscaling/application/APIReference/API_TargetTrackingScalingPolicyConfiguration.html`;
const MANAGED_SCALING = `${AWS_DOCS}/AmazonECS/latest/APIReference/API_ManagedScaling.html`;
const PROVIDER = `${AWS_DOCS}/AmazonECS/latest/APIReference/API_AutoScalingGroupProvider.html`;
const DEPLOYMENT = `${AWS_DOCS}/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html`;
const STRATEGIES = `${AWS_DOCS}/AmazonECS/latest/developerguide/task-placement-strategies.html`;
const HEALTH_CHECKS = `${AWS_DOCS}/elasticloadbalancing/latest/application/target-group-health-checks.html`;
const ATTRIBUTES = `${AWS_DOCS}/elasticloadbalancing/latest/application/edit-target-group-attributes.html`;
const CLI_EXAMPLE =
  "https://github.com/aws/aws-cli/blob/develop/awscli/examples/application-autoscaling/put-scaling-policy.rst";

const aws: PresetSettings = {
  cpuTargetPercent: { value: 75, basis: "example", source: CLI_EXAMPLE },
  scaleOutCooldownSeconds: { value: 300, basis: "default", source: TRACKING },
  scaleInCooldownSeconds: { value: 300, basis: "default", source: TRACKING },
  targetCapacityPercent: { value: 100, basis: "default", source: MANAGED_SCALING },
  minimumScalingStep: { value: 1, basis: "default", source: MANAGED_SCALING },
  maximumScalingStep: { value: 10_000, basis: "default", source: MANAGED_SCALING },
  instanceWarmupSeconds: { value: 300, basis: "default", source: MANAGED_SCALING },
  managedTerminationProtection: { value: false, basis: "default", source: PROVIDER },
  managedDraining: { value: true, basis: "default", source: PROVIDER },
  placement: {
    value: [{ type: "spread", field: "availabilityZone" }],
    basis: "default",
    source: STRATEGIES,
  },
  deploymentMinimumHealthyPercent: { value: 100, basis: "default", source: DEPLOYMENT },
  deploymentMaximumPercent: { value: 200, basis: "default", source: DEPLOYMENT },
  healthCheckIntervalSeconds: { value: 30, basis: "default", source: HEALTH_CHECKS },
  healthyThreshold: { value: 5, basis: "default", source: HEALTH_CHECKS },
  unhealthyThreshold: { value: 2, basis: "default", source: HEALTH_CHECKS },
  deregistrationDelaySeconds: { value: 300, basis: "default", source: ATTRIBUTES },
  slowStartSeconds: { value: 0, basis: "default", source: ATTRIBUTES },
};

/** AWS's defaults as a tool inherits them that does not mention them. */
const inherited = Object.fromEntries(
  Object.entries(aws).map(([name, setting]: [string, Sourced<unknown>]) => [
    name,
    { ...setting, basis: "inherited" },
  ]),
) as unknown as PresetSettings;

const TERRAFORM = "https://github.com/terraform-aws-modules/terraform-aws-ecs/blob/v7.5.0/modules";
const TERRAFORM_SERVICE = `${TERRAFORM}/service/variables.tf`;
const TERRAFORM_CLUSTER = `${TERRAFORM}/cluster/variables.tf`;

const CDK = "https://github.com/aws/aws-cdk/blob/v2.276.0/packages/aws-cdk-lib/aws-ecs";
const CDK_CLUSTER = `${CDK}/lib/cluster.ts`;
const CDK_SERVICE = `${CDK}/lib/base/base-service.ts`;

const COPILOT =
  "https://github.com/aws/copilot-cli/blob/4c858e718bc88449e29540993d8496ac81d7b419/internal/pkg";
const COPILOT_DOCS = "https://aws.github.io/copilot-cli/docs/manifest/lb-web-service/";
const COPILOT_SCALING = `${COPILOT}/template/templates/workloads/partials/cf/autoscaling.yml`;
const COPILOT_DEPLOYMENT = `${COPILOT}/deploy/cloudformation/stack/transformers.go`;
const COPILOT_MANIFEST = `${COPILOT}/manifest/lb_web_svc.go`;

const ONE_POLICY = "Scales on CPU alone; a target for memory is not simulated.";

/** Where another tool's version or documentation changes a value, this is the only place to change. */
export const presetSettings: Readonly<Record<PresetName, PresetEntry>> = {
  aws: {
    title: "AWS defaults",
    version: "API documentation of 2026-11",
    settings: aws,
    notes: ["No API has a default for the CPU target: 75 % is what the AWS CLI's example writes."],
  },
  "terraform-aws-ecs": {
    title: "terraform-aws-ecs defaults",
    version: "7.5.0",
    settings: {
      ...inherited,
      cpuTargetPercent: { value: 75, basis: "default", source: TERRAFORM_SERVICE },
      scaleOutCooldownSeconds: { value: 60, basis: "default", source: TERRAFORM_SERVICE },
      scaleInCooldownSeconds: { value: 300, basis: "default", source: TERRAFORM_SERVICE },
      managedDraining: { value: true, basis: "default", source: TERRAFORM_CLUSTER },
      deploymentMinimumHealthyPercent: { value: 66, basis: "default", source: TERRAFORM_SERVICE },
      deploymentMaximumPercent: { value: 200, basis: "default", source: TERRAFORM_SERVICE },
    },
    notes: [
      ONE_POLICY,
      "The module makes no target group: its health check and delays are AWS's defaults.",
      "Managed scaling is on with nothing else set, as `managed_scaling = {}` is.",
    ],
  },
  cdk: {
    title: "CDK defaults (AsgCapacityProvider, Ec2Service, scaleOnCpuUtilization)",
    version: "2.276.0",
    settings: {
      ...inherited,
      cpuTargetPercent: { value: 50, basis: "example", source: `${CDK}/README.md` },
      targetCapacityPercent: { value: 100, basis: "default", source: CDK_CLUSTER },
      managedTerminationProtection: { value: true, basis: "default", source: CDK_CLUSTER },
      deploymentMinimumHealthyPercent: { value: 50, basis: "default", source: CDK_SERVICE },
      deploymentMaximumPercent: { value: 200, basis: "default", source: CDK_SERVICE },
    },
    notes: [
      "scaleOnCpuUtilization has no default target: 50 % is what the README of aws-ecs writes.",
      "The constructs document a largest step of 1000 and send none, so AWS's 10000 applies.",
    ],
  },
  copilot: {
    title: "Copilot defaults (Load Balanced Web Service)",
    version: "commit 4c858e7 of 2024-03-25",
    settings: {
      ...inherited,
      cpuTargetPercent: { value: 70, basis: "example", source: COPILOT_DOCS },
      scaleOutCooldownSeconds: { value: 60, basis: "default", source: COPILOT_SCALING },
      scaleInCooldownSeconds: { value: 120, basis: "default", source: COPILOT_SCALING },
      deploymentMinimumHealthyPercent: {
        value: 100,
        basis: "default",
        source: COPILOT_DEPLOYMENT,
      },
      deploymentMaximumPercent: { value: 200, basis: "default", source: COPILOT_DEPLOYMENT },
      deregistrationDelaySeconds: { value: 60, basis: "default", source: COPILOT_MANIFEST },
    },
    notes: [
      ONE_POLICY,
      "Copilot runs tasks on Fargate: its service settings are put on this stack's instances, with AWS's defaults for the capacity provider.",
      "A Copilot service does not scale until `count` says so: 70 % is what its manual writes.",
    ],
  },
};
