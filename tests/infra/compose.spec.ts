import assert from "node:assert/strict";
import { loadContainer } from "../../infra/compose";
import type { ProjectFolder } from "./compose/project-folder";
import { aProjectFolder } from "./compose/project-folder";
import { loadFile, loadService } from "./compose/compose-files";

const EVERY_KEY = `
name: sample
x-health: &health
  interval: 15s
  timeout: 5s
services:
  app:
    build:
      context: ..
      dockerfile: app/Dockerfile
      target: service
      args:
        NODE_IMAGE: node:24
    container_name: sample
    image: sample:local
    restart: unless-stopped
    ports:
      - "127.0.0.1:8080:3000"
      - target: 9000
        published: "9000"
        protocol: udp
        mode: host
    environment:
      PORT: "\${PORT:-3000}"
      LEVEL: info
      DEBUG: false
      EMPTY: ""
      PRICE: 5$$
    command: node dist/server.js --name 'a b'
    entrypoint: [tini, --]
    working_dir: /srv
    user: "10001:10001"
    read_only: true
    cap_add: [NET_BIND_SERVICE]
    cap_drop: [ALL]
    tmpfs:
      - /tmp:size=64m,mode=1777,noexec
      - /run:size=1048576
    ulimits:
      nofile: {soft: 1024, hard: 2048}
      core: 0
      memlock: -1
    init: true
    healthcheck:
      <<: *health
      test: [CMD, node, dist/healthcheck.js]
      retries: 5
      start_period: 1m
    stop_grace_period: 1m30s
    deploy:
      mode: replicated
      resources:
        limits: {cpus: 0.50, memory: 1.5g}
        reservations: {cpus: 0.5, memory: 256M}
    labels:
      team: platform
      empty:
    x-ecs:
      health-check-path: /readyz?from=alb
    x-note: mine
  database:
    image: postgres
    volumes: [data:/var/lib/postgresql/data]
    x-ecs: {local-only: true}
volumes:
  data: {}
`;

