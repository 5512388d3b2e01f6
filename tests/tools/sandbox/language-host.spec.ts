import assert from "node:assert/strict";
import { type ChildProcessByStdio, spawn } from "node:child_process";
import { existsSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Readable, Writable } from "node:stream";
import * as grpc from "@grpc/grpc-js";
import { LanguageRuntimeClient } from "@pulumi/pulumi/proto/language_grpc_pb";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import { AnalyzerStackConfigureRequest } from "@pulumi/pulumi/proto/analyzer_pb";
import { ProgramInfo, RunPluginRequest, RunRequest } from "@pulumi/pulumi/proto/language_pb";
import type { RunPluginResponse, RunResponse } from "@pulumi/pulumi/proto/language_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { provideLanguageHost } from "../../../tools/sandbox/language-host";
import { openSandboxFolder } from "../../../tools/sandbox/sandbox-folder";
import { temporaryFolder, write } from "./sandbox-places";

const root = resolve(__dirname, "../../..");

describe("provideLanguageHost", () => {
  const places = temporaryFolder();
  const folder = openSandboxFolder(join(places, "sandbox"));
  const host = join(folder.home, "plugins", "language-nodejs-v0.0.1", "pulumi-language-nodejs");
  const bare = write(join(places, "bare", "pulumi"), "", 0o755);
  const complete = write(join(places, "complete", "pulumi"), "", 0o755);
  write(join(places, "complete", "pulumi-language-nodejs"), "", 0o755);

  it("gives a CLI without one the project's own", () => {
    provideLanguageHost(folder, bare, "/nowhere");

    assert.equal(statSync(host).mode & 0o777, 0o755);
    assert.equal(
      readFileSync(host, "utf8"),
      `#!/bin/sh\nexec '${process.execPath}' '${join(root, "tools/sandbox/language-host/start.cjs")}' "$@"\n`,
    );
  });

  it("leaves an official one to the engine, beside the binary or on the PATH", () => {
    const link = join(places, "link");
    symlinkSync(complete, link);
    for (const [pulumi, path] of [
      [complete, "/nowhere"],
      [link, "/nowhere"],
      [bare, `/nowhere:${join(places, "complete")}`],
    ] as const) {
      provideLanguageHost(folder, bare, "/nowhere");
      provideLanguageHost(folder, pulumi, path);

      assert.equal(existsSync(host), false, `${pulumi} ${path}`);
    }
  });
});

/** In place of the SDK's runner: says what it was started with, and ends as the program says. */
const RUNNER = `
const { PULUMI_CONFIG, PULUMI_CONFIG_SECRET_KEYS, PULUMI_NODEJS_TYPESCRIPT } = process.env;
const started = { argv: process.argv.slice(2), execArgv: process.execArgv,
  PULUMI_CONFIG, PULUMI_CONFIG_SECRET_KEYS, PULUMI_NODEJS_TYPESCRIPT };
require("node:fs").writeFileSync(__dirname + "/started.json", JSON.stringify(started));
const program = process.argv.at(-1);
if (program === "killed") process.kill(process.pid, "SIGKILL");
else process.exit(Number(program));
`;

