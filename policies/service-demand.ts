import type { TaskDemand } from "../capacity/fit";
import { ceilDiv } from "../capacity/instance-bounds";
import { fieldOf } from "./containers";
import type { StackResource, StackUnderJudgement } from "./policy";
import { definitionsOf } from "./task-containers";
import { isUnknownValueError } from "./unknown";
import { listOf, numberOf, objectOf, textOf } from "./values";
import {
  type Belongings,
  groupOf,
  providersOf,
  scalersOfServices,
  strategyOf,
  taskDefinitionOf,
  TYPES,
} from "./wiring";

/** What a service asks of the group of instances that runs it. */
export interface ServiceDemand {
  readonly task: TaskDemand;
  /** A port of the instance itself, which one task an instance can have. */
  readonly fixedHostPort: boolean;
  readonly minTasks: number;
  readonly maxTasks: number;
  readonly deploymentMaximumPercent: number;
}

/** What moves the bounds of services. */
export interface ServiceScalers {
  readonly targets: Belongings;
  readonly actions: Belongings;
}

export function serviceScalers(stack: StackUnderJudgement): ServiceScalers {
  return {
    targets: scalersOfServices(stack, TYPES.target),
    actions: scalersOfServices(stack, TYPES.scheduledAction),
  };
}

/**
 * What a service asks of a group. Undefined for a daemon, which runs one task on each instance however
 * many there are, and where the stack does not declare what would tell. Throws on an unknown value.
 */
export function serviceDemand(
  stack: StackUnderJudgement,
  service: StackResource,
  group: StackResource,
  scalers: ServiceScalers,
): ServiceDemand | undefined {
  const taskDefinition = taskDefinitionOf(stack, service);
  const bounds = boundsOf(service, scalers);
  if (
    taskDefinition === undefined ||
    bounds === undefined ||
    service.props["schedulingStrategy"] === "DAEMON"
  ) {
    return undefined;
  }
  const { ports, fixed } = portsOf(service, taskDefinition);
  return {
    task: { ...sizeOf(taskDefinition), networkMode: networkModeOf(taskDefinition), ports },
    fixedHostPort: fixed,
    minTasks: shareOf(stack, service, group, bounds.minTasks),
    maxTasks: shareOf(stack, service, group, bounds.maxTasks),
    deploymentMaximumPercent:
      numberOf(service.props["deploymentMaximumPercent"]) ?? DEFAULT_MAXIMUM_PERCENT,
  };
}

/**
 * What ECS takes where the program does not say.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html
 */
const DEFAULT_MAXIMUM_PERCENT = 200;

/** Bounds of the scalable target, with the highest maximum of its scheduled actions; else the desired count. */
function boundsOf(
  service: StackResource,
  { targets, actions }: ServiceScalers,
): Pick<ServiceDemand, "minTasks" | "maxTasks"> | undefined {
  const [target] = targets.of(service);
  if (target === undefined) {
    const desired = targets.complete ? (numberOf(service.props["desiredCount"]) ?? 0) : undefined;
    return desired === undefined ? undefined : { minTasks: desired, maxTasks: desired };
  }
  const minTasks = numberOf(target.props["minCapacity"]);
  const maxTasks = numberOf(target.props["maxCapacity"]);
  const scheduled = actions
    .of(service)
    .map(({ props }) => numberOf(objectOf(props["scalableTargetAction"])["maxCapacity"]) ?? 0);
  return minTasks === undefined || maxTasks === undefined
    ? undefined
    : { minTasks, maxTasks: Math.max(maxTasks, ...scheduled) };
}

/**
 * Tasks of a service that a strategy places on a group: the base first, the rest by weight. With one
 * capacity provider all of them, whose name is then not needed.
 */
function shareOf(
  stack: StackUnderJudgement,
  service: StackResource,
  group: StackResource,
  tasks: number,
): number {
  const strategy = strategyOf(stack, service);
  const items =
    strategy === undefined ? [] : listOf(strategy.owner.props[strategy.property]).map(objectOf);
  if (strategy === undefined || items.length <= 1) {
    return tasks;
  }
  const names = providersOf(stack, strategy)
    .filter((provider) => groupOf(stack, provider) === group)
    .map(({ props }) => textOf(props["name"]));
  const weightOf = (item: (typeof items)[number]) => numberOf(item["weight"]) ?? 0;
  const baseOf = (item: (typeof items)[number]) => numberOf(item["base"]) ?? 0;
  const own = items.filter((item) => names.includes(textOf(item["capacityProvider"])));
  const sum = (list: readonly number[]) => list.reduce((total, next) => total + next, 0);
  const base = Math.min(tasks, sum(own.map(baseOf)));
  const rest = Math.max(0, tasks - sum(items.map(baseOf)));
  const weights = sum(items.map(weightOf));
  return base + (weights === 0 ? 0 : ceilDiv(rest * sum(own.map(weightOf)), weights));
}

/**
 * What a task reserves: its own size, else that of its containers together.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html
 */
function sizeOf(taskDefinition: StackResource): Pick<TaskDemand, "cpuUnits" | "memoryMiB"> {
  const { props } = taskDefinition;
  const sum = (key: string, other: string) =>
    definitionsOf(taskDefinition).reduce<number>(
      (total, definition) =>
        total + (numberOf(fieldOf(definition, key)) ?? numberOf(fieldOf(definition, other)) ?? 0),
      0,
    );
  return {
    cpuUnits: inUnits(props["cpu"], "vCPU") ?? sum("cpu", "cpu"),
    memoryMiB: inUnits(props["memory"], "GB") ?? sum("memoryReservation", "memory"),
  };
}

/** `512`, or `0.5 vCPU` and `0.5 GB` as ECS takes them too: 1024 units each. */
function inUnits(value: unknown, unit: "vCPU" | "GB"): number | undefined {
  const [, amount] = new RegExp(`^([0-9.]+) *${unit}$`, "i").exec(textOf(value) ?? "") ?? [];
  return amount === undefined ? numberOf(value) : numberOf(Number(amount) * 1024);
}

/** Anything but `awsvpc` uses the instance's own network interface. */
function networkModeOf({ props }: StackResource): TaskDemand["networkMode"] {
  return props["networkMode"] === "awsvpc" ? "awsvpc" : "bridge";
}

/**
 * Ports that a task publishes. Where the containers are unknown, as they are until the image is built,
 * these are the ports that the load balancers use, and none of them counts as fixed.
 */
function portsOf(
  service: StackResource,
  taskDefinition: StackResource,
): { readonly ports: number; readonly fixed: boolean } {
  const mode = taskDefinition.props["networkMode"];
  try {
    const mappings = definitionsOf(taskDefinition).flatMap((definition) =>
      listOf(fieldOf(definition, "portMappings")),
    );
    return {
      ports: mappings.length,
      fixed:
        mode !== "awsvpc" &&
        mappings.some(
          (mapping) => mode === "host" || (numberOf(fieldOf(mapping, "hostPort")) ?? 0) > 0,
        ),
    };
  } catch (error) {
    if (isUnknownValueError(error)) {
      return { ports: listOf(service.props["loadBalancers"]).length, fixed: false };
    }
    throw error;
  }
}
