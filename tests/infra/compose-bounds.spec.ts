import assert from "node:assert/strict";
import type { ContainerContract } from "../../infra/container-contract";
import type { Keys } from "./compose/compose-files";
import { loadService, serviceFaults, SMALLEST } from "./compose/compose-files";
import type { ProjectFolder } from "./compose/project-folder";
import { aProjectFolder } from "./compose/project-folder";

const limits = (cpus: unknown, memory: unknown): Keys => ({
  deploy: { resources: { limits: { cpus, memory } } },
});
const reservations = (reserved: unknown): Keys => ({
  deploy: { resources: { limits: { cpus: "0.5", memory: "512m" }, reservations: reserved } },
});
const check = (keys: Keys): Keys => ({ healthcheck: { test: "true", ...keys } });
const path = (value: unknown): Keys => ({ "x-ecs": { "health-check-path": value } });

/** At its bounds a value is taken. */
// prettier-ignore
const TAKEN: readonly (readonly [Keys, (container: ContainerContract) => unknown, unknown])[] = [
  [{ stop_grace_period: "2s" }, (c) => c.stopTimeoutSeconds, 2],
  [{ stop_grace_period: "2m" }, (c) => c.stopTimeoutSeconds, 120],
  [check({ interval: "5000ms" }), (c) => c.healthCheck?.intervalSeconds, 5],
  [check({ interval: "5m" }), (c) => c.healthCheck?.intervalSeconds, 300],
  [check({ timeout: "2s" }), (c) => c.healthCheck?.timeoutSeconds, 2],
  [check({ timeout: "1m" }), (c) => c.healthCheck?.timeoutSeconds, 60],
  [check({ retries: 1 }), (c) => c.healthCheck?.retries, 1],
  [check({ retries: "10" }), (c) => c.healthCheck?.retries, 10],
  [check({ start_period: "0" }), (c) => c.healthCheck?.startPeriodSeconds, 0],
  [check({ start_period: "5m" }), (c) => c.healthCheck?.startPeriodSeconds, 300],
  [check({ test: ["CMD-SHELL", "a b"] }), (c) => c.healthCheck?.command, ["CMD-SHELL", "a b"]],
  [limits(0.125, "32m"), (c) => [c.cpuUnits, c.memoryMiB], [128, 32]],
  [limits("192", "1t"), (c) => [c.cpuUnits, c.memoryMiB], [196608, 1048576]],
  [reservations({ memory: "6m" }), (c) => c.memoryReservationMiB, 6],
  [reservations({ memory: "511m", cpus: 0.5 }), (c) => c.memoryReservationMiB, 511],
  [{ ports: ["1", "65535"] }, (c) => c.ports.map((p) => p.containerPort), [1, 65535]],
  [{ tmpfs: "/a:size=1024k" }, (c) => c.tmpfs[0]?.sizeMiB, 1],
  [{ ulimits: { nice: 2147483647 } }, (c) => c.ulimits[0]?.hardLimit, 2147483647],
  [{ ulimits: { cpu: { soft: "5", hard: -1 } } }, (c) => c.ulimits[0]?.softLimit, 5],
  [path(`/${"a".repeat(1023)}`), (c) => c.healthCheckPath.length, 1024],
  [{ restart: "always" }, (c) => c.service, "app"],
  [{ build: { target: "SERVICE" } }, (c) => c.build.target, "SERVICE"],
  [{ build: { target: "1" } }, (c) => c.build.target, "1"],
  [{ init: "true" }, (c) => c.init, true],
  [{ user: "node:1000" }, (c) => c.user, "node:1000"],
  [{ read_only: "${RO:-true}" }, (c) => c.readOnlyRootFilesystem, true],
];

const PORT = 'write one such as "3000:3000"';
const WHOLE = "is not a whole number of seconds, which is what ECS counts in; round it";
const NO_TEST =
  "is no check; write text, or a list of CMD with a program, or CMD-SHELL with one command line";

