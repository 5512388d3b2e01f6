import { BUILD_KEYS, DEPLOY_KEYS, HEALTH_CHECK_KEYS, PORT_KEYS, ULIMIT_KEYS } from "./nested-keys";
import type { KeyRules } from "./key-rule";
import { deployed, local, refused } from "./key-rule";

/** Extension key for what Compose has no key for. */
export const EXTENSION_KEY = "x-ecs";

/** Every key that the Compose Specification gives a service, and `x-ecs`: what becomes of it on ECS with EC2. */
export const SERVICE_KEYS: KeyRules = {
  build: deployed("image, built and pushed", "a context folder, or a mapping", BUILD_KEYS),
  cap_add: deployed("linuxParameters.capabilities.add", "Linux capabilities, `CAP_` optional"),
  cap_drop: deployed("linuxParameters.capabilities.drop", "Linux capabilities, `CAP_` optional"),
  command: deployed("command", "a list, or text that is split into words; not empty"),
  deploy: deployed("cpu, memory, memoryReservation", "a mapping", DEPLOY_KEYS),
  entrypoint: deployed("entryPoint", "a list, or text that is split into words; not empty"),
  environment: deployed(
    "environment",
    "a mapping or a list of `NAME=value`; every name with a value",
  ),
  healthcheck: deployed("healthCheck", "a mapping", HEALTH_CHECK_KEYS),
  init: deployed("linuxParameters.initProcessEnabled", "`true` or `false` (default)"),
  labels: deployed(
    "dockerLabels",
    "a mapping or a list of `name=value`; no `com.docker.compose.*` or `com.amazonaws.ecs.*`",
  ),
  ports: deployed("portMappings", "at least one, the first TCP", {
    "*": deployed("portMappings", "short or long form", PORT_KEYS),
  }),
  read_only: deployed("readonlyRootFilesystem", "`true` or `false` (default)"),
  restart: deployed(
    "nothing: an ECS service always replaces a stopped task",
    "`always`, `unless-stopped`",
  ),
  stop_grace_period: deployed("stopTimeout", "2s to 120s in whole seconds, default 10s"),
  tmpfs: deployed(
    "linuxParameters.tmpfs",
    "`/path:size=64m` with a size of whole MiB, and ECS's mount options",
  ),
  ulimits: deployed("ulimits", "soft up to hard, -1 is unlimited", ULIMIT_KEYS),
  user: deployed("user", "`user`, `user:group`, by name or number, quoted"),
  working_dir: deployed("workingDirectory", "an absolute path"),
  [EXTENSION_KEY]: deployed("what Compose has no key for", "a mapping", {
    "health-check-path": deployed(
      "health check of the target group",
      "required; a path from `/`, at most 1024 characters",
    ),
    "local-only": refused("remove it, as this is the service that is deployed"),
  }),

  container_name: local("names the local container; ECS names a container after its service"),
  develop: local("is what `docker compose watch` does while you edit"),
  image: local("names the local image; the deployment names it in Amazon ECR"),
  profiles: local("selects what `docker compose up` starts"),
  pull_policy: local(
    "is when Compose pulls or builds; a deployment builds whenever the content changes",
  ),
  pull_refresh_after: local("is when Compose pulls again; a deployment runs a pushed digest"),

  annotations: refused("use labels, which ECS passes to the container"),
  attach: refused(
    "remove it, as logs go to CloudWatch Logs, and use `docker compose up --no-attach` locally",
  ),
  blkio_config: refused(
    "remove it and choose rootVolumeGiB in the stack file, as ECS has no block I/O limits",
  ),
  cgroup: refused("remove it, as ECS chooses the control group of a task"),
  cgroup_parent: refused("remove it, as ECS chooses the control group of a task"),
  configs: refused("copy the file into the image, or use environment"),
  cpu_count: refused("set deploy.resources.limits.cpus"),
  cpu_percent: refused("set deploy.resources.limits.cpus"),
  cpu_period: refused("set deploy.resources.limits.cpus"),
  cpu_quota: refused("set deploy.resources.limits.cpus"),
  cpu_rt_period: refused("remove it, as ECS has no real-time scheduling"),
  cpu_rt_runtime: refused("remove it, as ECS has no real-time scheduling"),
  cpu_shares: refused("set deploy.resources.limits.cpus, from which ECS takes the shares"),
  cpus: refused("set deploy.resources.limits.cpus"),
  cpuset: refused("set deploy.resources.limits.cpus, as ECS does not pin a task to processors"),
  credential_spec: refused(
    "remove it, as it is for Windows containers, and the instances run Linux",
  ),
  depends_on: refused(
    "remove it and let the app retry until what it needs answers, as only one service is deployed",
  ),
  device_cgroup_rules: refused("remove it, as a deployed task has no devices of its instance"),
  devices: refused("remove it, as a deployed task has no devices of its instance"),
  dns: refused("remove it, as a task resolves names through the VPC"),
  dns_opt: refused("remove it, as a task resolves names through the VPC"),
  dns_search: refused("remove it and use full names, as a task resolves names through the VPC"),
  domainname: refused(
    "remove it and set domainName in the stack file for the service's public name",
  ),
  env_file: refused(
    "write the values under environment, secrets under secretEnvironment in the stack file",
  ),
  expose: refused("list the port under ports"),
  extends: refused("write the keys out, or share them with a YAML anchor and a merge key"),
  external_links: refused(
    "give the address in environment, as ECS has no links to other containers",
  ),
  extra_hosts: refused("give the address in environment, or a name in DNS"),
  gpus: refused("remove it, as tasks are not given GPUs"),
  group_add: refused('give the group in user, as in `"1000:1000"`'),
  hostname: refused("remove it, as ECS names the host of a task itself"),
  ipc: refused("remove it, as a task has an IPC namespace of its own"),
  isolation: refused("remove it, as it is for Windows containers, and the instances run Linux"),
  label_file: refused("write the labels under labels"),
  links: refused("give the address in environment, as only one service is deployed"),
  logging: refused(
    "remove it, as logs go to CloudWatch Logs, and set logRetentionDays in the stack file",
  ),
  mac_address: refused("remove it, as AWS gives network interfaces their addresses"),
  mem_limit: refused("set deploy.resources.limits.memory"),
  mem_reservation: refused("set deploy.resources.reservations.memory"),
  mem_swappiness: refused("set deploy.resources.limits.memory, as tasks do not swap"),
  memswap_limit: refused("set deploy.resources.limits.memory, as tasks do not swap"),
  models: refused("give the model's address in environment"),
  network_mode: refused("set networkMode in the stack file"),
  networks: refused(
    "remove it, as a task is in the VPC that the stack file describes, behind its security groups",
  ),
  oom_kill_disable: refused("remove it, as ECS replaces a task that runs out of memory"),
  oom_score_adj: refused("remove it and set deploy.resources.limits.memory"),
  pid: refused("remove it, as a task has a process namespace of its own"),
  pids_limit: refused("set ulimits.nproc"),
  platform: refused("set architecture in the stack file"),
  post_start: refused("do it in the entrypoint, as ECS has no hooks inside a container"),
  pre_start: refused("do it in the entrypoint, as ECS has no hooks inside a container"),
  pre_stop: refused("do it when the app receives SIGTERM, as ECS has no hooks inside a container"),
  privileged: refused("remove it and add what the app needs with cap_add"),
  provider: refused("give this service a build, as ECS runs containers only"),
  runtime: refused("remove it, as the instances run the default runtime"),
  scale: refused("set minTasks and maxTasks in the stack file"),
  secrets: refused("set secretEnvironment in the stack file"),
  security_opt: refused("remove it, drop capabilities with cap_drop and set a non-root user"),
  shm_size: refused("mount a tmpfs of that size, as in /dev/shm:size=64m"),
  stdin_open: refused("remove it and open a shell in a task with executeCommand in the stack file"),
  stop_signal: refused("set STOPSIGNAL in the Dockerfile, as ECS sends what the image names"),
  storage_opt: refused("remove it and set rootVolumeGiB in the stack file"),
  sysctls: refused("remove it, as tasks keep the kernel's settings"),
  tty: refused("remove it and open a shell in a task with executeCommand in the stack file"),
  use_api_socket: refused("remove it, as a task must not reach Docker on its instance"),
  userns_mode: refused("remove it and set a non-root user"),
  uts: refused("remove it, as a task has a host name of its own"),
  volumes: refused(
    "keep state outside of the task, copy files into the image, or use tmpfs for temporary files",
  ),
  volumes_from: refused("keep state outside of the task, as only one service is deployed"),
};

/** Sections that only services use: without a local-only service nothing does, for the deployed one cannot. */
export const SHARED_SECTIONS = ["configs", "models", "networks", "secrets", "volumes"] as const;

/** Keys of the file itself. */
export const FILE_KEYS: KeyRules = {
  name: local("names the local project; the stack file's appName names what is deployed"),
  services: deployed("the container that composeService in the stack file names", "a mapping"),
  version: local("is obsolete and ignored by Compose"),
  ...Object.fromEntries(
    SHARED_SECTIONS.map((section) => [section, local("belongs to the local-only services")]),
  ),
  include: refused("write the service into this file, as a deployment reads one Compose file"),
};
