import { request } from "node:http";
import type { ContainerContract } from "../../infra/container-contract";
import type { Printed } from "./docker";
import { execute, run } from "./docker";
import type { Engine } from "./engine";
import { LABEL } from "./run-traces";

const NANO = 1_000_000_000;
const MIB = 1024 * 1024;

/**
 * The engine's request for the contract's container: what the ECS agent sends for the task definition, with a free
 * port of this machine for each port of the container.
 * @see https://docs.docker.com/reference/api/engine/version/v1.41/#tag/Container/operation/ContainerCreate
 */
function containerRequest(contract: ContainerContract) {
  const { healthCheck: check } = contract;
  const ports = contract.ports.map(({ containerPort, protocol }) => `${containerPort}/${protocol}`);
  return {
    User: contract.user,
    Env: Object.entries(contract.environment).map(([name, value]) => `${name}=${value}`),
    Cmd: contract.command,
    Entrypoint: contract.entryPoint,
    WorkingDir: contract.workingDirectory,
    Labels: contract.labels,
    StopTimeout: contract.stopTimeoutSeconds,
    Healthcheck: check && {
      Test: check.command,
      Interval: check.intervalSeconds * NANO,
      Timeout: check.timeoutSeconds * NANO,
      Retries: check.retries,
      StartPeriod: check.startPeriodSeconds * NANO,
    },
    ExposedPorts: Object.fromEntries(ports.map((port) => [port, {}])),
    HostConfig: {
      ReadonlyRootfs: contract.readOnlyRootFilesystem,
      CapAdd: contract.capabilitiesAdded,
      CapDrop: contract.capabilitiesDropped,
      Tmpfs: Object.fromEntries(
        contract.tmpfs.map(({ containerPath, sizeMiB, mountOptions }) => [
          containerPath,
          [`size=${sizeMiB}m`, ...mountOptions].join(","),
        ]),
      ),
      Ulimits: contract.ulimits.map(({ name, softLimit, hardLimit }) => ({
        Name: name,
        Soft: softLimit,
        Hard: hardLimit,
      })),
      Init: contract.init,
      NanoCpus: Math.round((contract.cpuUnits / 1024) * NANO),
      Memory: contract.memoryMiB * MIB,
      MemoryReservation: (contract.memoryReservationMiB ?? 0) * MIB,
      PortBindings: Object.fromEntries(
        ports.map((port) => [port, [{ HostIp: "127.0.0.1", HostPort: "" }]]),
      ),
    },
  };
}

/** State of a container, as the engine tells it. */
export interface ContainerState {
  readonly Status: string;
  readonly ExitCode: number;
  readonly OOMKilled: boolean;
  readonly StartedAt: string;
  readonly FinishedAt: string;
  readonly Health?: {
    readonly Status: string;
    /** What the last checks printed. */
    readonly Log: readonly { readonly Output: string }[];
  };
}

/** A container of an image under the contract. */
export class Container {
  private constructor(
    private readonly engine: Engine,
    readonly id: string,
  ) {}

  /** Creates and starts it; `environment` is added to the contract's. */
  static async start(
    engine: Engine,
    image = engine.image,
    environment: Readonly<Record<string, string>> = {},
  ): Promise<Container> {
    const { contract } = engine;
    const body = containerRequest({
      ...contract,
      environment: { ...contract.environment, ...environment },
      labels: { ...contract.labels, [LABEL]: engine.id },
    });
    const id = await createContainer(engine.docker.socket, { ...body, Image: image });
    await run(engine.docker, ["start", id]);
    return new Container(engine, id);
  }

  async state(): Promise<ContainerState> {
    return JSON.parse(
      await this.docker("inspect", "--format", "{{json .State}}"),
    ) as ContainerState;
  }

  /** Port of this machine at which the contract's first port answers. */
  async port(): Promise<number> {
    const port = this.engine.contract.ports[0]?.containerPort;
    return Number((await run(this.engine.docker, ["port", this.id, `${port}`])).split(":").at(-1));
  }

  /** What a script prints that Node runs in the container, beside the service. */
  async evaluate(script: string): Promise<unknown> {
    const printed = await run(this.engine.docker, ["exec", this.id, "node", "-e", script]);
    return JSON.parse(printed) as unknown;
  }

  /** What the container printed so far. */
  logs(): Promise<Printed> {
    return execute(this.engine.docker, ["logs", this.id]);
  }

  /** Ends when the container has stopped: SIGTERM, and SIGKILL after the contract's grace. */
  async stop(): Promise<void> {
    await this.docker("stop");
  }

  /** Ends when the container has. */
  async wait(): Promise<void> {
    await this.docker("wait");
  }

  async remove(): Promise<void> {
    await this.docker("rm", "--force");
  }

  private docker(command: string, ...options: readonly string[]): Promise<string> {
    return run(this.engine.docker, [command, ...options, this.id]);
  }
}

function createContainer(socketPath: string, body: object): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        socketPath,
        method: "POST",
        path: "/containers/create",
        headers: { "content-type": "application/json" },
      },
      (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
        response.on("end", () => {
          if (response.statusCode === 201)
            resolve((JSON.parse(text) as { readonly Id: string }).Id);
          else reject(new Error(`the engine creates no container: ${text}`));
        });
      },
    );
    sent.on("error", reject).end(JSON.stringify(body));
  });
}