/** Beyond its bounds, or in no form of Compose's, a value is refused. */
// prettier-ignore
const REFUSED: readonly (readonly [Keys, ...string[]])[] = [
  [{ stop_grace_period: "1s" }, "stop_grace_period: 1s is out of range, ECS allows 2s to 120s; raise it"],
  [{ stop_grace_period: "121s" }, "stop_grace_period: 121s is out of range, ECS allows 2s to 120s; lower it"],
  [{ stop_grace_period: "2500ms" }, `stop_grace_period: 2500ms ${WHOLE}`],
  [{ stop_grace_period: 30 }, "stop_grace_period: 30 is no duration; write one with its unit, such as 30s"],
  [{ stop_grace_period: "soon" }, "stop_grace_period: soon is no duration; write one with its unit, such as 30s or 1m30s"],
  [check({ interval: "4s" }), "healthcheck.interval: 4s is out of range, ECS allows 5s to 300s; raise it"],
  [check({ interval: "301s" }), "healthcheck.interval: 301s is out of range, ECS allows 5s to 300s; lower it"],
  [check({ timeout: "1s" }), "healthcheck.timeout: 1s is out of range, ECS allows 2s to 60s; raise it"],
  [check({ timeout: "61s" }), "healthcheck.timeout: 61s is out of range, ECS allows 2s to 60s; lower it"],
  [check({ retries: 0 }), "healthcheck.retries: 0 is out of range, ECS allows 1 to 10; raise it"],
  [check({ retries: 11 }), "healthcheck.retries: 11 is out of range, ECS allows 1 to 10; lower it"],
  [check({ retries: "x" }), "healthcheck.retries: x is no whole number; write one from 1 to 10"],
  [check({ start_period: "301s" }), "healthcheck.start_period: 301s is out of range, ECS allows 0s to 300s; lower it"],
  [check({ start_interval: "1s" }), "healthcheck.start_interval: has no counterpart on ECS here; remove it, as ECS checks at interval from the start"],
  [check({ test: [] }), `healthcheck.test: [] ${NO_TEST}`],
  [check({ test: ["curl", "x"] }), `healthcheck.test: [curl, x] ${NO_TEST}`],
  [check({ test: ["CMD-SHELL", "a", "b"] }), `healthcheck.test: [CMD-SHELL, a, b] ${NO_TEST}`],
  [check({ test: ["CMD", 1] }), `healthcheck.test: a list ${NO_TEST}`],
  [{ healthcheck: "true" }, "healthcheck: true is no mapping; write keys below it"],
  [limits("0.1", "512m"), "deploy.resources.limits.cpus: 0.1 is out of range, ECS allows 0.125 to 192; raise it"],
  [limits("193", "512m"), "deploy.resources.limits.cpus: 193 is out of range, ECS allows 0.125 to 192; lower it"],
  [limits("half", "512m"), 'deploy.resources.limits.cpus: half is no number of processors; write one such as "0.25"'],
  [limits(1, "31m"), "deploy.resources.limits.memory: 31m is out of range, ECS allows 32m to 1048576m; raise it"],
  [limits(1, "1025g"), "deploy.resources.limits.memory: 1025g is out of range, ECS allows 32m to 1048576m; lower it"],
  [limits(1, "0.1g"), "deploy.resources.limits.memory: 0.1g is not a whole number of MiB, which is what ECS counts in; write 103m"],
  [limits(1, 512), "deploy.resources.limits.memory: 512 is no amount of memory; write text with its unit, such as 512m"],
  [reservations({ memory: "5m" }), "deploy.resources.reservations.memory: 5m is out of range, ECS allows 6m to 1048576m; raise it"],
  [reservations({ memory: "513m" }), "deploy.resources.reservations.memory: 513m is more than limits.memory, 512m; lower it"],
  [reservations({ cpus: 0.25 }), "deploy.resources.reservations.cpus: differs from limits.cpus, and ECS reserves all that a task may use; set both alike, or remove it"],
  [reservations([]), "deploy.resources.reservations: a list is no mapping; write keys below it"],
  [{ deploy: { ...(SMALLEST["deploy"] as Keys), mode: "global" } }, "deploy.mode: global is not what scales; write replicated, or remove it"],
  [{ ports: [] }, 'ports: missing; list the port that the load balancer sends requests to, as in - "3000:3000"'],
  [{ ports: ["0"] }, "ports[0]: 0 is out of range, ECS allows 1 to 65535; raise it"],
  [{ ports: [{ target: 65536 }] }, "ports[0].target: 65536 is out of range, ECS allows 1 to 65535; lower it"],
  [{ ports: [{ published: "80" }] }, "ports[0].target: nothing is no port; write the port of the container"],
  [{ ports: [{ target: 80, protocol: "sctp" }] }, "ports[0].protocol: sctp is no protocol that ECS maps; write tcp or udp"],
  [{ ports: ["3000-3001:3000-3001"] }, "ports[0]: 3000-3001:3000-3001 is a range of ports; list each port of the container by itself"],
  [{ ports: ["53/udp", "80"] }, "ports[0]: 53/udp is first, and the load balancer sends HTTP to the first port; list the HTTP port first"],
  [{ ports: ["http"] }, `ports[0]: http is no port; ${PORT}`],
  [{ ports: [true] }, `ports[0]: true is no port; ${PORT}`],
  [{ tmpfs: "/tmp" }, "tmpfs: /tmp has no size, and ECS needs one; write /tmp:size=64m"],
  [{ tmpfs: ["/a:size=1m,size=2m"] }, "tmpfs[0]: /a has more than one size, and ECS needs one; write /a:size=64m"],
  [{ tmpfs: "tmp:size=1m" }, "tmpfs: tmp is no absolute path; write it from /"],
  [{ tmpfs: "/a:size=1023k" }, "tmpfs: size=1023k is no whole number of MiB from 1 up, as ECS needs it; write one such as size=64m"],
  [{ tmpfs: "/a:size=1537k" }, "tmpfs: size=1537k is no whole number of MiB from 1 up, as ECS needs it; write one such as size=64m"],
  [{ tmpfs: "/a:size=50%" }, "tmpfs: size=50% is no whole number of MiB from 1 up, as ECS needs it; write one such as size=64m"],
  [{ tmpfs: "/a:size=64mb" }, "tmpfs: size=64mb is no whole number of MiB from 1 up, as ECS needs it; write one such as size=64m"],
  [{ tmpfs: "/a:size=1m,noexe" }, "tmpfs: noexe is no mount option that ECS takes; did you mean noexec"],
  [{ tmpfs: "/a:size=1m,mode=rwx" }, "tmpfs: mode=rwx has no value that mode takes; correct it"],
  [{ tmpfs: "/a:size=1m,ro=1" }, "tmpfs: ro=1 has a value that ro does not take; write ro"],
  [{ tmpfs: ["/a:size=1m", "/a:size=2m", 1] }, "tmpfs[1]: /a is there twice; keep one", "tmpfs[2]: 1 is no mount; write one such as /tmp:size=64m"],
  [{ ulimits: { nice: 2147483648 } }, "ulimits.nice: 2147483648 is out of range, ECS allows -1 to 2147483647; lower it"],
  [{ ulimits: { nice: { soft: 2, hard: 1 } } }, "ulimits.nice: soft 2 is above hard 1; lower soft or raise hard"],
  [{ ulimits: { nice: { soft: -1, hard: 5 } } }, "ulimits.nice: soft -1 is above hard 5; lower soft or raise hard"],
  [{ ulimits: { nice: { soft: 2 } } }, "ulimits.nice.hard: nothing is no whole number; write one from -1 to 2147483647"],
  [{ cap_add: ["BPF", 1] }, "cap_add[0]: BPF is no capability that ECS knows; remove it", "cap_add[1]: 1 is no text; quote it"],
  [{ cap_drop: "ALL" }, "cap_drop: ALL is no list; write one item a line, each after a hyphen"],
  [{ cap_drop: ["ALL", "ALL"] }, "cap_drop[1]: ALL is there twice; keep one"],
  [{ command: [] }, "command: is empty, and ECS cannot clear what the image sets; name the program, or remove the key"],
  [{ entrypoint: "" }, "entrypoint: is empty, and ECS cannot clear what the image sets; name the program, or remove the key"],
  [{ command: ["a", 1] }, "command[1]: 1 is no text; quote it"],
  [{ command: 1 }, "command: 1 is no command; write a list of words, or text"],
  [{ user: "a:b:c" }, "user: a:b:c is no user; write user or user:group"],
  [{ working_dir: "srv" }, "working_dir: srv is no absolute path; write it from /"],
  [{ read_only: "yes" }, "read_only: yes is no boolean; write true or false"],
  [{ restart: "no" }, "restart: no is not what ECS does, which always replaces a stopped task; write always or unless-stopped, or remove it"],
  [{ environment: { A: [] } }, "environment.A: a list is no text; write one value"],
  [{ environment: ["A=1", "A=2", "A B=1"] }, "environment[1]: A is there twice; keep one", "environment[2]: A B is no variable name; remove blanks and = from it"],
  [{ environment: 1 }, "environment: 1 is neither a mapping nor a list; write NAME: value, one a line"],
  [{ labels: { "com.docker.compose.x": "" } }, "labels.com.docker.compose.x: com.docker.compose.x is reserved, as is every label from com.docker.compose.; choose another name"],
  [path("readyz"), "x-ecs.health-check-path: readyz is no path; write it from / without blanks, as in /readyz"],
  [path(`/${"a".repeat(1024)}`), "x-ecs.health-check-path: a length of 1025 is out of range, ECS allows 1 to 1024; lower it"],
  [{ build: undefined, image: "nginx" }, "build: missing; name the folder that the image is built from, as in build: ."],
  [{ build: { dockerfile: "Dockerfile.prod" } }, "build.dockerfile: ./Dockerfile.prod is no file; create the Dockerfile or correct the path"],
  [{ build: { target: "servce" } }, "build.target: servce is no stage of the Dockerfile; did you mean service"],
  [{ build: { target: 1 } }, "build.target: 1 is no text; write a name, or remove the key"],
  [{ build: "https://example.com/app.git" }, "build.context: https://example.com/app.git is no local folder; check it out and name its folder"],
  [{ build: "." , environment: ["${HOME}=1"] }, "environment[0]: takes HOME from the shell, which a deployment does not have; write ${HOME:-default} or the value itself"],
];

