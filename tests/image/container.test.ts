import assert from "node:assert/strict";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import packageJson from "../../app/package.json";
import { Container } from "./container";
import { run } from "./docker";
import { engine } from "./engine";
import { ask, statusOf, until } from "./http";

/** What Linux says of a process in the container. */
interface ProcessFacts {
  readonly command: string;
  readonly status: Readonly<Record<string, string>>;
  readonly openFiles: string;
}

/** Runs in the container. */
function listProcesses(): void {
  const fs = process.getBuiltinModule("node:fs");
  const read = (file: string): string => fs.readFileSync(file, "utf8");
  const facts = fs
    .readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .map((pid) => ({
      command: read(`/proc/${pid}/cmdline`).split("\0").join(" ").trim(),
      status: Object.fromEntries(
        read(`/proc/${pid}/status`)
          .trim()
          .split("\n")
          .map((line) => line.split(/:\s*/)),
      ) as Record<string, string>,
      openFiles: /^Max open files.*files/m.exec(read(`/proc/${pid}/limits`))?.[0] ?? "",
    }));
  process.stdout.write(JSON.stringify(facts));
}

/** Runs in the container: which paths can be written to, and what is the limit of each resource. */
function tryLimits(paths: readonly string[]): void {
  const fs = process.getBuiltinModule("node:fs");
  const v8 = process.getBuiltinModule("node:v8");
  const tryWrite = (path: string): string => {
    try {
      fs.writeFileSync(path, "");
      return "written";
    } catch (error) {
      return (error as NodeJS.ErrnoException).code ?? "";
    }
  };
  // Control groups, version 2 or else 1.
  const readFirst = (...files: readonly string[]): string => {
    const file = files.find((candidate) => fs.existsSync(`/sys/fs/cgroup/${candidate}`));
    return file === undefined ? "" : fs.readFileSync(`/sys/fs/cgroup/${file}`, "utf8").trim();
  };
  const [quota, period] = (
    readFirst("cpu.max") ||
    `${readFirst("cpu/cpu.cfs_quota_us")} ${readFirst("cpu/cpu.cfs_period_us")}`
  ).split(" ");
  const mounts = fs.readFileSync("/proc/mounts", "utf8").split("\n");
  const optionsOf = (folder: string): readonly string[] => {
    const mount = mounts.filter((line) => line.split(" ")[1] === folder).at(-1);
    return mount?.split(" ")[3]?.split(",") ?? [];
  };
  process.stdout.write(
    JSON.stringify({
      writes: Object.fromEntries(paths.map((path) => [path, tryWrite(path)])),
      memoryBytes: Number(readFirst("memory.max", "memory/memory.limit_in_bytes")),
      cpus: Number(quota) / Number(period),
      isRootReadOnly: optionsOf("/").includes("ro"),
      temporarySize: optionsOf("/tmp").find((option) => option.startsWith("size=")),
      heapBytes: v8.getHeapStatistics().heap_size_limit,
    }),
  );
}

