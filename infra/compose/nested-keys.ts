import { ULIMIT_NAMES } from "./ecs-limits";
import type { KeyRules } from "./key-rule";
import { deployed, local, refused } from "./key-rule";

const IN_DOCKERFILE = "do it in the Dockerfile, as the deployment's build has no such setting";
const BUILDER = "remove it, as it is a setting of the machine that builds";

export const BUILD_KEYS: KeyRules = {
  args: deployed("build argument", "a mapping or a list of `NAME=value`; every name with a value"),
  context: deployed(
    "build context",
    "a folder, from the Compose file's folder; default that folder",
  ),
  dockerfile: deployed("Dockerfile", "a file, from the context; default `Dockerfile`"),
  target: deployed("target stage", "a stage of the Dockerfile"),
  additional_contexts: refused("copy what the image needs into the context"),
  cache_from: refused(BUILDER),
  cache_to: refused(BUILDER),
  dockerfile_inline: refused("write it to a file and name it in dockerfile"),
  entitlements: refused(IN_DOCKERFILE),
  extra_hosts: refused(BUILDER),
  isolation: refused(BUILDER),
  labels: refused("use LABEL in the Dockerfile"),
  network: refused(BUILDER),
  no_cache: refused("remove it and use `docker compose build --no-cache` locally"),
  no_cache_filter: refused("remove it and use `docker compose build --no-cache` locally"),
  platforms: refused("set architecture in the stack file"),
  privileged: refused(IN_DOCKERFILE),
  provenance: refused(BUILDER),
  pull: refused("remove it and pin the base image in the Dockerfile"),
  sbom: refused(BUILDER),
  secrets: refused("remove it, as what a build needs must be in its context"),
  shm_size: refused(BUILDER),
  ssh: refused("remove it, as what a build needs must be in its context"),
  tags: refused("remove it, as the deployment tags the image by its content"),
  ulimits: refused(BUILDER),
};

export const DEPLOY_KEYS: KeyRules = {
  mode: deployed("schedulingStrategy of the ECS service", "`replicated`"),
  resources: deployed("cpu, memory, memoryReservation", "a mapping", {
    limits: deployed("cpu, memory", "a mapping", {
      cpus: deployed("cpu of task and container", "required; 0.125 to 192, rounded to 1/1024"),
      memory: deployed("memory of task and container", "required; 32m to 1024g in whole MiB"),
      pids: refused("set ulimits.nproc"),
    }),
    reservations: deployed("memoryReservation", "a mapping", {
      cpus: deployed("cpu of task and container", "the limit; ECS reserves what a task may use"),
      memory: deployed("memoryReservation", "6m up to the limit in whole MiB"),
      devices: refused("remove it, as a deployed task has no devices of its instance"),
      generic_resources: refused("remove it, as ECS places tasks by cpu and memory"),
    }),
  }),
  endpoint_mode: refused("remove it, as the load balancer is the service's endpoint"),
  labels: refused("use labels for the container, aws:defaultTags in the stack file for resources"),
  placement: refused("remove it, as tasks are spread over zones and packed onto instances"),
  replicas: refused("set minTasks and maxTasks in the stack file"),
  restart_policy: refused("remove it, as an ECS service always replaces a stopped task"),
  rollback_config: refused(
    "remove it, as a failed deployment is rolled back by the circuit breaker",
  ),
  update_config: refused(
    "set deploymentMinimumHealthyPercent and deploymentMaximumPercent in the stack file",
  ),
};

export const HEALTH_CHECK_KEYS: KeyRules = {
  disable: deployed("no healthCheck", "`true` or `false` (default)"),
  interval: deployed("healthCheck.interval", "5s to 300s in whole seconds, default 30s"),
  retries: deployed("healthCheck.retries", "1 to 10, default 3"),
  start_period: deployed("healthCheck.startPeriod", "0s to 300s in whole seconds, default 0s"),
  test: deployed(
    "healthCheck.command",
    "required; text (`CMD-SHELL`), or a list from `CMD`, `CMD-SHELL` or `NONE`",
  ),
  timeout: deployed("healthCheck.timeout", "2s to 60s in whole seconds, default 30s"),
  start_interval: refused("remove it, as ECS checks at interval from the start"),
};

export const PORT_KEYS: KeyRules = {
  protocol: deployed("portMappings.protocol", "`tcp` (default) or `udp`"),
  target: deployed("portMappings.containerPort", "required; 1 to 65535"),
  app_protocol: local("describes the port; the load balancer speaks HTTP to the first"),
  host_ip: local("is an address of the developer's machine"),
  mode: local("is how the developer's machine publishes the port; ECS chooses the host port"),
  name: local("describes the port"),
  published: local("is a port of the developer's machine; ECS chooses the host port"),
};

export const ULIMIT_KEYS: KeyRules = Object.fromEntries(
  ULIMIT_NAMES.map((name) => [
    name,
    deployed(`ulimits, \`${name}\``, "a number, or soft and hard", {
      soft: deployed("softLimit", "required; -1 to 2147483647"),
      hard: deployed("hardLimit", "required; -1 to 2147483647"),
    }),
  ]),
);
