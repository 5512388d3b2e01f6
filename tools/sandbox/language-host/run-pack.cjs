"use strict";

const { Buffer } = require("node:buffer");
const { createRequire } = require("node:module");
const { join } = require("node:path");
const grpc = require("@grpc/grpc-js");
const analyzer = require("@pulumi/pulumi/proto/analyzer_pb");
const { AnalyzerClient, AnalyzerService } = require("@pulumi/pulumi/proto/analyzer_grpc_pb");
const { RunPluginResponse } = require("@pulumi/pulumi/proto/language_pb");
const { startNode } = require("./children.cjs");
const { limits, serve } = require("./serve.cjs");

/**
 * The protocol's method RunPlugin for a policy pack. The engine says for which stack it judges only
 * after the pack has answered, and a pack wants to know when it starts: so an analyzer of this host
 * answers first, starts the pack when it is told the stack, and passes everything else on to it.
 */
async function runPack(call) {
  if (call.request.getKind() !== "analyzer") {
    call.emit("error", {
      code: grpc.status.UNIMPLEMENTED,
      details: `this language host runs programs and policy packs, not plugins of the kind "${call.request.getKind()}"; install the official Pulumi CLI`,
    });
    return;
  }
  let pack;
  const passedOn = Object.keys(AnalyzerService).map((name) => [
    name,
    (request) =>
      new Promise((answered, failed) => {
        pack[name](request, (error, response) => (error ? failed(error) : answered(response)));
      }),
  ]);
  const port = await serve(AnalyzerService, {
    ...Object.fromEntries(passedOn),
    handshake: () => new analyzer.AnalyzerHandshakeResponse(),
    configureStack: async (stack) => {
      const address = `127.0.0.1:${await startPack(call, stack)}`;
      pack = new AnalyzerClient(address, grpc.credentials.createInsecure(), limits);
      return new analyzer.AnalyzerStackConfigureResponse();
    },
  });
  // The engine reads the port from what the plugin prints.
  call.write(new RunPluginResponse().setStdout(Buffer.from(`${port}\n`)));
}

/** Starts the pack as the official host does and gives its port; what it prints goes to the engine. */
function startPack(call, stack) {
  const directory = call.request.getInfo().getProgramDirectory();
  const runner = createRequire(join(directory, "package.json")).resolve(
    "@pulumi/pulumi/cmd/run-policy-pack",
  );
  const child = startNode([runner, ...call.request.getArgsList(), directory], {
    cwd: directory,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      PULUMI_CONFIG: JSON.stringify(Object.fromEntries(stack.getConfigMap().entries())),
      PULUMI_NODEJS_ORGANIZATION: stack.getOrganization(),
      PULUMI_NODEJS_PROJECT: stack.getProject(),
      PULUMI_NODEJS_STACK: stack.getStack(),
      PULUMI_NODEJS_DRY_RUN: String(stack.getDryRun()),
    },
  });
  call.on("cancelled", () => child.kill());
  child.stderr.on("data", (text) => call.write(new RunPluginResponse().setStderr(text)));
  return new Promise((listening, failed) => {
    let head = "";
    child.stdout.on("data", (text) => {
      if (head === undefined) {
        call.write(new RunPluginResponse().setStdout(text));
        return;
      }
      head += text;
      const end = head.indexOf("\n");
      if (end < 0) return;
      listening(head.slice(0, end));
      const rest = Buffer.from(head.slice(end + 1));
      if (rest.length > 0) call.write(new RunPluginResponse().setStdout(rest));
      head = undefined;
    });
    child.once("close", (code) => {
      failed(new Error(`the policy pack ended with code ${code} before it listened`));
      call.write(new RunPluginResponse().setExitcode(code ?? 1));
      call.end();
    });
  });
}

module.exports = { runPack };
