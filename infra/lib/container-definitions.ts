import type { ContainerDefinition } from "../plan/stack-plan";

/** What only the deployment tells of a container. */
export interface ContainerRuntime {
  /** `repository@sha256:…`. */
  readonly image: string;
  readonly logGroupName: string;
  readonly region: string;
}

/** Room for log lines that CloudWatch has not taken yet; one of AWS's examples for non-blocking delivery. */
const LOG_BUFFER_SIZE = "25m";

/**
 * The container definitions of a task of one container, as RegisterTaskDefinition reads them.
 *
 * Lists and objects are given and left out exactly as ECS gives them back, because the provider
 * compares both, and any difference would replace the task definition at every deployment: an empty
 * list is left out, but of `capabilities` ECS keeps both lists as soon as one has an entry.
 */
export function buildContainerDefinitions(
  container: ContainerDefinition,
  runtime: ContainerRuntime,
): readonly object[] {
  const { initProcessEnabled, capabilities, tmpfs } = container.linuxParameters;
  return [
    {
      ...withoutEmpty(container),
      image: runtime.image,
      linuxParameters: {
        initProcessEnabled,
        ...(capabilities.add.length + capabilities.drop.length > 0 ? { capabilities } : {}),
        ...withoutEmpty({ tmpfs: tmpfs.map(withoutEmpty) }),
      },
      logConfiguration: {
        logDriver: "awslogs",
        options: {
          "awslogs-group": runtime.logGroupName,
          "awslogs-region": runtime.region,
          "awslogs-stream-prefix": container.name,
          "max-buffer-size": LOG_BUFFER_SIZE,
          // With blocking delivery a container stops at its next line while CloudWatch is out of reach.
          mode: "non-blocking",
        },
      },
    },
  ];
}

/** The object without its undefined properties, empty lists and empty objects. */
function withoutEmpty(object: object): object {
  return Object.fromEntries(
    Object.entries(object).filter(
      ([, value]: [string, unknown]) =>
        value !== undefined &&
        (value === null || typeof value !== "object" || Object.keys(value).length > 0),
    ),
  );
}
