import { z } from "zod";
import type { Ulimit } from "../container-contract";
import { nearest } from "../lib/nearest";
import {
  CAPABILITIES,
  HEALTH_CHECK_PATH_MAXIMUM_LENGTH,
  STOP_TIMEOUT_SECONDS,
  ULIMIT,
} from "./ecs-limits";
import { healthCheckSchema } from "./health-check";
import { LABELS, pairs, VARIABLES } from "./pairs";
import { readPorts } from "./ports";
import type { Read, Report } from "./readers";
import {
  integer,
  isMapping,
  mapping,
  optionalMapping,
  outOfRange,
  readAbsolutePath,
  reader,
  readFlag,
  readInteger,
  readTextList,
  readWords,
  reportBelow,
  seconds,
  show,
} from "./readers";
import { resourcesSchema } from "./resources";
import { EXTENSION_KEY } from "./service-keys";
import { readTmpfs } from "./tmpfs";

/** Docker takes a capability in either case and with `CAP_`, ECS takes neither. */
const readCapabilities: Read<readonly string[]> = (value, report) =>
  readTextList(value, report).flatMap((item, index) => {
    if (item === undefined) return [];
    const name = item.toUpperCase().replace(/^CAP_/, "");
    if (CAPABILITIES.includes(name)) return [name];
    const similar = nearest(name, CAPABILITIES);
    const remedy = similar === undefined ? "remove it" : `did you mean ${similar}`;
    report(`${item} is no capability that ECS knows; ${remedy}`, [index]);
    return [];
  });

const readUser: Read<string> = (value, report) => {
  if (typeof value === "string" && /^[^\s:]+(:[^\s:]+)?$/.test(value)) return value;
  const remedy =
    typeof value === "number" ? `quote it, as in "${value}"` : "write user or user:group";
  report(`${show(value)} is no user; ${remedy}`);
  return "";
};

/** The names were checked with the keys of the service. */
const readUlimits: Read<readonly Ulimit[]> = (value, report) => {
  if (!isMapping(value)) {
    report(`${show(value)} is no mapping; write one such as nofile: 65536`);
    return [];
  }
  return Object.entries(value).map(([name, limit]) => ({
    name,
    ...readLimits(limit, reportBelow(report, name)),
  }));
};

function readLimits(limit: unknown, report: Report): Pick<Ulimit, "softLimit" | "hardLimit"> {
  const single = readInteger(limit);
  if (single !== undefined || !isMapping(limit)) {
    const both = integer(ULIMIT)(limit, report);
    return { softLimit: both, hardLimit: both };
  }
  const read = (key: string) => integer(ULIMIT)(limit[key], reportBelow(report, key));
  const softLimit = read("soft");
  const hardLimit = read("hard");
  // -1 is unlimited.
  if (hardLimit >= 0 && (softLimit === -1 || softLimit > hardLimit)) {
    report(`soft ${softLimit} is above hard ${hardLimit}; lower soft or raise hard`);
  }
  return { softLimit, hardLimit };
}

const readHealthCheckPath: Read<string> = (value, report) => {
  if (value === undefined) {
    report(
      "missing, and the load balancer asks it whether a task is ready; write one such as /readyz",
    );
    return "";
  }
  if (typeof value !== "string" || !/^\/[\x21-\x7e]*$/.test(value)) {
    report(`${show(value)} is no path; write it from / without blanks, as in /readyz`);
    return "";
  }
  const bounds = { minimum: 1, maximum: HEALTH_CHECK_PATH_MAXIMUM_LENGTH };
  const range = outOfRange(`a length of ${value.length}`, value.length, bounds);
  if (range !== undefined) report(range);
  return value;
};

const RESTARTS = ["always", "unless-stopped"] as const;

/** What a deployed service says beside its build, once its keys are checked and its variables replaced. */
export const serviceSchema = mapping({
  ports: reader(readPorts),
  environment: reader(pairs(VARIABLES)).prefault({}),
  command: reader(readWords),
  entrypoint: reader(readWords),
  working_dir: reader(readAbsolutePath).optional(),
  user: reader(readUser).optional(),
  read_only: reader(readFlag).prefault(false),
  cap_add: reader(readCapabilities).prefault([]),
  cap_drop: reader(readCapabilities).prefault([]),
  tmpfs: reader(readTmpfs).prefault([]),
  ulimits: reader(readUlimits).prefault({}),
  init: reader(readFlag).prefault(false),
  healthcheck: healthCheckSchema,
  stop_grace_period: reader(seconds(STOP_TIMEOUT_SECONDS)).prefault("10s"),
  restart: z
    .enum(RESTARTS, {
      error: ({ input }) =>
        `${show(input)} is not what ECS does, which always replaces a stopped task; write ${RESTARTS.join(" or ")}, or remove it`,
    })
    .optional(),
  deploy: optionalMapping({
    mode: z
      .enum(["replicated"], {
        error: ({ input }) => `${show(input)} is not what scales; write replicated, or remove it`,
      })
      .optional(),
    resources: resourcesSchema,
  }),
  labels: reader(pairs(LABELS)).prefault({}),
  [EXTENSION_KEY]: optionalMapping({ "health-check-path": reader(readHealthCheckPath) }),
});

export type ServiceSource = z.output<typeof serviceSchema>;
