import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { EnvironmentError, loadEnvironment, logLevels } from "../../app/src/environment";

const defaults = {
  port: 3000,
  logLevel: "info",
  drainMilliseconds: 20_000,
  stopMilliseconds: 50_000,
  keepAliveMilliseconds: 72_000,
  maxEventLoopDelayMilliseconds: 1000,
  maxHeapPercent: 90,
  maxRssMebibytes: 0,
  workMaxMilliseconds: 0,
  workMaxConcurrency: 16,
  metadataUri: undefined,
  metadataFile: undefined,
};

function faultsOf(variables: NodeJS.ProcessEnv): readonly string[] {
  try {
    loadEnvironment(variables);
  } catch (error) {
    assert.ok(error instanceof EnvironmentError);
    return error.faults;
  }
  return [];
}

describe("loadEnvironment", () => {
  it("takes its defaults where nothing is set, and ignores the variables of others", () => {
    assert.deepEqual(loadEnvironment({}), defaults);
    assert.deepEqual(loadEnvironment({ PATH: "/bin", HOST: "x", APPLE: "1" }), defaults);
  });

  it("reads every setting", () => {
    const environment = loadEnvironment({
      PORT: "8080",
      APP_LOG_LEVEL: "silent",
      APP_DRAIN_MILLISECONDS: "0",
      APP_STOP_MILLISECONDS: "3",
      APP_MAX_EVENT_LOOP_DELAY_MILLISECONDS: "20",
      APP_MAX_HEAP_PERCENT: "0",
      APP_MAX_RSS_MEBIBYTES: "128",
      APP_WORK_MAX_MILLISECONDS: "2",
      APP_WORK_MAX_CONCURRENCY: "1",
      APP_KEEP_ALIVE_MILLISECONDS: "1000",
      ECS_CONTAINER_METADATA_URI_V4: "http://169.254.170.2/v4/0123",
      ECS_CONTAINER_METADATA_FILE: "/opt/ecs/metadata/1/ecs-container-metadata.json",
    });

    assert.deepEqual(environment, {
      port: 8080,
      logLevel: "silent",
      drainMilliseconds: 0,
      stopMilliseconds: 3,
      keepAliveMilliseconds: 1000,
      maxEventLoopDelayMilliseconds: 20,
      maxHeapPercent: 0,
      maxRssMebibytes: 128,
      workMaxMilliseconds: 2,
      workMaxConcurrency: 1,
      metadataUri: "http://169.254.170.2/v4/0123",
      metadataFile: "/opt/ecs/metadata/1/ecs-container-metadata.json",
    });
  });

  const bounds: readonly (readonly [string, number, number, number, "0 is off"?])[] = [
    ["PORT", 0, 65_535, 3000],
    ["APP_KEEP_ALIVE_MILLISECONDS", 1000, 4_100_000, 72_000],
    ["APP_STOP_MILLISECONDS", 1, 120_000, 50_000],
    ["APP_DRAIN_MILLISECONDS", 0, 119_000, 20_000],
    ["APP_MAX_EVENT_LOOP_DELAY_MILLISECONDS", 20, 60_000, 1000, "0 is off"],
    ["APP_MAX_HEAP_PERCENT", 50, 100, 90, "0 is off"],
    ["APP_MAX_RSS_MEBIBYTES", 128, 1_048_576, 0, "0 is off"],
    ["APP_WORK_MAX_MILLISECONDS", 1, 60_000, 0, "0 is off"],
    ["APP_WORK_MAX_CONCURRENCY", 1, 64, 16],
  ];
  for (const [name, minimum, maximum, fallback, off] of bounds) {
    it(`accepts ${name} from ${minimum} to ${maximum} and nothing else${off === undefined ? "" : " but 0"}`, () => {
      // The other one of two times that depend on each other stays out of the way.
      const others =
        name === "APP_STOP_MILLISECONDS"
          ? { APP_DRAIN_MILLISECONDS: "0" }
          : { APP_STOP_MILLISECONDS: "120000" };
      const refused = [minimum - 1, maximum + 1, "", " ", "10s", "1.5", "0x10", "99999999999"];

      for (const value of [minimum, maximum, ...(off === undefined ? [] : [0])]) {
        assert.deepEqual(faultsOf({ ...others, [name]: String(value) }), []);
      }
      for (const value of refused.filter((text) => off === undefined || text !== 0)) {
        assert.deepEqual(faultsOf({ ...others, [name]: String(value) }), [
          `${name} is "${value}", allowed is ${off === undefined ? "" : "0 for off or "}a whole number from ${minimum} to ${maximum}, remove it to get ${fallback}`,
        ]);
      }
    });
  }

  it("is described by the table in the README", () => {
    const readme = readFileSync(join(__dirname, "..", "..", "app", "README.md"), "utf8");
    const rows = [...readme.matchAll(/^\| `(\w+)` +\| (\d+) +\| (0 for off, )?(\d+) to (\d+)/gm)];
    const byName = (a: readonly unknown[], b: readonly unknown[]): number =>
      String(a[0]).localeCompare(String(b[0]));

    assert.deepEqual(
      rows
        .map(([, name, fallback, off, minimum, maximum]) => [
          name,
          Number(minimum),
          Number(maximum),
          Number(fallback),
          ...(off === undefined ? [] : ["0 is off"]),
        ])
        .sort(byName),
      [...bounds].sort(byName),
    );
    assert.ok(readme.includes(` ${logLevels.join(", ")} `));
  });

  it("refuses a drain that is not over before the stop", () => {
    const times = (drain: string): NodeJS.ProcessEnv => ({
      APP_DRAIN_MILLISECONDS: drain,
      APP_STOP_MILLISECONDS: "30000",
    });

    assert.deepEqual(faultsOf(times("29999")), []);
    assert.deepEqual(faultsOf(times("30000")), [
      "APP_DRAIN_MILLISECONDS is 30000, allowed is less than APP_STOP_MILLISECONDS, which is 30000, shorten the drain or stop later",
    ]);
  });

  it("refuses work that a stop might cut off, and minds no work where there is none", () => {
    const times = (work: string): NodeJS.ProcessEnv => ({
      APP_DRAIN_MILLISECONDS: "10000",
      APP_STOP_MILLISECONDS: "10001",
      APP_WORK_MAX_MILLISECONDS: work,
    });

    assert.deepEqual(faultsOf(times("0")), []);
    assert.deepEqual(faultsOf({ ...times("39999"), APP_STOP_MILLISECONDS: "50000" }), []);
    assert.deepEqual(faultsOf({ ...times("40000"), APP_STOP_MILLISECONDS: "50000" }), [
      "APP_WORK_MAX_MILLISECONDS is 40000, allowed is less than APP_STOP_MILLISECONDS without APP_DRAIN_MILLISECONDS, which is 40000, shorten the work or stop later",
    ]);
  });

  it("names all faults in one message", () => {
    const variables = {
      PORT: "http",
      APP_LOG_LEVEL: "verbose",
      APP_DRAIN_MILISECONDS: "1",
      APP_DRAIN_MILLISECONDS: "90000",
      APP_MAX_HEAP_PERCENT: "49",
      ECS_CONTAINER_METADATA_URI_V4: "file:///etc/passwd",
    };

    assert.throws(() => loadEnvironment(variables), {
      name: "EnvironmentError",
      message: [
        "the environment is not valid:",
        "  APP_DRAIN_MILISECONDS is not a setting, allowed are APP_DRAIN_MILLISECONDS, APP_KEEP_ALIVE_MILLISECONDS, APP_LOG_LEVEL, APP_MAX_EVENT_LOOP_DELAY_MILLISECONDS, APP_MAX_HEAP_PERCENT, APP_MAX_RSS_MEBIBYTES, APP_STOP_MILLISECONDS, APP_WORK_MAX_CONCURRENCY, APP_WORK_MAX_MILLISECONDS, correct its name or remove it",
        '  PORT is "http", allowed is a whole number from 0 to 65535, remove it to get 3000',
        '  APP_LOG_LEVEL is "verbose", allowed are fatal, error, warn, info, debug, trace, silent, remove it to get info',
        '  APP_MAX_HEAP_PERCENT is "49", allowed is 0 for off or a whole number from 50 to 100, remove it to get 90',
        '  ECS_CONTAINER_METADATA_URI_V4 is "file:///etc/passwd", allowed is an http address, leave it to the ECS agent',
        "  APP_DRAIN_MILLISECONDS is 90000, allowed is less than APP_STOP_MILLISECONDS, which is 50000, shorten the drain or stop later",
      ].join("\n"),
    });
  });

  it("does not repeat the value of a variable that it does not know", () => {
    const [fault = ""] = faultsOf({ APP_PASSWORD: "hunter2" });

    assert.match(fault, /^APP_PASSWORD is not a setting/);
    assert.doesNotMatch(fault, /hunter2/);
  });
});
