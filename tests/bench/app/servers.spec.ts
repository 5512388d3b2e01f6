import assert from "node:assert/strict";
import { ServerProcess } from "../../../bench/app/server-process";
import { askForAnswer, differences, peersOf, type ServiceAnswer } from "../../../bench/app/servers";

const answer: ServiceAnswer = {
  body: { version: "1.2.3", host: "laptop", zone: null },
  headers: {
    "cache-control": "no-store",
    "content-type": "application/json; charset=utf-8",
    "x-request-id": "1",
    vary: "accept",
  },
};
const next: ServiceAnswer = { ...answer, headers: { ...answer.headers, "x-request-id": "2" } };

describe("differences", () => {
  const of = (headers: Readonly<Record<string, string>>, body = answer.body) =>
    differences([answer, next], { body, headers });

  it("has none for equal answers, whatever the value of what is new in each answer", () => {
    assert.deepEqual(of(answer.headers), []);
    assert.deepEqual(of({ ...answer.headers, "x-request-id": "3" }), []);
  });

  it("names the body and each header that differs, is missing or is too many", () => {
    const headers = {
      "cache-control": "no-store",
      "content-type": "application/json; charset=utf-8",
      vary: "origin",
      etag: "1",
    };

    assert.deepEqual(of(headers, {}), ["the body", "etag", "vary", "x-request-id"]);
  });
});

describe("peersOf", () => {
  for (const logging of ["each", "none"] as const) {
    it(`gives peers that answer as the service does, log lines: ${logging}`, async () => {
      const { signal } = new AbortController();

      const given: [string, readonly string[]][] = [];
      for (const { id, program } of peersOf(answer)) {
        const { server } = await ServerProcess.start(program(logging), signal);
        try {
          given.push([id, differences([answer, next], await askForAnswer(server.port))]);
        } finally {
          await server.end();
        }
      }

      assert.deepEqual(given, [
        ["routes", []],
        ["bare", []],
        ["express", []],
      ]);
    });
  }
});

describe("ServerProcess", () => {
  const run = (script: string) => ({
    arguments: ["-e", script],
    folder: process.cwd(),
    environment: {},
  });

  it("says why a server is not ready when it ends", async () => {
    await assert.rejects(
      ServerProcess.start(
        run('process.stderr.write("no port"); process.exitCode = 3'),
        new AbortController().signal,
      ),
      /: not ready\nno port$/,
    );
  });

  it("stops waiting when it is interrupted", async () => {
    const interruption = new AbortController();
    const started = ServerProcess.start(run("setInterval(() => {}, 1000)"), interruption.signal);

    interruption.abort(new Error("interrupted"));

    await assert.rejects(started, new Error("interrupted"));
  });

  it("reads memory and processor time of a server that runs", async () => {
    const script =
      'require("node:http").createServer((_, answer) => answer.end()).listen(process.env.PORT)';
    const { server, readyMilliseconds } = await ServerProcess.start(
      run(script),
      new AbortController().signal,
    );
    try {
      const rssBytes = server.rssBytes();
      const cpuSeconds = server.cpuSeconds();

      assert.ok(readyMilliseconds > 0);
      assert.ok(rssBytes > 20e6 && rssBytes < 500e6, `${rssBytes} bytes`);
      if (process.platform === "linux") assert.ok(cpuSeconds! > 0 && cpuSeconds! < 60);
    } finally {
      await server.end();
    }
  });
});
