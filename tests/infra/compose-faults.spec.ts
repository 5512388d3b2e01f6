import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import path from "node:path";
import { ContainerError } from "../../infra/compose/faults";
import { faultsOf, loadFile, serviceFaults } from "./compose/compose-files";
import type { ProjectFolder } from "./compose/project-folder";
import { aProjectFolder } from "./compose/project-folder";

const MANY_FAULTS = `
services:
  app:
    build:
      context: ./missing
      targett: service
      args: [NODE_IMAGE]
    network_mode: host
    stop_grace_periode: 30s
    stop_grace_period: 5m
    user: 1000
    environment:
      VERSION: 1.10
      TOKEN: $TOKEN
      UMASK: 022
    cap_drop:
      - ALL
      - NET_ADMN
    healthcheck: {interval: 1s, retries: 11}
    ulimits: {nofiles: 1024}
    deploy:
      replicas: 3
      resources:
        limits:
          memory: 16m
    x-ecs:
      path: /readyz
  database:
    image: postgres
`;

describe("loadContainer with faults", () => {
  let project: ProjectFolder;
  beforeEach(() => {
    project = aProjectFolder({ Dockerfile: "FROM scratch AS service\n" });
  });
  afterEach(() => {
    project.remove();
  });

  const faultsOfText = (text: string, service = "app") => {
    project.write({ "compose.yaml": text });
    return faultsOf(() => loadFile(project, service));
  };

  it("tells of all of them at once, in the order of the file, with line, key and remedy", () => {
    project.write({ "compose.yaml": MANY_FAULTS });

    assert.deepEqual(
      faultsOf(() => loadFile(project)),
      [
        'compose.yaml:3: services.app.ports: missing; list the port that the load balancer sends requests to, as in - "3000:3000"',
        "compose.yaml:5: services.app.build.context: ./missing is no folder, though the image is built from it; create it or correct the path",
        "compose.yaml:6: services.app.build.targett: unknown key; did you mean target",
        "compose.yaml:7: services.app.build.args[0]: NODE_IMAGE has no value, so Compose takes it from the shell, which a deployment does not have; give the value here, or a secret by secretEnvironment in the stack file",
        "compose.yaml:8: services.app.network_mode: has no counterpart on ECS here; set networkMode in the stack file",
        "compose.yaml:9: services.app.stop_grace_periode: unknown key; did you mean stop_grace_period",
        "compose.yaml:10: services.app.stop_grace_period: 5m is out of range, ECS allows 2s to 120s; lower it",
        'compose.yaml:11: services.app.user: 1000 is no user; quote it, as in "1000"',
        'compose.yaml:13: services.app.environment.VERSION: 1.10 is read as 1.1 where it is not quoted; write "1.10"',
        "compose.yaml:14: services.app.environment.TOKEN: takes TOKEN from the shell, which a deployment does not have; write ${TOKEN:-default} or the value itself",
        "compose.yaml:15: services.app.environment.UMASK: 022 is octal to Compose; quote it or leave out the zero",
        "compose.yaml:18: services.app.cap_drop[1]: NET_ADMN is no capability that ECS knows; did you mean NET_ADMIN",
        "compose.yaml:19: services.app.healthcheck.test: missing, and ECS does not read the image's HEALTHCHECK; write the check here",
        "compose.yaml:19: services.app.healthcheck.interval: 1s is out of range, ECS allows 5s to 300s; raise it",
        "compose.yaml:19: services.app.healthcheck.retries: 11 is out of range, ECS allows 1 to 10; lower it",
        "compose.yaml:20: services.app.ulimits.nofiles: unknown key; did you mean nofile",
        "compose.yaml:22: services.app.deploy.replicas: has no counterpart on ECS here; set minTasks and maxTasks in the stack file",
        'compose.yaml:24: services.app.deploy.resources.limits.cpus: missing, and ECS needs it to place and limit the task; write one such as cpus: "0.25"',
        "compose.yaml:25: services.app.deploy.resources.limits.memory: 16m is out of range, ECS allows 32m to 1048576m; raise it",
        "compose.yaml:26: services.app.x-ecs.health-check-path: missing, and the load balancer asks it whether a task is ready; write one such as /readyz",
        "compose.yaml:27: services.app.x-ecs.path: unknown key; remove it, or use one of health-check-path",
        "compose.yaml:28: services.database: is not deployed, for only app is; mark it with x-ecs: {local-only: true}, or remove it",
      ],
    );
  });

  it("gives each fault as data", () => {
    project.write({ "compose.yaml": MANY_FAULTS });

    assert.throws(
      () => loadFile(project),
      (error: unknown) => {
        assert.ok(error instanceof ContainerError);
        assert.equal(error.name, "ContainerError");
        assert.deepEqual(error.faults[6], {
          file: "compose.yaml",
          line: 10,
          column: 5,
          key: "services.app.stop_grace_period",
          message: "5m is out of range, ECS allows 2s to 120s; lower it",
        });
        return true;
      },
    );
  });

  it("names the line of an item that an anchor brings in", () => {
    const text = `x-limits: &limits\n  cpus: many\n  memory: 512m\nservices:\n  app:\n    build: .\n    ports: ["80"]\n    deploy:\n      resources:\n        limits:\n          <<: *limits\n    x-ecs: {health-check-path: /}\n`;

    assert.deepEqual(faultsOfText(text), [
      'compose.yaml:2: services.app.deploy.resources.limits.cpus: many is no number of processors; write one such as "0.25"',
    ]);
  });

  it("says that the file is missing", () => {
    assert.deepEqual(
      faultsOf(() => loadFile(project, "app", "app/compose.yaml")),
      [
        "app/compose.yaml: composeFile: no such file; create the Compose file, or name it in composeFile in the stack file",
      ],
    );
  });

  it("says that the file is a folder", () => {
    mkdirSync(path.join(project.root, "compose.yaml"));

    assert.deepEqual(
      faultsOf(() => loadFile(project)),
      [
        "compose.yaml: composeFile: cannot be read as a file (EISDIR); create the Compose file, or name it in composeFile in the stack file",
      ],
    );
  });

  for (const [text, fault] of [
    [
      "services:\n  app: [\n",
      "compose.yaml:3: broken YAML, flow sequence in block collection must be sufficiently indented and end with a ]",
    ],
    ["a: 1\na: 2\n", "compose.yaml:2: broken YAML, map keys must be unique"],
    ["services: !reset {}\n", "compose.yaml:1: broken YAML, unresolved tag: !reset"],
    [
      "services: {}\n---\nservices: {}\n",
      "compose.yaml:2: a second YAML document; keep one document in the file",
    ],
    ["", "compose.yaml:1: nothing is no Compose file; write services and the service below it"],
    ["- a\n", "compose.yaml:1: a list is no Compose file; write services and the service below it"],
    ["name: a\n", "compose.yaml:1: services: nothing is no mapping; write the service below it"],
    [
      "services:\n  app:\n",
      "compose.yaml:2: services.app: nothing is no service; write its keys below it",
    ],
    [
      "services: {}\n",
      "compose.yaml:1: services: has no service app, the services are none; set composeService in the stack file",
    ],
    [
      "services: {ap: {}, db: {}}\n",
      "compose.yaml:1: services: has no service app, the services are ap, db; did you mean ap",
    ],
    [
      "services: {worker: {}}\n",
      "compose.yaml:1: services: has no service app, the services are worker; set composeService in the stack file",
    ],
  ] as const) {
    it(`says one thing of ${JSON.stringify(text)}`, () => {
      assert.deepEqual(faultsOfText(text), [fault]);
    });
  }

  it("refuses aliases that lead nowhere or into themselves", () => {
    const text = `services:\n  app: &app\n    build: .\n    ports: ["80"]\n    command: *nowhere\n    labels: {a: *app}\n    <<: 1\n    deploy: {resources: {limits: {cpus: 1, memory: 32m}}}\n    x-ecs: {health-check-path: /}\n`;

    assert.deepEqual(faultsOfText(text), [
      "compose.yaml:5: services.app.command: an alias without an anchor; define the anchor above it",
      "compose.yaml:6: services.app.labels.a: an alias that contains itself; write the value out",
      "compose.yaml:7: services.app.<<: merges what is no mapping; give an alias of a mapping",
    ]);
  });

  it("refuses a service whose name no ECS container can have", () => {
    project.write({ "compose.yaml": JSON.stringify({ services: { "my.app": {} } }) });

    assert.equal(
      faultsOf(() => loadFile(project, "my.app"))[0],
      "compose.yaml:1: services.my.app: my.app is no name of an ECS container; use up to 255 letters, digits, _ and -",
    );
  });

  for (const section of ["configs", "models", "networks", "secrets", "volumes"]) {
    it(`refuses ${section} of the file that only the deployed service could use`, () => {
      assert.deepEqual(serviceFaults(project, {}, { [section]: {} }), [
        `${section}: nothing that is deployed can use it; remove it, or for a service that uses it, mark it with x-ecs: {local-only: true}`,
      ]);
    });
  }

  it("refuses a second file and an unknown key of the file", () => {
    assert.deepEqual(serviceFaults(project, {}, { include: ["a"], service: {} }), [
      "include: has no counterpart on ECS here; write the service into this file, as a deployment reads one Compose file",
      "service: unknown key; did you mean services",
    ]);
  });

  it("refuses other keys beside local-only, and local-only on the deployed service", () => {
    const text = `services:\n  app:\n    build: .\n    ports: ["80"]\n    deploy: {resources: {limits: {cpus: 1, memory: 32m}}}\n    x-ecs: {health-check-path: /, local-only: true}\n  db:\n    x-ecs: {local-only: true, health-check-path: /}\n  cache:\n    x-ecs: {local-only: false}\n`;

    assert.deepEqual(faultsOfText(text), [
      "compose.yaml:6: services.app.x-ecs.local-only: has no counterpart on ECS here; remove it, as this is the service that is deployed",
      "compose.yaml:8: services.db.x-ecs.health-check-path: means nothing beside local-only; remove it",
      "compose.yaml:9: services.cache: is not deployed, for only app is; mark it with x-ecs: {local-only: true}, or remove it",
    ]);
  });
});
