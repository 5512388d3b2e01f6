import type { Policies } from "@pulumi/policy";
import { type ChangePolicy, scalingChangeWithinLimits } from "./change";
import { configSchemaOf } from "./config-schema";
import { type Configured, toSdkPolicy } from "./enforce";
import type { PackConfig } from "./pack-config";
import type { Policy } from "./policy";
import { asgUsesLaunchTemplate } from "./rules/compute/asg-uses-launch-template";
import { instanceAccess } from "./rules/compute/instance-access";
import { launchTemplateEbsEncrypted } from "./rules/compute/launch-template-ebs-encrypted";
import { launchTemplateImdsv2 } from "./rules/compute/launch-template-imdsv2";
import { launchTemplateNoPublicIp } from "./rules/compute/launch-template-no-public-ip";
import { ecsContainerInsights } from "./rules/container/ecs-container-insights";
import { ecsImagePinned } from "./rules/container/ecs-image-pinned";
import { ecsLogging } from "./rules/container/ecs-logging";
import { ecsNetworkMode } from "./rules/container/ecs-network-mode";
import { ecsNoPlaintextSecrets } from "./rules/container/ecs-no-plaintext-secrets";
import { ecsRolesSeparated } from "./rules/container/ecs-roles-separated";
import { ecsTaskHardened } from "./rules/container/ecs-task-hardened";
import { ecsTaskLimits } from "./rules/container/ecs-task-limits";
import { monthlyCostCeiling } from "./rules/cost/monthly-cost-ceiling";
import { protectedResources } from "./rules/cost/protected-resources";
import { requiredTags } from "./rules/cost/required-tags";
import { albHardened } from "./rules/network/alb-hardened";
import { albHttpsOnly } from "./rules/network/alb-https-only";
import { albWaf } from "./rules/network/alb-waf";
import { allowedRegions } from "./rules/network/allowed-regions";
import { iamLeastPrivilege } from "./rules/network/iam-least-privilege";
import { securityGroupIngress } from "./rules/network/security-group-ingress";
import { securityGroupSources } from "./rules/network/security-group-sources";
import { logRetentionBounds } from "./rules/observability/log-retention-bounds";
import { requiredAlarms } from "./rules/observability/required-alarms";
import { ecrHardened } from "./rules/registry/ecr-hardened";
import { ecrLifecycle } from "./rules/registry/ecr-lifecycle";
import { asgDesiredNotPinned } from "./rules/scaling/asg-desired-not-pinned";
import { asgHeadroom } from "./rules/scaling/asg-headroom";
import { asgMaxMinRatio } from "./rules/scaling/asg-max-min-ratio";
import { asgSizeWithinLimits } from "./rules/scaling/asg-size-within-limits";
import { capacityProviderGroupProtected } from "./rules/scaling/capacity-provider-group-protected";
import { capacityProviderManaged } from "./rules/scaling/capacity-provider-managed";
import { capacityProviderStepSizes } from "./rules/scaling/capacity-provider-step-sizes";
import { capacityProviderStepWithinGroup } from "./rules/scaling/capacity-provider-step-within-group";
import { capacityProviderTerminationProtection } from "./rules/scaling/capacity-provider-termination-protection";
import { capacityStrategyBounded } from "./rules/scaling/capacity-strategy-bounded";
import { cooldownAndWarmupBounds } from "./rules/scaling/cooldown-and-warmup-bounds";
import { drainBudget } from "./rules/scaling/drain-budget";
import { drainBudgetWithinDeadline } from "./rules/scaling/drain-budget-within-deadline";
import { fleetVcpuCeiling } from "./rules/scaling/fleet-vcpu-ceiling";
import { healthCheckBudget } from "./rules/scaling/health-check-budget";
import { healthCheckGrace } from "./rules/scaling/health-check-grace";
import { instanceRefreshSafe } from "./rules/scaling/instance-refresh-safe";
import { instanceTypeAllowList } from "./rules/scaling/instance-type-allow-list";
import { mixedInstances } from "./rules/scaling/mixed-instances";
import { multiAz } from "./rules/scaling/multi-az";
import { noCompetingScalers } from "./rules/scaling/no-competing-scalers";
import { rollingDeployFeasible } from "./rules/scaling/rolling-deploy-feasible";
import { scheduledActionsInPairs } from "./rules/scaling/scheduled-actions-in-pairs";
import { scheduledActionsWithinLimits } from "./rules/scaling/scheduled-actions-within-limits";
import { serviceAutoscaled } from "./rules/scaling/service-autoscaled";
import { serviceCapacityWithinLimits } from "./rules/scaling/service-capacity-within-limits";
import { serviceDesiredNotPinned } from "./rules/scaling/service-desired-not-pinned";
import { serviceScalingPolicySane } from "./rules/scaling/service-scaling-policy-sane";
import { stepScalingBounded } from "./rules/scaling/step-scaling-bounded";
import { tasksFitCapacity } from "./rules/scaling/tasks-fit-capacity";
import type { WaiverBook, WaiverOf } from "./waivers";
import { WAIVERS_VALID, waiversValid } from "./waivers-valid";

