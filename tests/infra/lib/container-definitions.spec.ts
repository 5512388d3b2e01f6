import assert from "node:assert/strict";
import { buildContainerDefinitions } from "../../../infra/lib/container-definitions";
import type { ContainerDefinition } from "../../../infra/plan/stack-plan";

const RUNTIME = {
  image: "123456789012.dkr.ecr.eu-central-1.amazonaws.com/web@sha256:abc",
  logGroupName: "web-tasks-0123456",
  region: "eu-central-1",
};

const LEAST: ContainerDefinition = {
  name: "app",
  essential: true,
  cpu: 256,
  memory: 512,
  portMappings: [{ containerPort: 3000, protocol: "tcp", hostPort: 0 }],
  environment: [],
  secrets: [],
  readonlyRootFilesystem: true,
  linuxParameters: { initProcessEnabled: true, capabilities: { add: [], drop: [] }, tmpfs: [] },
  ulimits: [],
  stopTimeout: 30,
  dockerLabels: {},
};

const LOG_CONFIGURATION = {
  logDriver: "awslogs",
  options: {
    "awslogs-group": "web-tasks-0123456",
    "awslogs-region": "eu-central-1",
    "awslogs-stream-prefix": "app",
    "max-buffer-size": "25m",
    mode: "non-blocking",
  },
};

describe("buildContainerDefinitions", () => {
  it("adds image and log, and leaves out what is empty", () => {
    assert.deepEqual(buildContainerDefinitions(LEAST, RUNTIME), [
      {
        name: "app",
        essential: true,
        cpu: 256,
        memory: 512,
        portMappings: [{ containerPort: 3000, protocol: "tcp", hostPort: 0 }],
        readonlyRootFilesystem: true,
        stopTimeout: 30,
        image: RUNTIME.image,
        linuxParameters: { initProcessEnabled: true },
        logConfiguration: LOG_CONFIGURATION,
      },
    ]);
  });

  it("keeps everything that has a value", () => {
    const full: ContainerDefinition = {
      ...LEAST,
      memoryReservation: 256,
      environment: [{ name: "PORT", value: "3000" }],
      secrets: [{ name: "TOKEN", valueFrom: "arn:aws:ssm:eu-central-1:123456789012:parameter/t" }],
      command: ["node", "server.js"],
      entryPoint: ["/sbin/init"],
      workingDirectory: "/app",
      user: "1000:1000",
      linuxParameters: {
        initProcessEnabled: false,
        capabilities: { add: ["SYS_PTRACE"], drop: ["ALL"] },
        tmpfs: [{ containerPath: "/tmp", size: 64, mountOptions: ["noexec"] }],
      },
      ulimits: [{ name: "nofile", softLimit: 1024, hardLimit: 4096 }],
      healthCheck: {
        command: ["CMD", "true"],
        interval: 10,
        timeout: 5,
        retries: 3,
        startPeriod: 0,
      },
      dockerLabels: { team: "web" },
    };

    assert.deepEqual(buildContainerDefinitions(full, RUNTIME), [
      { ...full, image: RUNTIME.image, logConfiguration: LOG_CONFIGURATION },
    ]);
  });

  it("keeps both lists of capabilities as soon as one has an entry, as ECS gives them back", () => {
    const { linuxParameters } = LEAST;
    const [definition] = buildContainerDefinitions(
      {
        ...LEAST,
        linuxParameters: { ...linuxParameters, capabilities: { add: [], drop: ["ALL"] } },
      },
      RUNTIME,
    );

    assert.deepEqual((definition as ContainerDefinition).linuxParameters, {
      initProcessEnabled: true,
      capabilities: { add: [], drop: ["ALL"] },
    });
  });

  it("leaves out the empty options of a tmpfs mount", () => {
    const tmpfs = [{ containerPath: "/tmp", size: 64, mountOptions: [] }];
    const [definition] = buildContainerDefinitions(
      { ...LEAST, linuxParameters: { ...LEAST.linuxParameters, tmpfs } },
      RUNTIME,
    );

    assert.deepEqual((definition as ContainerDefinition).linuxParameters, {
      initProcessEnabled: true,
      tmpfs: [{ containerPath: "/tmp", size: 64 }],
    });
  });
});
