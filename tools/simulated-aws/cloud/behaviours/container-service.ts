import { isDeepStrictEqual } from "node:util";
import type { Bag, Json } from "../../../preview/graph";
import { isBag } from "../../protocol-values";
import { AwsError, PartialFailure } from "../cloud";
import { textsAt, valueAt, valuesAt } from "../property-path";
import { referrers } from "../references";
import { propertiesOf, textOf } from "../rules/rule";
import type { StoredResource } from "../stored-resource";
import type { BehaviourContext, Behaviours } from "./behaviour";
import { withComputed } from "./behaviour";

const ASSOCIATION = "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders";
const TASK_DEFINITION = "aws:ecs/taskDefinition:TaskDefinition";
const TARGET_GROUP = "aws:lb/targetGroup:TargetGroup";
const LISTENERS = ["aws:lb/listener:Listener", "aws:lb/listenerRule:ListenerRule"];

/**
 * Capacity providers and services. Sources of the wording: aws/aws-cdk#1160, #34290, #17321 and
 * hashicorp/terraform-provider-aws#12582; a deployment that fails as waitServiceStable and
 * findDeploymentStatus of the provider's internal/service/ecs/service.go report it, with the reason
 * that Amazon ECS gives in DescribeServiceDeployments.
 */
export const CONTAINER_SERVICE_BEHAVIOURS: Behaviours = {
  "aws:ecs/capacityProvider:CapacityProvider": {
    refuse: (provider, { folder }) => {
      if (/^(aws|ecs|fargate)/i.test(textOf(provider, "name"))) {
        throw new AwsError(
          "ClientException",
          'The specified capacity provider name is invalid. Up to 255 characters are allowed, including letters (upper and lowercase), numbers, underscores, and hyphens. The name cannot be prefixed with "aws", "ecs", or "fargate". Specify a valid name and try again.',
        );
      }
      const group = folder
        .ofType("aws:autoscaling/group:Group")
        .find((each) => textOf(each, "arn") === groupOf(provider));
      const protects =
        valueAt(provider.inputs, "autoScalingGroupProvider.managedTerminationProtection") ===
        "ENABLED";
      if (protects && group !== undefined && group.inputs["protectFromScaleIn"] !== true) {
        throw new AwsError(
          "ClientException",
          "The managed termination protection setting for the capacity provider is invalid. To enable managed termination protection for a capacity provider, the Auto Scaling group must have instance protection from scale in enabled.",
        );
      }
    },
  },
  "aws:ecs/service:Service": {
    refuse: (service, { folder }, before) => {
      refuseProviders(service, folder);
      if (!isDeepStrictEqual(service.inputs["loadBalancers"], before?.inputs["loadBalancers"])) {
        refuseTargetGroups(service, folder);
      }
      refuseContainers(service, folder);
    },
    complete: (service, { rollsBack }, before) => {
      const counted =
        service.inputs["desiredCount"] === undefined
          ? withComputed(service, { desiredCount: before?.computed["desiredCount"] ?? 0 })
          : service;
      return rollsBack && before !== undefined ? rolledBack(counted, before) : counted;
    },
    follow: (service, { rollsBack }, before) => {
      if (rollsBack && service.inputs["waitForSteadyState"] === true) {
        const operation = before === undefined ? "create" : "update";
        throw new PartialFailure(
          "",
          `waiting for ECS Service (${service.id}) ${operation}: ${failureOf(service, operation)}`,
          { id: service.id, outputs: propertiesOf(service) },
        );
      }
    },
  },
};

/** ECS goes back to the revision that ran before. */
function rolledBack(service: StoredResource, before: StoredResource): StoredResource {
  const { taskDefinition } = before.inputs;
  return breaks(service) && taskDefinition !== undefined
    ? { ...service, inputs: { ...service.inputs, taskDefinition } }
    : service;
}

function failureOf(service: StoredResource, operation: "create" | "update"): string {
  return breaks(service)
    ? "Service deployment rolled back because the circuit breaker threshold was exceeded."
    : `timeout while waiting for state to become 'tfSTABLE' (last state: 'tfPENDING', timeout: ${TIMEOUTS[operation]})`;
}

/** The provider's own timeouts of a service. */
const TIMEOUTS = { create: "20m0s", update: "20m0s" };

function breaks(service: StoredResource): boolean {
  return ["enable", "rollback"].every(
    (property) => valueAt(service.inputs, `deploymentCircuitBreaker.${property}`) === true,
  );
}

function groupOf(provider: StoredResource): Json | undefined {
  return valueAt(provider.inputs, "autoScalingGroupProvider.autoScalingGroupArn");
}

/** A service can use what its cluster is associated with. */
function refuseProviders(service: StoredResource, folder: BehaviourContext["folder"]): void {
  const cluster = textOf(service, "cluster").split("/").pop();
  const associated = folder
    .ofType(ASSOCIATION)
    .filter(({ inputs }) => inputs["clusterName"] === cluster)
    .flatMap(({ inputs }) => textsAt(inputs, "capacityProviders[*]"));
  const strange = textsAt(service.inputs, "capacityProviderStrategies[*].capacityProvider").some(
    (name) => !associated.includes(name),
  );
  if (strange) {
    throw new AwsError(
      "InvalidParameterException",
      "The specified capacity provider strategy cannot contain a capacity provider that is not associated with the cluster. Associate the capacity provider with the cluster and try again.",
    );
  }
}

/** A target group takes targets once a listener or a rule of a load balancer sends to it. */
function refuseTargetGroups(service: StoredResource, folder: BehaviourContext["folder"]): void {
  for (const arn of textsAt(service.inputs, "loadBalancers[*].targetGroupArn")) {
    const group = folder.ofType(TARGET_GROUP).find((each) => textOf(each, "arn") === arn);
    const isServed =
      group !== undefined && LISTENERS.some((type) => referrers(group, type, folder).length > 0);
    if (!isServed) {
      throw new AwsError(
        "InvalidParameterException",
        `The target group with targetGroupArn ${arn} does not have an associated load balancer.`,
      );
    }
  }
}

/** The load balancer's container and port are the task definition's. */
function refuseContainers(service: StoredResource, folder: BehaviourContext["folder"]): void {
  const definition = folder.find(TASK_DEFINITION, textOf(service, "taskDefinition"));
  const containers = definition === undefined ? [] : containersOf(definition);
  for (const { value } of valuesAt(service.inputs, "loadBalancers[*]")) {
    const { containerName = null, containerPort = null } = isBag(value) ? value : {};
    const name = typeof containerName === "string" ? containerName : "";
    const container = containers.find((each) => each["name"] === name);
    if (definition !== undefined && container === undefined) {
      throw new AwsError(
        "InvalidParameterException",
        `The container ${name} does not exist in the task definition.`,
      );
    }
    const ports =
      container === undefined ? [] : valuesAt(container, "portMappings[*].containerPort");
    if (container !== undefined && !ports.some((port) => port.value === containerPort)) {
      throw new AwsError(
        "InvalidParameterException",
        `The container ${name} did not have a container port ${JSON.stringify(containerPort)} defined.`,
      );
    }
  }
}

function containersOf(definition: StoredResource): Bag[] {
  const containers = JSON.parse(textOf(definition, "containerDefinitions")) as Json;
  return Array.isArray(containers) ? containers.filter(isBag) : [];
}