describe("the container under the contract of app/compose.yaml", function () {
  this.timeout(90_000);
  let container: Container;
  let port: number;

  before(async () => {
    container = await Container.start(engine());
    port = await container.port();
    const path = engine().contract.healthCheckPath;
    await until(
      "ready",
      () => statusOf(port, path),
      (status) => status === 200,
    );
  });

  it("says who answered, and that it is alive and ready", async () => {
    const home = await ask(port, "/");
    const responder = JSON.parse(home.body) as Readonly<Record<string, unknown>>;

    assert.equal(home.status, 200);
    assert.equal(responder["version"], packageJson.version);
    assert.equal(responder["host"], container.id.slice(0, 12));
    assert.equal(responder["task"], null);
    assert.equal((await ask(port, "/healthz")).status, 200);
    assert.equal((await ask(port, engine().contract.healthCheckPath)).status, 200);
    assert.equal((await ask(port, "/nothing-here")).status, 404);
  });

  it("has an init process and the service, both without root and without any capability", async () => {
    const facts = (await container.evaluate(`(${listProcesses.toString()})()`)) as ProcessFacts[];
    const [user = "", group = ""] = engine().contract.user?.split(":") ?? [];
    const none = "0000000000000000";

    assert.equal(facts.length, 2);
    assert.match(facts[0]!.command, /init .*-- node dist\/server\.js$/);
    assert.equal(facts[1]!.command, "node dist/server.js");
    for (const { status, command } of facts) {
      for (const kind of ["CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"]) {
        assert.equal(status[kind], none, `${kind} of ${command}`);
      }
      assert.equal(status["Uid"], Array(4).fill(user).join("\t"));
      assert.equal(status["Gid"], Array(4).fill(group).join("\t"));
    }
  });

  it("is held to the contract's limits, and can write to its temporary files alone", async () => {
    const { contract } = engine();
    const paths = ["/file", "/etc/file", "/srv/app/file", "/srv/app/dist/server.js", "/tmp/file"];
    const limits = (await container.evaluate(
      `(${tryLimits.toString()})(${JSON.stringify(paths)})`,
    )) as Readonly<Record<string, unknown>>;
    const { heapBytes, writes, ...others } = limits as { heapBytes: number; writes: object };
    const facts = (await container.evaluate(`(${listProcesses.toString()})()`)) as ProcessFacts[];
    const { softLimit, hardLimit } = contract.ulimits.find(({ name }) => name === "nofile")!;

    assert.deepEqual(writes, {
      ...Object.fromEntries(paths.map((path) => [path, "EROFS"])),
      "/tmp/file": "written",
    });
    assert.deepEqual(others, {
      memoryBytes: contract.memoryMiB * 1024 * 1024,
      cpus: contract.cpuUnits / 1024,
      isRootReadOnly: true,
      temporarySize: `size=${contract.tmpfs[0]!.sizeMiB * 1024}k`,
    });
    assert.ok(heapBytes < contract.memoryMiB * 1024 * 1024, `a heap of ${heapBytes} bytes`);
    assert.match(facts[1]!.openFiles, new RegExp(` ${softLimit} +${hardLimit} +files$`));
  });

  it("is found healthy by the contract's health check", async () => {
    const state = await until(
      "healthy",
      () => container.state(),
      ({ Health }) => Health?.Status !== "starting",
      { deadlineMs: 60_000, pauseMs: 200 },
    );

    assert.equal(state.Health?.Status, "healthy", JSON.stringify(state.Health?.Log));
  });

  it("drains on docker stop: answers what is under way and ends with 0 inside the grace", async () => {
    const { docker, contract } = engine();
    const since = Date.now();
    const half = connect({ host: "127.0.0.1", port });
    half.write("GET / HTTP/1.1\r\nHost: app\r\nAccept: application/json\r\n");
    await ask(port, "/healthz");

    const stopped = container.stop();
    await until(
      "unready",
      () => statusOf(port, contract.healthCheckPath),
      (code) => code === 503,
    );
    const late = await ask(port, "/");
    await until(
      "closed",
      () => statusOf(port, "/healthz"),
      (status) => status === 0,
    );
    half.write("\r\n");
    const answer = await text(half);
    await stopped;

    assert.equal(late.status, 200);
    assert.equal(late.headers.connection, "close");
    assert.match(answer, /^HTTP\/1\.1 200 OK\r\n/);
    const { Status, ExitCode, OOMKilled, FinishedAt } = await container.state();
    assert.deepEqual(
      { Status, ExitCode, OOMKilled },
      { Status: "exited", ExitCode: 0, OOMKilled: false },
    );
    const seconds = (Date.parse(FinishedAt) - since) / 1000;
    const drainSeconds = Number(contract.environment["APP_DRAIN_MILLISECONDS"]) / 1000;
    assert.ok(seconds >= drainSeconds, `ended after ${seconds} s, before the drain time`);
    assert.ok(seconds < contract.stopTimeoutSeconds, `ended after ${seconds} s, beyond the grace`);
    const signals = await run(docker, [
      ...["events", "--since", `${since / 1000}`, "--until", `${Date.now() / 1000}`],
      ...["--filter", `container=${container.id}`, "--filter", "event=kill"],
      ...["--format", "{{.Actor.Attributes.signal}}"],
    ]);
    assert.equal(signals, "15");
  });
});

describe("the start of the container", function () {
  this.timeout(60_000);

  it("takes less than a second under the contract's processor limit, from the engine's start to ready", async function () {
    const { contract } = engine();
    const starts: number[] = [];
    for (let count = 0; count < 5; count += 1) {
      const container = await Container.start(engine());
      const port = await container.port();
      const isReady = (status: number): boolean => status === 200;
      const pause = { pauseMs: 5 };
      await until("ready", () => statusOf(port, contract.healthCheckPath), isReady, pause);
      const ready = Date.now();
      const { StartedAt } = await container.state();
      starts.push(ready - Date.parse(StartedAt));
      await container.remove();
    }
    const [, , median = Infinity] = [...starts].sort((a, b) => a - b);
    this.test!.title += ` (${starts.join(", ")} ms)`;

    assert.ok(median < 1000, `${median} ms is the median of ${starts.join(", ")}`);
  });

  it("fails with one message for all faults of the environment", async () => {
    const container = await Container.start(engine(), engine().image, {
      APP_LOG_LEVEL: "loud",
      APP_UNKNOWN: "1",
    });
    await container.wait();
    const { stdout, stderr } = await container.logs();

    assert.equal((await container.state()).ExitCode, 1);
    assert.equal(stdout, "");
    assert.match(stderr, /^the environment is not valid:\n/);
    assert.match(stderr, /^ {2}APP_LOG_LEVEL is "loud", allowed are fatal, error, /m);
    assert.match(stderr, /^ {2}APP_UNKNOWN is not a setting, /m);
  });
});
