import assert from "node:assert/strict";
import type { TaskDemand } from "../../../capacity/fit";
import { defineContainer, secretArns } from "../../../infra/plan/container-definition";
import { aContainer } from "../../support/stack-plans";

const task: TaskDemand = { cpuUnits: 256, memoryMiB: 512, networkMode: "bridge", ports: 1 };
const database = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:web/db-AbCdEf";
const token = "arn:aws:ssm:eu-central-1:123456789012:parameter/web/token";

describe("defineContainer", () => {
  it("leaves out what the Compose file leaves out", () => {
    const container = aContainer({
      user: undefined,
      healthCheck: undefined,
      memoryReservationMiB: undefined,
      environment: {},
      tmpfs: [],
    });
    assert.deepEqual(defineContainer(container, task, {}), {
      name: "app",
      essential: true,
      cpu: 256,
      memory: 512,
      portMappings: [{ containerPort: 3000, protocol: "tcp", hostPort: 0 }],
      environment: [],
      secrets: [],
      readonlyRootFilesystem: true,
      linuxParameters: {
        initProcessEnabled: true,
        capabilities: { add: [], drop: ["ALL"] },
        tmpfs: [],
      },
      ulimits: [],
      stopTimeout: 60,
      dockerLabels: {},
    });
  });

  it("spells everything that it has as the API does, lists of names sorted", () => {
    const container = aContainer({
      environment: { ZONE: "a", PORT: "3000" },
      command: ["serve"],
      entryPoint: ["/bin/app"],
      workingDirectory: "/srv",
      readOnlyRootFilesystem: false,
      capabilitiesAdded: ["NET_BIND_SERVICE"],
      tmpfs: [{ containerPath: "/tmp", sizeMiB: 64, mountOptions: ["noexec"] }],
      ulimits: [{ name: "nofile", softLimit: 1024, hardLimit: 4096 }],
      init: false,
      labels: { team: "platform" },
    });
    assert.deepEqual(defineContainer(container, task, { TOKEN: token, DB: `${database}:url::` }), {
      name: "app",
      essential: true,
      cpu: 256,
      memory: 512,
      memoryReservation: 256,
      portMappings: [{ containerPort: 3000, protocol: "tcp", hostPort: 0 }],
      environment: [
        { name: "PORT", value: "3000" },
        { name: "ZONE", value: "a" },
      ],
      secrets: [
        { name: "DB", valueFrom: `${database}:url::` },
        { name: "TOKEN", valueFrom: token },
      ],
      command: ["serve"],
      entryPoint: ["/bin/app"],
      workingDirectory: "/srv",
      user: "10001:10001",
      readonlyRootFilesystem: false,
      linuxParameters: {
        initProcessEnabled: false,
        capabilities: { add: ["NET_BIND_SERVICE"], drop: ["ALL"] },
        tmpfs: [{ containerPath: "/tmp", size: 64, mountOptions: ["noexec"] }],
      },
      ulimits: [{ name: "nofile", softLimit: 1024, hardLimit: 4096 }],
      healthCheck: {
        command: ["CMD", "node", "dist/healthcheck.js"],
        interval: 15,
        timeout: 5,
        retries: 3,
        startPeriod: 15,
      },
      stopTimeout: 60,
      dockerLabels: { team: "platform" },
    });
  });

  it("is the same whatever the order of variables and secrets", () => {
    const define = (variables: readonly string[], secrets: readonly string[]) => {
      const environment = Object.fromEntries(variables.map((name) => [name, "1"]));
      const arns = Object.fromEntries(secrets.map((name) => [name, token]));
      return defineContainer(aContainer({ environment }), task, arns);
    };
    const expected = define(["A", "B", "C"], ["X", "Y", "Z"]);
    assert.deepEqual(define(["C", "A", "B"], ["Z", "Y", "X"]), expected);
    assert.deepEqual(define(["B", "C", "A"], ["Y", "Z", "X"]), expected);
    assert.deepEqual(
      [expected.environment, expected.secrets].map((list) => list.map(({ name }) => name)),
      [
        ["A", "B", "C"],
        ["X", "Y", "Z"],
      ],
    );
  });

  it("gives each port the same host port with awsvpc, a dynamic one with bridge", () => {
    const ports = [
      { containerPort: 3000, protocol: "tcp" },
      { containerPort: 8125, protocol: "udp" },
    ] as const;
    const hostPorts = (networkMode: TaskDemand["networkMode"]) =>
      defineContainer(aContainer({ ports }), { ...task, networkMode }, {}).portMappings.map(
        ({ hostPort }) => hostPort,
      );
    assert.deepEqual(hostPorts("awsvpc"), [3000, 8125]);
    assert.deepEqual(hostPorts("bridge"), [0, 0]);
  });

  it("has a soft limit only below the hard one", () => {
    const reservationOf = (memoryReservationMiB: number) =>
      defineContainer(aContainer({ memoryReservationMiB }), task, {}).memoryReservation;
    assert.equal(reservationOf(511), 511);
    assert.equal(reservationOf(512), undefined);
  });
});

describe("secretArns", () => {
  it("lists each secret and parameter once, sorted, without what follows a secret's ARN", () => {
    assert.deepEqual(
      secretArns({ URL: `${database}:url::`, TOKEN: token, USER: `${database}:user:AWSCURRENT:` }),
      [database, token],
    );
    assert.deepEqual(secretArns({ TOKEN: token, URL: `${database}:url::` }), [database, token]);
    assert.deepEqual(secretArns({}), []);
  });
});