describe("loadContainer", () => {
  let project: ProjectFolder;
  beforeEach(() => {
    project = aProjectFolder({ Dockerfile: "FROM scratch AS service\n" });
  });
  afterEach(() => {
    project.remove();
  });

  it("turns every key that is deployed into ECS's terms", () => {
    project.write({ "app/compose.yaml": EVERY_KEY, "app/Dockerfile": "FROM node AS service\n" });

    const { build, ...container } = loadFile(project, "app", "app/compose.yaml");

    assert.match(build.contentHash, /^[0-9a-f]{64}$/);
    assert.deepEqual(
      { ...build, contentHash: "" },
      {
        context: ".",
        dockerfile: "./app/Dockerfile",
        target: "service",
        args: { NODE_IMAGE: "node:24" },
        contentHash: "",
      },
    );
    assert.deepEqual(container, {
      file: "app/compose.yaml",
      service: "app",
      ports: [
        { containerPort: 3000, protocol: "tcp" },
        { containerPort: 9000, protocol: "udp" },
      ],
      environment: { PORT: "3000", LEVEL: "info", DEBUG: "false", EMPTY: "", PRICE: "5$" },
      command: ["node", "dist/server.js", "--name", "a b"],
      entryPoint: ["tini", "--"],
      workingDirectory: "/srv",
      user: "10001:10001",
      readOnlyRootFilesystem: true,
      capabilitiesAdded: ["NET_BIND_SERVICE"],
      capabilitiesDropped: ["ALL"],
      tmpfs: [
        { containerPath: "/tmp", sizeMiB: 64, mountOptions: ["mode=1777", "noexec"] },
        { containerPath: "/run", sizeMiB: 1, mountOptions: [] },
      ],
      ulimits: [
        { name: "nofile", softLimit: 1024, hardLimit: 2048 },
        { name: "core", softLimit: 0, hardLimit: 0 },
        { name: "memlock", softLimit: -1, hardLimit: -1 },
      ],
      init: true,
      healthCheck: {
        command: ["CMD", "node", "dist/healthcheck.js"],
        intervalSeconds: 15,
        timeoutSeconds: 5,
        retries: 5,
        startPeriodSeconds: 60,
      },
      stopTimeoutSeconds: 90,
      cpuUnits: 512,
      memoryMiB: 1536,
      memoryReservationMiB: 256,
      labels: { team: "platform", empty: "" },
      healthCheckPath: "/readyz?from=alb",
    });
  });

  it("takes Compose's defaults for what is left out", () => {
    const container = loadService(project, {});

    assert.deepEqual(
      { ...container, build: { ...container.build, contentHash: "" } },
      {
        file: "compose.yaml",
        service: "app",
        build: {
          context: ".",
          dockerfile: "./Dockerfile",
          target: undefined,
          args: {},
          contentHash: "",
        },
        ports: [{ containerPort: 3000, protocol: "tcp" }],
        environment: {},
        command: undefined,
        entryPoint: undefined,
        workingDirectory: undefined,
        user: undefined,
        readOnlyRootFilesystem: false,
        capabilitiesAdded: [],
        capabilitiesDropped: [],
        tmpfs: [],
        ulimits: [],
        init: false,
        healthCheck: undefined,
        stopTimeoutSeconds: 10,
        cpuUnits: 256,
        memoryMiB: 512,
        memoryReservationMiB: undefined,
        labels: {},
        healthCheckPath: "/readyz",
      },
    );
  });

  it("takes Docker's defaults for a health check, not ECS's", () => {
    assert.deepEqual(
      loadService(project, { healthcheck: { test: "curl -f localhost" } }).healthCheck,
      {
        command: ["CMD-SHELL", "curl -f localhost"],
        intervalSeconds: 30,
        timeoutSeconds: 30,
        retries: 3,
        startPeriodSeconds: 0,
      },
    );
  });

  for (const healthcheck of [
    { disable: true },
    { disable: "true", interval: "1s" },
    { test: ["NONE"] },
  ]) {
    it(`has no health check for ${JSON.stringify(healthcheck)}`, () => {
      assert.equal(loadService(project, { healthcheck }).healthCheck, undefined);
    });
  }

  it("reads the list form of names and values as the mapping form", () => {
    const build = { context: ".", args: ["A=1", "B=x=y"] };
    const container = loadService(project, {
      build,
      environment: ['QUOTED="q"', "EMPTY=", "PORT=${PORT:-3000}"],
      labels: ["a=1", "bare"],
    });

    assert.deepEqual(container.build.args, { A: "1", B: "x=y" });
    assert.deepEqual(container.environment, { QUOTED: '"q"', EMPTY: "", PORT: "3000" });
    assert.deepEqual(container.labels, { a: "1", bare: "" });
  });

  it("merges as YAML does: own keys first, then the first of several anchors", () => {
    const text = `x-a: &a {A: a, B: a, C: a}\nx-b: &b {A: b, B: b, D: b}\nservices:\n  app:\n    build: .\n    ports: ["80"]\n    environment:\n      <<: [*a, *b]\n      A: own\n    deploy: {resources: {limits: {cpus: 1, memory: 32m}}}\n    x-ecs: {health-check-path: /}\n`;
    project.write({ "compose.yaml": text });

    assert.deepEqual(loadFile(project).environment, { A: "own", B: "a", C: "a", D: "b" });
  });

  it("reads text where a list is usual", () => {
    const container = loadService(project, { tmpfs: "/tmp:size=2G", entrypoint: "tini --" });

    assert.deepEqual(container.tmpfs, [{ containerPath: "/tmp", sizeMiB: 2048, mountOptions: [] }]);
    assert.deepEqual(container.entryPoint, ["tini", "--"]);
  });

  it("writes capabilities as ECS does", () => {
    const container = loadService(project, { cap_add: ["cap_net_raw", "Kill"], cap_drop: ["all"] });

    assert.deepEqual(container.capabilitiesAdded, ["NET_RAW", "KILL"]);
    assert.deepEqual(container.capabilitiesDropped, ["ALL"]);
  });

  it("keeps the image's command for null", () => {
    assert.equal(loadService(project, { command: null }).command, undefined);
  });

  it("lists a container port once that is published twice", () => {
    const { ports } = loadService(project, { ports: ["3000:3000", "8080:3000", "3000:3000/udp"] });

    assert.deepEqual(ports, [
      { containerPort: 3000, protocol: "tcp" },
      { containerPort: 3000, protocol: "udp" },
    ]);
  });

  it("leaves a memory reservation out that is the whole limit", () => {
    const resources = {
      limits: { cpus: 1, memory: "1g" },
      reservations: { memory: "1024m" },
    };
    assert.equal(loadService(project, { deploy: { resources } }).memoryReservationMiB, undefined);
  });

  it("rounds processors to whole CPU units", () => {
    const deploy = { resources: { limits: { cpus: "0.3", memory: "64m" } } };
    assert.equal(loadService(project, { deploy }).cpuUnits, 307);
  });

  it("resolves the context from the Compose file and the Dockerfile from the context", () => {
    project.write({ "images/web/Dockerfile.prod": "FROM scratch\n" });
    const { build } = loadService(project, {
      build: { context: "./images/web/", dockerfile: "./Dockerfile.prod" },
    });

    assert.equal(build.context, "./images/web");
    assert.equal(build.dockerfile, "./images/web/Dockerfile.prod");
  });

  it("gives another content hash for another file of the context", () => {
    const before = loadService(project, {}).build.contentHash;
    project.write({ "server.js": "" });

    assert.notEqual(loadService(project, {}).build.contentHash, before);
  });

  it("reads the project's own container", () => {
    const container = loadContainer("app/compose.yaml", "app");

    assert.equal(container.readOnlyRootFilesystem, true);
    assert.equal(container.healthCheckPath, "/readyz");
  });
});
