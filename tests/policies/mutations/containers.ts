import { deployedDev, deployedProd, dev, type Mutation, prod } from "./mutation";

const component = prod("ecs-on-ec2:index:EcsService web");
const running = deployedProd("ecs-on-ec2:index:EcsService web");
const task = prod("aws:ecs:TaskDefinition web");
const runningTask = deployedProd("aws:ecs:TaskDefinition web");
const smallTask = deployedDev("aws:ecs:TaskDefinition web");
const service = prod("aws:ecs:Service web");
const cluster = prod("aws:ecs:Cluster web");

const CONTAINER = "plan.container";
const DEFINITIONS = "containerDefinitions";
const OPTIONS = "[0].logConfiguration.options";
const EXEC = "configuration.executeCommandConfiguration";

const REGISTRY = "123456789012.dkr.ecr.eu-central-1.amazonaws.com";

/** What a task is and may, before deployment in the plan and afterwards in its definition. */
export const CONTAINERS: readonly Mutation[] = [
  // Rights
  component.set({ [`${CONTAINER}.privileged`]: true }, ["ecs-task-hardened"]),
  component.set({ [`${CONTAINER}.readonlyRootFilesystem`]: false }, ["ecs-task-hardened"]),
  component.set({ [`${CONTAINER}.readonlyRootFilesystem`]: undefined }, ["ecs-task-hardened"]),
  component.set({ [`${CONTAINER}.user`]: "root" }, ["ecs-task-hardened"]),
  component.set({ [`${CONTAINER}.user`]: "0:0" }, ["ecs-task-hardened"]),
  component.set({ [`${CONTAINER}.user`]: undefined }, ["ecs-task-hardened"]),
  component.set({ [`${CONTAINER}.linuxParameters.capabilities.add`]: ["SYS_ADMIN"] }, [
    "ecs-task-hardened",
  ]),
  dev("ecs-on-ec2:index:EcsService web").set({ [`${CONTAINER}.privileged`]: true }, [
    "ecs-task-hardened",
  ]),
  runningTask.edit(DEFINITIONS, { "[0].privileged": true }, ["ecs-task-hardened"]),
  // ECS reads names without regard to case.
  runningTask.edit(DEFINITIONS, { "[0].Privileged": true }, ["ecs-task-hardened"]),
  runningTask.edit(DEFINITIONS, { "[0].user": "0" }, ["ecs-task-hardened"]),
  runningTask.edit(DEFINITIONS, { "[0].linuxParameters.capabilities.add[+]": "NET_ADMIN" }, [
    "ecs-task-hardened",
  ]),
  task.set({ pidMode: "host" }, ["ecs-task-hardened"]),
  task.set({ ipcMode: "host" }, ["ecs-task-hardened"]),
  task.set({ taskRoleArn: undefined }, ["ecs-roles-separated"], { taskRoleArn: [] }),
  task.set({ executionRoleArn: undefined }, ["ecs-roles-separated"], { executionRoleArn: [] }),
  task.set({}, ["ecs-roles-separated"], { taskRoleArn: ["aws:iam:Role web-execution"] }),

  // Secrets
  component.set({ [`${CONTAINER}.environment[+]`]: { name: "DB_PASSWORD", value: "hunter2" } }, [
    "ecs-no-plaintext-secrets",
  ]),
  component.set(
    { [`${CONTAINER}.environment[+]`]: { name: "KEY", value: `AKIA${"A".repeat(16)}` } },
    ["ecs-no-plaintext-secrets"],
  ),
  component.set(
    { [`${CONTAINER}.environment[+]`]: { name: "DB", value: "postgres://web:hunter2@db/web" } },
    ["ecs-no-plaintext-secrets"],
  ),
  component.set({ [`${CONTAINER}.environment[+]`]: { name: "DB_HOST", value: "db" } }, []),
  component.set({ [`${CONTAINER}.secrets[+]`]: { name: "TOKEN", valueFrom: "hunter2" } }, [
    "ecs-no-plaintext-secrets",
  ]),
  component.set({ [`${CONTAINER}.secrets[+]`]: { name: "TOKEN", valueFrom: "/web/token" } }, []),
  component.set({ [`${CONTAINER}.dockerLabels.registry`]: `ghp_${"a".repeat(36)}` }, [
    "ecs-no-plaintext-secrets",
  ]),
  runningTask.edit(
    DEFINITIONS,
    { "[0].environment[+]": { name: "API_KEY", value: "0123456789" } },
    ["ecs-no-plaintext-secrets"],
  ),
  smallTask.edit(
    DEFINITIONS,
    { "[0].environment[+]": { name: "SESSION_SECRET", value: "hunter2" } },
    ["ecs-no-plaintext-secrets"],
  ),

  // Size: an m7g.large takes four of a task
  task.set({ cpu: "4097" }, ["ecs-task-limits", "tasks-fit-capacity"]),
  task.set({ memory: "16385" }, ["ecs-task-limits", "tasks-fit-capacity"]),
  task.set({ memory: "8 GB" }, ["tasks-fit-capacity"]),
  task.set({ cpu: "2048" }, ["tasks-fit-capacity"]),
  task.set({ cpu: "0.25 vCPU" }, []),
  runningTask.set({ cpu: undefined }, ["ecs-task-limits"]),
  smallTask.set({ memory: "4097" }, ["ecs-task-limits", "tasks-fit-capacity"]),
  component.set({ [`${CONTAINER}.memory`]: undefined }, []),
  component.set(
    { [`${CONTAINER}.memory`]: undefined, [`${CONTAINER}.memoryReservation`]: undefined },
    ["ecs-task-limits"],
  ),
  component.set({ [`${CONTAINER}.essential`]: false }, ["ecs-task-limits"]),
  runningTask.edit(DEFINITIONS, { "[0].essential": false }, ["ecs-task-limits"]),

  // Network: two interfaces of an m7g.large are free for tasks, and one task has a port of the instance
  component.set({ "plan.networkMode": "host" }, ["ecs-network-mode"]),
  component.set({ "plan.networkMode": "awsvpc" }, []),
  task.set({ networkMode: "none" }, ["ecs-network-mode"]),
  runningTask.set({ networkMode: "host" }, ["ecs-network-mode", "tasks-fit-capacity"]),
  task.set({ networkMode: "awsvpc" }, ["tasks-fit-capacity"]),
  runningTask.edit(DEFINITIONS, { "[0].portMappings[0].hostPort": 3000 }, ["tasks-fit-capacity"]),
  service.set({ "networkConfiguration.assignPublicIp": true }, ["ecs-network-mode"]),

  // Image
  runningTask.edit(DEFINITIONS, { "[0].image": `${REGISTRY}/web:latest` }, ["ecs-image-pinned"]),
  runningTask.edit(DEFINITIONS, { "[0].image": `${REGISTRY}/web:1.4.2` }, ["ecs-image-pinned"]),
  runningTask.edit(DEFINITIONS, { "[0].image": `nginx@sha256:${"a".repeat(64)}` }, [
    "ecs-image-pinned",
  ]),
  smallTask.edit(DEFINITIONS, { "[0].image": `${REGISTRY}/web:1.4.2` }, []),
  smallTask.edit(DEFINITIONS, { "[0].image": `${REGISTRY}/web:latest` }, ["ecs-image-pinned"]),
  smallTask.edit(DEFINITIONS, { "[0].image": `${REGISTRY}/web` }, ["ecs-image-pinned"]),
  running.set({ imageReference: `${REGISTRY}/web:latest` }, ["ecs-image-pinned"]),

  // Logs and sessions
  runningTask.edit(DEFINITIONS, { "[0].logConfiguration": undefined }, ["ecs-logging"]),
  runningTask.edit(DEFINITIONS, { [`${OPTIONS}.mode`]: "blocking" }, ["ecs-logging"]),
  runningTask.edit(DEFINITIONS, { [`${OPTIONS}.max-buffer-size`]: undefined }, ["ecs-logging"]),
  cluster.set({ [`${EXEC}.logging`]: "NONE" }, ["ecs-logging"]),
  cluster.set({ [`${EXEC}.logConfiguration`]: undefined }, ["ecs-logging"]),
  service.set({ enableExecuteCommand: true }, ["ecs-logging"]),
  dev("aws:ecs:Service web").set({ enableExecuteCommand: true }, []),
  cluster.set({ "settings[0].value": "enabled" }, []),
  cluster.set({ "settings[0].value": "disabled" }, ["ecs-container-insights"]),
  cluster.set({ settings: undefined }, ["ecs-container-insights"]),

  // Stop
  component.set({ [`${CONTAINER}.stopTimeout`]: 1 }, ["drain-budget"]),
  component.set({ [`${CONTAINER}.stopTimeout`]: 2 }, []),
  component.set({ [`${CONTAINER}.stopTimeout`]: 121 }, ["drain-budget"]),
  runningTask.edit(DEFINITIONS, { "[0].stopTimeout": 90 }, []),
  runningTask.edit(DEFINITIONS, { "[0].stopTimeout": 91 }, ["drain-budget-within-deadline"]),

  // Nothing that can be read
  runningTask.set({ [DEFINITIONS]: "[]" }, [
    "drain-budget",
    "ecs-image-pinned",
    "ecs-logging",
    "ecs-no-plaintext-secrets",
    "ecs-task-hardened",
    "ecs-task-limits",
  ]),
];