describe("loadContainer at its bounds", () => {
  let project: ProjectFolder;
  before(() => {
    project = aProjectFolder({ Dockerfile: "FROM node \\\n  AS base\nFROM base as service\n" });
  });
  after(() => {
    project.remove();
  });

  for (const [keys, field, expected] of TAKEN) {
    it(`takes ${JSON.stringify(keys).slice(0, 90)}`, () => {
      assert.deepEqual(field(loadService(project, keys)), expected);
    });
  }

  for (const [keys, ...faults] of REFUSED) {
    it(`refuses ${JSON.stringify(keys).slice(0, 90)}`, () => {
      assert.deepEqual(serviceFaults(project, keys), faults);
    });
  }

  it("refuses an ignore file whose pattern the deployment's build does not follow", () => {
    project.write({ ".dockerignore": "*\n!src/**/*.js\n", "src/routes/health.js": "" });

    const faults = serviceFaults(project, {});

    project.write({ ".dockerignore": "" });
    assert.deepEqual(faults, [
      "build.context: the ignore file keeps src/routes/health.js by a pattern that Docker does not follow into src/routes; keep the folder, as in !src/routes",
    ]);
  });

  it("refuses absolute paths, which are good on one machine only", () => {
    const build = { context: project.root, dockerfile: `${project.root}/Dockerfile` };
    const rule = "is absolute, so it is good on one machine only; write a relative path";

    assert.deepEqual(serviceFaults(project, { build }), [
      `build.context: ${build.context} ${rule}`,
      `build.dockerfile: ${build.dockerfile} ${rule}`,
    ]);
  });
});
