/** What the ECS agent of an instance is told. */
export interface AgentConfig {
  readonly clusterName: string;
  /** Memory kept away from tasks. */
  readonly reservedMemoryMiB: number;
  /** Time between SIGTERM and SIGKILL for a container that sets none of its own. */
  readonly stopTimeoutSeconds: number;
}

/**
 * The user data of an instance: the configuration of the ECS agent and nothing else, for a command
 * that starts the agent would wait for cloud-init while cloud-init waits for the command.
 * Source of the settings: "Amazon ECS container agent configuration".
 */
export function buildUserData(config: AgentConfig): string {
  const settings: readonly (readonly [string, string])[] = [
    ["ECS_CLUSTER", config.clusterName],
    // Tasks have a role of their own and never need the instance's.
    ["ECS_AWSVPC_BLOCK_IMDS", "true"],
    ["ECS_ENABLE_SPOT_INSTANCE_DRAINING", "true"],
    ["ECS_ENABLE_CONTAINER_METADATA", "true"],
    // Images are pinned by digest, so that a second pull brings nothing new. `prefer-cached` would
    // do as well, but turns the cleanup of old images off.
    ["ECS_IMAGE_PULL_BEHAVIOR", "once"],
    ["ECS_RESERVED_MEMORY", String(config.reservedMemoryMiB)],
    ["ECS_CONTAINER_STOP_TIMEOUT", `${String(config.stopTimeoutSeconds)}s`],
    ["ECS_ENGINE_TASK_CLEANUP_WAIT_DURATION", "30m"],
  ];
  return [
    "#!/bin/bash",
    "cat <<'EOF' >> /etc/ecs/ecs.config",
    ...settings.map(([key, value]) => `${key}=${value}`),
    "EOF",
    "",
  ].join("\n");
}
