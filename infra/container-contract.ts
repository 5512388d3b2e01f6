/**
 * What app/compose.yaml says of the container, in ECS's units: the one description that
 * `docker compose up` and the ECS task definition share. loadContainer() makes it.
 */
export interface ContainerContract {
  /** Path of the Compose file as configured, for messages. */
  readonly file: string;
  /** Name of the Compose service; also the name of the ECS container. */
  readonly service: string;
  readonly build: ContainerBuild;
  /** At least one; the load balancer sends requests to the first. */
  readonly ports: readonly ContainerPort[];
  readonly environment: Readonly<Record<string, string>>;
  readonly command: readonly string[] | undefined;
  readonly entryPoint: readonly string[] | undefined;
  readonly workingDirectory: string | undefined;
  readonly user: string | undefined;
  readonly readOnlyRootFilesystem: boolean;
  readonly capabilitiesAdded: readonly string[];
  readonly capabilitiesDropped: readonly string[];
  readonly tmpfs: readonly Tmpfs[];
  readonly ulimits: readonly Ulimit[];
  /** An init process that reaps zombies and passes signals on. */
  readonly init: boolean;
  readonly healthCheck: ContainerHealthCheck | undefined;
  /** Time between SIGTERM and SIGKILL, 2 to 120 (ECS's bounds on EC2). */
  readonly stopTimeoutSeconds: number;
  /** CPU units, 1024 = one vCPU; the Compose limit. */
  readonly cpuUnits: number;
  /** Hard limit of memory; the Compose limit. */
  readonly memoryMiB: number;
  /** Soft limit of memory; the Compose reservation, or undefined. */
  readonly memoryReservationMiB: number | undefined;
  readonly labels: Readonly<Record<string, string>>;
  /** Path that the load balancer asks for readiness; `x-ecs.health-check-path` of the service. */
  readonly healthCheckPath: string;
}

export interface ContainerBuild {
  /** Build context relative to the project root, for example `./app`. */
  readonly context: string;
  /** Dockerfile relative to the project root, for example `./app/Dockerfile`. */
  readonly dockerfile: string;
  readonly target: string | undefined;
  readonly args: Readonly<Record<string, string>>;
  /**
   * SHA-256, hex, of every file of the context that .dockerignore leaves in (path, permissions, content),
   * of the Dockerfile, the target and the args: changed by any change of the image's input.
   */
  readonly contentHash: string;
}

export interface ContainerPort {
  readonly containerPort: number;
  readonly protocol: "tcp" | "udp";
}

export interface Tmpfs {
  readonly containerPath: string;
  readonly sizeMiB: number;
  readonly mountOptions: readonly string[];
}

export interface Ulimit {
  readonly name: string;
  readonly softLimit: number;
  readonly hardLimit: number;
}

export interface ContainerHealthCheck {
  /** `["CMD", …]` or `["CMD-SHELL", …]` as ECS and Docker read it. */
  readonly command: readonly string[];
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly retries: number;
  readonly startPeriodSeconds: number;
}
