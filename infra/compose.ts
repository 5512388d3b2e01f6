import { readFileSync } from "node:fs";
import type { z } from "zod";
import { hashBuildContext, listBuildContext } from "./build-context";
import { resolveBuildPaths } from "./compose/build-paths";
import { readBuildSource } from "./compose/build-source";
import { keepDeployedKeys } from "./compose/check-keys";
import { ComposeDocument } from "./compose/compose-document";
import { ContainerError } from "./compose/faults";
import type { Report } from "./compose/readers";
import { isMapping, reportBelow, show } from "./compose/readers";
import { SERVICE_KEYS } from "./compose/service-keys";
import type { ServiceSource } from "./compose/service-schema";
import { serviceSchema } from "./compose/service-schema";
import type { ContainerBuild, ContainerContract } from "./container-contract";

/**
 * Reads the container that is deployed from a Compose file, by the terms of the Compose Specification and within the
 * bounds of ECS on EC2. docs/container.md says which key becomes what.
 * @param file path from the working directory, which is the project's root.
 * @param service name of the service that is deployed; every other one must be marked as local-only.
 * @throws ContainerError with every fault of the file and of the build that it names.
 */
export function loadContainer(file: string, service: string): ContainerContract {
  const document = new ComposeDocument(file, readText(file));
  document.checkFile(service);
  const path = ["services", service];
  const written = document.valueAt(path);
  if (!isMapping(written)) {
    document.report(`${show(written)} is no service; write its keys below it`, path);
    return document.fail();
  }
  const report = document.reporterAt(path);
  const deployed = keepDeployedKeys(written, SERVICE_KEYS, report);
  const source = document.interpolate(deployed, path);
  const values = parse(serviceSchema, source, report);
  const build = readBuild(file, isMapping(source) ? source["build"] : undefined, report);
  for (const key of [["environment"], ["labels"], ["build", "args"]]) {
    document.checkTexts([...path, ...key]);
  }
  if (values === undefined || build === undefined || document.hasFaults) return document.fail();
  return toContract(file, service, values, build);
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const { code = "unreadable" } = error as NodeJS.ErrnoException;
    const got = code === "ENOENT" ? "no such file" : `cannot be read as a file (${code})`;
    const message = `${got}; create the Compose file, or name it in composeFile in the stack file`;
    const place = { file, line: undefined, column: undefined };
    throw new ContainerError([{ ...place, key: "composeFile", message }]);
  }
}

function parse<T>(schema: z.ZodType<T>, value: unknown, report: Report): T | undefined {
  const { data, error } = schema.safeParse(value);
  for (const { message, path } of error?.issues ?? []) {
    report(
      message,
      path.map((part) => (typeof part === "number" ? part : String(part))),
    );
  }
  return data;
}

function readBuild(file: string, value: unknown, report: Report): ContainerBuild | undefined {
  const reportBuild = reportBelow(report, "build");
  const source = readBuildSource(value, reportBuild);
  const build = source && resolveBuildPaths(file, source, reportBuild);
  if (build === undefined) return undefined;
  const entries = listBuildContext(build.context, build.dockerfile);
  const skipped = entries.find((entry) => entry.skippedFolder !== undefined);
  if (skipped !== undefined) {
    reportBuild(
      `the ignore file keeps ${skipped.relative} by a pattern that Docker does not follow into ${skipped.skippedFolder}; keep the folder, as in !${skipped.skippedFolder}`,
      ["context"],
    );
  }
  return { ...build, contentHash: hashBuildContext(build, entries) };
}

function toContract(
  file: string,
  service: string,
  values: ServiceSource,
  build: ContainerBuild,
): ContainerContract {
  const { resources } = values.deploy;
  return {
    file,
    service,
    build,
    ports: values.ports,
    environment: values.environment,
    command: values.command,
    entryPoint: values.entrypoint,
    workingDirectory: values.working_dir,
    user: values.user,
    readOnlyRootFilesystem: values.read_only,
    capabilitiesAdded: values.cap_add,
    capabilitiesDropped: values.cap_drop,
    tmpfs: values.tmpfs,
    ulimits: values.ulimits,
    init: values.init,
    healthCheck: values.healthcheck,
    stopTimeoutSeconds: values.stop_grace_period,
    cpuUnits: resources.cpuUnits,
    memoryMiB: resources.memoryMiB,
    memoryReservationMiB: resources.memoryReservationMiB,
    labels: values.labels,
    healthCheckPath: values["x-ecs"]["health-check-path"],
  };
}
