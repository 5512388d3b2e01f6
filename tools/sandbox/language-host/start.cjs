"use strict";

// The engine's language host for Node.js where the official one is missing: a CLI that was built from
// its Go modules comes without. It runs programs and policy packs, which is all that a stack needs.
// Protocol: proto/pulumi/language.proto of pulumi/pulumi.
const { Empty } = require("google-protobuf/google/protobuf/empty_pb");
const language = require("@pulumi/pulumi/proto/language_pb");
const { LanguageRuntimeService } = require("@pulumi/pulumi/proto/language_grpc_pb");
const { PluginInfo } = require("@pulumi/pulumi/proto/plugin_pb");
const { endChildren } = require("./children.cjs");
const { runPack } = require("./run-pack.cjs");
const { runProgram } = require("./run-program.cjs");
const { serve } = require("./serve.cjs");

/** The engine passes its own address last, after options that this host has no use for. */
const engineAddress = process.argv
  .slice(2)
  .filter((argument) => !argument.startsWith("-"))
  .pop();

const methods = {
  handshake: () => new language.LanguageHandshakeResponse(),
  getPluginInfo: () => new PluginInfo().setVersion("0.0.1"),
  // Without packages the engine downloads nothing; the providers are attached to it.
  getRequiredPackages: () => new language.GetRequiredPackagesResponse(),
  getRequiredPlugins: () => new language.GetRequiredPluginsResponse(),
  run: (request) => runProgram(request, engineAddress),
  runPlugin: (call) => runPack(call),
  cancel: () => {
    endChildren();
    return new Empty();
  },
};

// The engine ends its hosts with an interrupt, and waits five seconds for one that does not heed it. A
// person's interrupt at the terminal does not come here: each host has a process group of its own.
process.on("SIGINT", end).on("SIGTERM", end);
// The engine holds the other end: a host that does not watch it outlives a killed engine.
process.stdin.on("end", end).on("error", end).resume();

function end() {
  endChildren();
  process.exit(0);
}

serve(LanguageRuntimeService, methods).then((port) => {
  process.stdout.write(`${port}\n`);
});
