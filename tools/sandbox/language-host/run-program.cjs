"use strict";

const { createRequire } = require("node:module");
const { join } = require("node:path");
const { RunResponse } = require("@pulumi/pulumi/proto/language_pb");
const { startNode } = require("./children.cjs");

/** The SDK ends a program with this code where it has told the engine of the error already. */
const ERROR_IS_SHOWN = 32;

/**
 * The protocol's method Run: one process of the SDK's `cmd/run`, which talks to the engine itself.
 * Arguments and variables are those of the official host (sdk/nodejs/cmd/pulumi-language-nodejs).
 */
function runProgram(request, engineAddress) {
  const info = request.getInfo();
  const { nodeargs = "", tsconfig, typescript = true } = info.getOptions()?.toJavaScript() ?? {};
  const directory = info.getProgramDirectory();
  const runner = createRequire(join(directory, "package.json")).resolve("@pulumi/pulumi/cmd/run");
  const config = [...request.getConfigMap().entries()].map(([key, value]) => [
    key.replace(":", ":config:"),
    value,
  ]);
  const flags = {
    monitor: request.getMonitorAddress(),
    engine: engineAddress,
    project: request.getProject(),
    stack: request.getStack(),
    organization: request.getOrganization(),
    parallel: request.getParallel(),
    "root-directory": info.getRootDirectory(),
    pwd: directory,
  };
  const child = startNode(
    [
      ...nodeargs.split(/\s+/).filter((argument) => argument !== ""),
      runner,
      ...Object.entries(flags).flatMap(([flag, value]) => [`--${flag}`, String(value)]),
      ...(request.getDryrun() ? ["--dry-run"] : []),
      info.getEntryPoint(),
    ],
    {
      stdio: ["ignore", "inherit", "inherit"],
      env: {
        ...process.env,
        PULUMI_CONFIG: JSON.stringify(Object.fromEntries(config)),
        PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
        PULUMI_NODEJS_TYPESCRIPT: String(typescript),
        ...(tsconfig === undefined ? {} : { PULUMI_NODEJS_TSCONFIG_PATH: tsconfig }),
      },
    },
  );
  return new Promise((ended) => {
    child.once("close", (code, signal) => ended(responseTo(code, signal)));
  });
}

function responseTo(code, signal) {
  const response = new RunResponse();
  if (code === 0) return response;
  if (code === ERROR_IS_SHOWN) return response.setBail(true);
  const how = code === null ? `was ended by ${signal}` : `exited with non-zero exit code: ${code}`;
  return response.setError(`Program ${how}`);
}

module.exports = { runProgram };
