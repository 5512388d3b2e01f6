import type { Environment } from "../../app/src/environment";
import type { ContainerContract } from "../../infra/container-contract";
import type { StackPlan } from "../../infra/plan/stack-plan";
import { heapFaults } from "./heap-limit";
import type { ImageDescription } from "./image-description";

/** One service as its four descriptions have it: its own code, its image, its Compose file, a stack. */
export interface Contract {
  /** What the service does by itself. */
  readonly defaults: Environment;
  /** What the service does with the environment of its container. */
  readonly configured: Environment;
  /** Source files of the service, from its folder, for example `src/server.ts`. */
  readonly sources: readonly string[];
  readonly image: ImageDescription;
  readonly container: ContainerContract;
  readonly plan: StackPlan;
}

/**
 * The time between the notice of a Spot interruption and the end of the instance.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/spot-instance-termination-notices.html
 */
const spotNoticeSeconds = 120;

/** Everything in which the descriptions contradict each other; none for a service that works. */
export function contractFaults(contract: Contract): readonly string[] {
  return [
    ...portFaults(contract),
    ...programFaults(contract),
    ...identityFaults(contract),
    ...stopFaults(contract),
    ...loadBalancerFaults(contract),
    ...heapFaults(contract),
  ];
}

/** Every description of the same thing, with where it stands. */
type Descriptions = readonly (readonly [where: string, value: unknown])[];

function disagreement(what: string, descriptions: Descriptions): string[] {
  const values = new Set(descriptions.map(([, value]) => JSON.stringify(value)));
  if (values.size === 1) return [];
  const list = descriptions.map(([where, value]) => `${where} has ${JSON.stringify(value)}`);
  return [`${what}: ${list.join(", ")}; write the same everywhere`];
}

function portFaults({ defaults, configured, image, container, plan }: Contract): string[] {
  return disagreement("port", [
    ["the app by default", defaults.port],
    ["the app in its container", configured.port],
    ["the image", image.exposedPorts[0]],
    ["the Compose file", container.ports[0]?.containerPort],
    ["the task definition", plan.service.container.portMappings[0]?.containerPort],
    ["the ECS service", plan.service.containerPort],
    ["the target group", plan.loadBalancer.target.port],
  ]);
}

function programFaults({ sources, image, container, plan }: Contract): string[] {
  const { healthCheck, command, entryPoint } = plan.service.container;
  const programs = [
    ["the image's CMD", image.command],
    ["the container's health check", healthCheck?.command.slice(1)],
  ] as const;
  return [
    ...programs.flatMap(([where, words]) => {
      const [, output] = /^dist\/([a-z-]+)\.js$/.exec(words?.at(-1) ?? "") ?? [];
      const started = words?.[0] === "node" && output !== undefined;
      return started && sources.includes(`src/${output}.ts`)
        ? []
        : [
            `${where}: got ${JSON.stringify(words)}, must be node and a program of dist/ whose source is in src/; correct it or add the source`,
          ];
    }),
    ...(image.workingDirectory?.startsWith("/") === true
      ? []
      : [
          `the image's WORKDIR: got ${String(image.workingDirectory)}, must be absolute, since CMD and health check are relative to it; set it`,
        ]),
    ...(command === undefined &&
    entryPoint === undefined &&
    container.workingDirectory === undefined
      ? []
      : [
          `${container.file}: starts another program than the image does; remove command, entrypoint and working_dir`,
        ]),
    ...disagreement("health check", [
      ["the Compose file", container.healthCheck?.command],
      ["the task definition", healthCheck?.command],
    ]),
  ];
}

function identityFaults({ image, container, plan }: Contract): string[] {
  const environment = Object.fromEntries(
    plan.service.container.environment.map(({ name, value }) => [name, value]),
  );
  return [
    ...disagreement("user", [
      ["the image", image.user],
      ["the Compose file", container.user],
      ["the task definition", plan.service.container.user],
    ]),
    ...disagreement("environment", [
      ["the Compose file", sorted(container.environment)],
      ["the task definition", sorted(environment)],
    ]),
    ...disagreement("health check path", [
      ["the Compose file", container.healthCheckPath],
      ["the target group", plan.loadBalancer.target.healthCheck.path],
    ]),
  ];
}

function sorted(record: Readonly<Record<string, string>>): readonly (readonly [string, string])[] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}

function stopFaults({ defaults, configured, container, plan }: Contract): string[] {
  const { stopTimeout } = plan.service.container;
  const delay = plan.loadBalancer.target.deregistrationDelaySeconds;
  const leaves = delay + stopTimeout;
  return [
    ...disagreement("stop timeout", [
      ["the Compose file", container.stopTimeoutSeconds],
      ["the task definition", stopTimeout],
      ["the agent", plan.capacity.stopTimeoutSeconds],
    ]),
    ...(
      [
        ["the app by default", defaults],
        ["the app in its container", configured],
      ] as const
    ).flatMap(([where, { drainMilliseconds, stopMilliseconds }]) =>
      drainMilliseconds < stopMilliseconds && stopMilliseconds < stopTimeout * 1000
        ? []
        : [
            `stop: ${where} drains for ${drainMilliseconds} ms and ends after ${stopMilliseconds} ms, and SIGKILL comes after ${stopTimeout * 1000} ms, each must be before the next; shorten the first or stop later`,
          ],
    ),
    ...(plan.capacity.usesSpot && leaves > spotNoticeSeconds
      ? [
          `deregistrationDelaySeconds: ${delay} s and the stop timeout of ${stopTimeout} s come one after the other and take ${leaves} s, a Spot instance has ${spotNoticeSeconds} s; lower one of them`,
        ]
      : []),
  ];
}

/** What the load balancer and the service must know of each other's times. */
function loadBalancerFaults({ defaults, configured, plan }: Contract): string[] {
  const { target, idleTimeoutSeconds } = plan.loadBalancer;
  const { intervalSeconds, unhealthyThreshold } = target.healthCheck;
  // The first check may come a whole interval after SIGTERM; one more interval is for its answer and for
  // what is on its way meanwhile.
  const noticed = (unhealthyThreshold + 1) * intervalSeconds * 1000;
  return (
    [
      ["the app by default", defaults],
      ["the app in its container", configured],
    ] as const
  ).flatMap(([where, { drainMilliseconds, keepAliveMilliseconds }]) => [
    ...(drainMilliseconds >= noticed
      ? []
      : [
          `drain: ${where} serves on for ${drainMilliseconds} ms after SIGTERM, and the load balancer looks elsewhere after ${noticed} ms (${unhealthyThreshold} failed checks every ${intervalSeconds} s and one interval more); drain for longer or check more often`,
        ]),
    ...(keepAliveMilliseconds > idleTimeoutSeconds * 1000
      ? []
      : [
          `keep-alive: ${where} keeps a connection for ${keepAliveMilliseconds} ms, must be above the load balancer's idle timeout of ${idleTimeoutSeconds * 1000} ms, or it sends requests into closing connections; keep it for longer`,
        ]),
  ]);
}