/** What the pack is called wherever its findings appear. */
export const PACK_NAME = "ecs-on-ec2";

/** Every policy of the pack, by name. The guard of the waivers comes besides. */
export const policies: readonly Policy[] = [
  albHardened,
  albHttpsOnly,
  albWaf,
  allowedRegions,
  asgDesiredNotPinned,
  asgHeadroom,
  asgMaxMinRatio,
  asgSizeWithinLimits,
  asgUsesLaunchTemplate,
  capacityProviderGroupProtected,
  capacityProviderManaged,
  capacityProviderStepSizes,
  capacityProviderStepWithinGroup,
  capacityProviderTerminationProtection,
  capacityStrategyBounded,
  cooldownAndWarmupBounds,
  drainBudget,
  drainBudgetWithinDeadline,
  ecrHardened,
  ecrLifecycle,
  ecsContainerInsights,
  ecsImagePinned,
  ecsLogging,
  ecsNetworkMode,
  ecsNoPlaintextSecrets,
  ecsRolesSeparated,
  ecsTaskHardened,
  ecsTaskLimits,
  fleetVcpuCeiling,
  healthCheckBudget,
  healthCheckGrace,
  iamLeastPrivilege,
  instanceAccess,
  instanceRefreshSafe,
  instanceTypeAllowList,
  launchTemplateEbsEncrypted,
  launchTemplateImdsv2,
  launchTemplateNoPublicIp,
  logRetentionBounds,
  mixedInstances,
  monthlyCostCeiling,
  multiAz,
  noCompetingScalers,
  protectedResources,
  requiredAlarms,
  requiredTags,
  rollingDeployFeasible,
  scheduledActionsInPairs,
  scheduledActionsWithinLimits,
  securityGroupIngress,
  securityGroupSources,
  serviceAutoscaled,
  serviceCapacityWithinLimits,
  serviceDesiredNotPinned,
  serviceScalingPolicySane,
  stepScalingBounded,
  tasksFitCapacity,
];

/** Policies on the step between two states, which `npm run policy -- --against` judges: the engine shows a pack only one. */
export const changePolicies: readonly ChangePolicy[] = [scalingChangeWithinLimits];

/** Every policy that the engine runs, by name. */
export const policyNames: readonly string[] = [
  ...policies.map(({ name }) => name),
  WAIVERS_VALID.name,
];

/** Every name that a finding may have, and so a waiver. */
export const findingNames: readonly string[] = [
  ...policyNames,
  ...changePolicies.map(({ name }) => name),
];

/**
 * The whole pack as the SDK runs it, the guard of the waivers last.
 *
 * @param environment name of the stack, which decides the levels
 * @param configured a configuration that does not come through the engine
 */
export function buildPolicies(
  environment: string,
  waivers: WaiverBook,
  configured: PackConfig = {},
): Policies {
  return [
    ...policies.map((policy) =>
      buildPolicy(policy, environment, waivers.waiverOf, configured[policy.name]),
    ),
    waiversValid(waivers, configured[WAIVERS_VALID.name]?.level),
  ];
}

/** One policy as the SDK runs it, with the schema of its configuration. */
export function buildPolicy(
  policy: Policy,
  environment: string,
  waiverOf: WaiverOf,
  configured: Configured = {},
): Policies[number] {
  return {
    ...toSdkPolicy(policy, environment, waiverOf, configured),
    configSchema: configSchemaOf(policy.name),
  };
}