describe("the language host", () => {
  const program = temporaryFolder();
  const runner = join(program, "node_modules", "@pulumi", "pulumi", "cmd", "run");
  write(join(runner, "index.js"), RUNNER);

  async function withHost<T>(
    work: (client: LanguageRuntimeClient) => Promise<T>,
    end: (host: ChildProcessByStdio<Writable, Readable, null>) => void = ({ stdin }) => {
      // As the engine's death does.
      stdin.end();
    },
  ): Promise<T> {
    const child = spawn(
      process.execPath,
      [join(root, "tools/sandbox/language-host/start.cjs"), "--option", "127.0.0.1:1"],
      { stdio: ["pipe", "pipe", "inherit"] },
    );
    const ended = new Promise<number | null>((done) => child.once("close", done));
    const port = await new Promise<string>((listening) => {
      child.stdout.setEncoding("utf8").once("data", listening);
    });
    const client = new LanguageRuntimeClient(
      `127.0.0.1:${port.trim()}`,
      grpc.credentials.createInsecure(),
    );
    try {
      return await work(client);
    } finally {
      client.close();
      end(child);
      assert.equal(await ended, 0);
    }
  }

  const run = (client: LanguageRuntimeClient, entryPoint: string): Promise<RunResponse> => {
    const info = new ProgramInfo();
    info.setRootDirectory("/root");
    info.setProgramDirectory(program);
    info.setEntryPoint(entryPoint);
    info.setOptions(Struct.fromJavaScript({ typescript: false, nodeargs: "--no-warnings" }));
    const request = new RunRequest();
    request.setInfo(info);
    request.setProject("shop");
    request.setStack("dev");
    request.setOrganization("organization");
    request.setMonitorAddress("127.0.0.1:2");
    request.setParallel(16);
    request.setDryrun(true);
    request.getConfigMap().set("shop:minTasks", "2");
    request.setConfigsecretkeysList(["shop:email"]);
    return new Promise((answered, failed) => {
      client.run(request, (error, response) => {
        if (error === null) {
          answered(response);
        } else {
          failed(error);
        }
      });
    });
  };

  const versionOf = (client: LanguageRuntimeClient): Promise<string> =>
    new Promise((answered) => {
      client.getPluginInfo(new Empty(), (_, info) => {
        answered(info.getVersion());
      });
    });

  it("tells the engine its version, and ends with it", async () => {
    assert.equal(await withHost(versionOf), "0.0.1");
  });

  it("ends at once when the engine interrupts it, as each command does at its end", async () => {
    const version = await withHost(versionOf, (host) => host.kill("SIGINT"));

    assert.equal(version, "0.0.1");
  });

  it("starts a program as the official host does", async () => {
    await withHost((client) => run(client, "0"));

    assert.deepEqual(JSON.parse(readFileSync(join(runner, "started.json"), "utf8")), {
      argv: [
        ...["--monitor", "127.0.0.1:2", "--engine", "127.0.0.1:1", "--project", "shop"],
        ...["--stack", "dev", "--organization", "organization", "--parallel", "16"],
        ...["--root-directory", "/root", "--pwd", program, "--dry-run", "0"],
      ],
      execArgv: ["--no-warnings"],
      PULUMI_CONFIG: '{"shop:config:minTasks":"2"}',
      PULUMI_CONFIG_SECRET_KEYS: '["shop:email"]',
      PULUMI_NODEJS_TYPESCRIPT: "false",
    });
  });

  it("tells the engine how a program ended", async () => {
    const responses = await withHost(async (client) => [
      await run(client, "0"),
      await run(client, "32"),
      await run(client, "7"),
      await run(client, "killed"),
    ]);

    assert.deepEqual(
      responses.map((response) => [response.getError(), response.getBail()]),
      [
        ["", false],
        ["", true],
        ["Program exited with non-zero exit code: 7", false],
        ["Program was ended by SIGKILL", false],
      ],
    );
  });

  it("runs a policy pack that listens when it knows its stack", async () => {
    await withHost(async (client) => {
      const info = new ProgramInfo();
      info.setProgramDirectory(join(root, "policies"));
      const request = new RunPluginRequest();
      request.setKind("analyzer");
      request.setInfo(info);
      request.setArgsList(["127.0.0.1:1"]);
      const call = client.runPlugin(request);
      const port = await new Promise<string>((listening) => {
        call.once("data", (response: RunPluginResponse) => {
          listening(Buffer.from(response.getStdout_asU8()).toString().trim());
        });
      });
      const pack = new AnalyzerClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
      const stack = new AnalyzerStackConfigureRequest();
      stack.setStack("dev");
      stack.setProject("shop");
      await new Promise<void>((configured, failed) => {
        pack.configureStack(stack, (error) => {
          if (error === null) {
            configured();
          } else {
            failed(error);
          }
        });
      });
      const name = await new Promise<string>((answered) => {
        pack.getAnalyzerInfo(new Empty(), (_, response) => {
          answered(response.getName());
        });
      });
      pack.close();
      call.on("error", () => undefined).cancel();

      assert.equal(name, "ecs-on-ec2");
    });
  });

  it("runs no plugins of other kinds", async () => {
    const refusal = await withHost((client) => {
      const request = new RunPluginRequest();
      request.setKind("resource");
      const call = client.runPlugin(request);
      return new Promise<grpc.ServiceError>((failed) => call.once("error", failed).resume());
    });

    assert.equal(
      refusal.details,
      'this language host runs programs and policy packs, not plugins of the kind "resource"; install the official Pulumi CLI',
    );
  });
});
