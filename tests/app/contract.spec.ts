import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { loadEnvironment } from "../../app/src/environment";
import { AppProcess } from "./app-process";
import { type Contract, contractFaults } from "./contract";
import { describeImage } from "./image-description";
import { shippedPlan, shippedStacks, type ShippedStack } from "./shipped-plan";

const app = join(__dirname, "..", "..", "app");

async function shippedContract(stack: ShippedStack): Promise<Contract> {
  const { container, plan } = await shippedPlan(stack);
  const dockerfile = readFileSync(join(app, "Dockerfile"), "utf8");
  return {
    defaults: loadEnvironment({}),
    configured: loadEnvironment(container.environment),
    sources: readdirSync(join(app, "src")).map((file) => `src/${file}`),
    image: describeImage(dockerfile, container.build.target ?? "service"),
    container,
    plan,
  };
}

/** A contract with one difference. */
function differing(contract: Contract, change: (draft: Draft<Contract>) => void): Contract {
  const draft = structuredClone(contract) as Draft<Contract>;
  change(draft);
  return draft;
}

type Draft<T> = T extends object ? { -readonly [K in keyof T]: Draft<T[K]> } : T;

describe("contract between app and infra", () => {
  const contracts = new Map<ShippedStack, Contract>();
  const dev = (): Contract => contracts.get("dev")!;
  /** What the cases below differ from: dev with times that they can name. */
  const sound = (): Contract =>
    differing(dev(), ({ defaults, configured, plan }) => {
      Object.assign(plan.loadBalancer.target.healthCheck, {
        intervalSeconds: 5,
        unhealthyThreshold: 2,
      });
      for (const environment of [defaults, configured]) environment.drainMilliseconds = 15_000;
    });

  before(async () => {
    for (const stack of shippedStacks) contracts.set(stack, await shippedContract(stack));
  });

  for (const stack of shippedStacks) {
    it(`holds in ${stack}`, () => {
      assert.deepEqual(contractFaults(contracts.get(stack)!), []);
    });
  }

  it("is tried where Spot is used", () => {
    assert.ok([...contracts.values()].some(({ plan }) => plan.capacity.usesSpot));
  });

  it("has a health check path that the service answers, until it drains", async () => {
    const { container, plan } = dev();
    const server = new AppProcess("server.ts", { ...container.environment, PORT: "0" });
    try {
      await server.line("started");
      const port = await server.port();
      const ready = () =>
        fetch(`http://127.0.0.1:${port}${plan.loadBalancer.target.healthCheck.path}`);
      const before = await ready();
      server.signal("SIGTERM");
      await server.line("draining");
      const after = await ready();

      assert.deepEqual([before.status, after.status], [200, 503]);
    } finally {
      server.signal("SIGKILL");
      await server.exit;
    }
  });

  interface Broken {
    readonly what: string;
    readonly change: (draft: Draft<Contract>) => void;
    readonly faults: readonly string[];
  }

  const broken: readonly Broken[] = [
    {
      what: "another port in the image",
      change: ({ image }) => (image.exposedPorts = [8080]),
      faults: [
        "port: the app by default has 3000, the app in its container has 3000, the image has 8080, the Compose file has 3000, the task definition has 3000, the ECS service has 3000, the target group has 3000; write the same everywhere",
      ],
    },
    {
      what: "another port in the app",
      change: ({ defaults }) => (defaults.port = 8080),
      faults: [
        "port: the app by default has 8080, the app in its container has 3000, the image has 3000, the Compose file has 3000, the task definition has 3000, the ECS service has 3000, the target group has 3000; write the same everywhere",
      ],
    },
    {
      what: "another port in the target group",
      change: ({ plan }) => (plan.loadBalancer.target.port = 80),
      faults: [
        "port: the app by default has 3000, the app in its container has 3000, the image has 3000, the Compose file has 3000, the task definition has 3000, the ECS service has 3000, the target group has 80; write the same everywhere",
      ],
    },
    {
      what: "a command in a shell",
      change: ({ image }) => (image.command = undefined),
      faults: [
        "the image's CMD: got undefined, must be node and a program of dist/ whose source is in src/; correct it or add the source",
      ],
    },
    {
      what: "a health check without a source",
      change: ({ sources }) => sources.splice(sources.indexOf("src/healthcheck.ts"), 1),
      faults: [
        `the container's health check: got ["node","dist/healthcheck.js"], must be node and a program of dist/ whose source is in src/; correct it or add the source`,
      ],
    },
    {
      what: "a health check that the image cannot run",
      change: ({ container, plan }) => {
        const command = ["CMD", "curl", "http://localhost:3000/healthz"];
        container.healthCheck!.command = command;
        plan.service.container.healthCheck!.command = command;
      },
      faults: [
        `the container's health check: got ["curl","http://localhost:3000/healthz"], must be node and a program of dist/ whose source is in src/; correct it or add the source`,
      ],
    },
    {
      what: "another health check in the task definition",
      change: ({ plan }) =>
        (plan.service.container.healthCheck!.command = ["CMD", "node", "dist/server.js"]),
      faults: [
        `health check: the Compose file has ["CMD","node","dist/healthcheck.js"], the task definition has ["CMD","node","dist/server.js"]; write the same everywhere`,
      ],
    },
    {
      what: "a relative working directory",
      change: ({ image }) => (image.workingDirectory = "app"),
      faults: [
        "the image's WORKDIR: got app, must be absolute, since CMD and health check are relative to it; set it",
      ],
    },
    {
      what: "a command beside the image's",
      change: ({ plan }) => (plan.service.container.command = ["node", "dist/other.js"]),
      faults: [
        "app/compose.yaml: starts another program than the image does; remove command, entrypoint and working_dir",
      ],
    },
    {
      what: "another user in the Compose file",
      change: ({ container, plan }) => {
        container.user = "0:0";
        plan.service.container.user = "0:0";
      },
      faults: [
        `user: the image has "10001:10001", the Compose file has "0:0", the task definition has "0:0"; write the same everywhere`,
      ],
    },
    {
      what: "no user in the image",
      change: ({ image }) => (image.user = undefined),
      faults: [
        `user: the image has undefined, the Compose file has "10001:10001", the task definition has "10001:10001"; write the same everywhere`,
      ],
    },
    {
      what: "another environment in the task definition",
      change: ({ container, plan }) => {
        container.environment = { PORT: "3000" };
        plan.service.container.environment = [{ name: "PORT", value: "3001" }];
      },
      faults: [
        `environment: the Compose file has [["PORT","3000"]], the task definition has [["PORT","3001"]]; write the same everywhere`,
      ],
    },
    {
      what: "another health check path in the target group",
      change: ({ plan }) => (plan.loadBalancer.target.healthCheck.path = "/"),
      faults: [
        `health check path: the Compose file has "/readyz", the target group has "/"; write the same everywhere`,
      ],
    },
    {
      what: "another stop timeout in the task definition",
      change: ({ plan }) => (plan.service.container.stopTimeout = 55),
      faults: [
        "stop timeout: the Compose file has 60, the task definition has 55, the agent has 60; write the same everywhere",
      ],
    },
    {
      what: "a drain that ends the process",
      change: ({ configured }) => (configured.drainMilliseconds = 50_000),
      faults: [
        "stop: the app in its container drains for 50000 ms and ends after 50000 ms, and SIGKILL comes after 60000 ms, each must be before the next; shorten the first or stop later",
      ],
    },
    {
      what: "a stop that comes too late",
      change: ({ defaults }) => {
        defaults.drainMilliseconds = 30_000;
        defaults.stopMilliseconds = 60_000;
      },
      faults: [
        "stop: the app by default drains for 30000 ms and ends after 60000 ms, and SIGKILL comes after 60000 ms, each must be before the next; shorten the first or stop later",
      ],
    },
    {
      what: "a deregistration delay beyond the notice of a Spot interruption",
      change: ({ plan }) => (plan.loadBalancer.target.deregistrationDelaySeconds = 61),
      faults: [
        "deregistrationDelaySeconds: 61 s and the stop timeout of 60 s come one after the other and take 121 s, a Spot instance has 120 s; lower one of them",
      ],
    },
    {
      what: "a drain that ends before the load balancer notices",
      change: ({ plan }) => {
        plan.loadBalancer.target.healthCheck.unhealthyThreshold = 3;
      },
      faults: ["by default", "in its container"].map(
        (where) =>
          `drain: the app ${where} serves on for 15000 ms after SIGTERM, and the load balancer looks elsewhere after 20000 ms (3 failed checks every 5 s and one interval more); drain for longer or check more often`,
      ),
    },
    {
      what: "a keep-alive as short as the idle timeout",
      change: ({ plan }) => (plan.loadBalancer.idleTimeoutSeconds = 72),
      faults: ["by default", "in its container"].map(
        (where) =>
          `keep-alive: the app ${where} keeps a connection for 72000 ms, must be above the load balancer's idle timeout of 72000 ms, or it sends requests into closing connections; keep it for longer`,
      ),
    },
    {
      what: "too little memory for the heap that Node takes by itself",
      change: ({ container }) => (container.memoryMiB = 384),
      faults: [
        "memory: app/compose.yaml has 384 MiB, must be at least 480 MiB for a heap of 288 MiB, 128 MiB beside it and 64 MiB of tmpfs; raise the limit or lower --max-old-space-size",
      ],
    },
    {
      what: "a heap as large as the memory",
      change: ({ image }) => (image.environment = { NODE_OPTIONS: "--max-old-space-size=512" }),
      faults: ["app/compose.yaml", "the task definition"].map(
        (where) =>
          `memory: ${where} has 512 MiB, must be at least 768 MiB for a heap of 576 MiB, 128 MiB beside it and 64 MiB of tmpfs; raise the limit or lower --max-old-space-size`,
      ),
    },
  ];
  for (const { what, change, faults } of broken) {
    it(`refuses ${what}`, () => {
      assert.deepEqual(contractFaults(differing(sound(), change)), faults);
    });
  }

  it("needs no room for a Spot interruption where no instance is Spot", () => {
    const contract = differing(sound(), ({ plan }) => {
      plan.capacity.usesSpot = false;
      plan.loadBalancer.target.deregistrationDelaySeconds = 61;
    });

    assert.deepEqual(contractFaults(contract), []);
  });
});
