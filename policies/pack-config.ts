import { effectiveLimits } from "./configured-limits";
import type { Configured } from "./enforce";
import { didYouMean } from "./nearest";
import type { Level, Policy } from "./policy";
import { WAIVERS_VALID } from "./waivers-valid";

/** What a configuration file says of the policies that it names, by policy. */
export type PackConfig = Readonly<Record<string, Configured>>;

/** What is wrong in a configuration of the pack: one line a fault. */
export class PackConfigError extends Error {
  override readonly name = "PackConfigError";

  constructor(readonly faults: readonly string[]) {
    super(faults.join("\n"));
  }
}

/** What of a policy a configuration is read by. */
type Named = Pick<Policy, "name">;

const LEVELS: readonly Level[] = ["advisory", "disabled", "mandatory", "remediate"];

/**
 * Reads what the file behind `--policy-pack-config` holds: a level or an object with a level and limits
 * for each policy, and a level for `all`. The engine takes any name and any property; here each has
 * to be one, and each limit of its type.
 *
 * @param environment whose limits stand where the configuration leaves them out
 * @throws PackConfigError with everything that is wrong
 */
export function readPackConfig(
  value: unknown,
  environment: string,
  policies: readonly Named[],
): PackConfig {
  if (!isObject(value)) {
    throw new PackConfigError(["the whole file: must be an object with the names of policies"]);
  }
  const faults: string[] = [];
  const configured = new Map<string, Configured>();
  const all = value["all"] === undefined ? {} : levelFor("all", value["all"], faults);
  const names: readonly string[] = [...policies.map(({ name }) => name), WAIVERS_VALID.name];
  for (const name of names) {
    configured.set(name, all);
  }
  for (const [name, setting] of Object.entries(value)) {
    if (name === "all") {
      continue;
    }
    if (name === "environments") {
      faults.push(
        "environments: are read by the Pulumi service only; write what they hold into the file",
      );
    } else if (!names.includes(name)) {
      faults.push(`${name}: is no policy of the pack${didYouMean(name, [...names, "all"])}`);
    } else {
      const policy = policies.find((candidate) => candidate.name === name);
      configured.set(name, { ...all, ...configuredBy(name, policy, setting, environment, faults) });
    }
  }
  if (faults.length > 0) {
    throw new PackConfigError(faults);
  }
  return Object.fromEntries(configured);
}

function configuredBy(
  name: string,
  policy: Named | undefined,
  setting: unknown,
  environment: string,
  faults: string[],
): Configured {
  if (!isObject(setting)) {
    return levelFor(name, setting, faults);
  }
  const { enforcementLevel, ...limits } = setting;
  const level =
    enforcementLevel === undefined
      ? {}
      : levelFor(`${name}.enforcementLevel`, enforcementLevel, faults);
  for (const [key, value] of Object.entries(limits)) {
    if (policy === undefined) {
      faults.push(`${name}.${key}: is not a limit; the policy has no limits`);
      continue;
    }
    try {
      boundsInOrder(effectiveLimits(policy.name, environment, { [key]: value }), name, faults);
    } catch (error) {
      faults.push(error instanceof Error ? error.message : String(error));
    }
  }
  return Object.keys(limits).length === 0 ? level : { ...level, limits };
}

function levelFor(path: string, value: unknown, faults: string[]): Configured {
  const level = LEVELS.find((candidate) => candidate === value);
  if (level !== undefined) {
    return { level };
  }
  const hint = typeof value === "string" ? didYouMean(value, LEVELS) : "";
  faults.push(`${path}: got ${JSON.stringify(value)}, must be one of ${LEVELS.join(", ")}${hint}`);
  return {};
}

/** Bounds that no value is inside would refuse everything. */
function boundsInOrder(limits: object, path: string, faults: string[]): void {
  const entries = new Map<string, unknown>(Object.entries(limits));
  const [min, max] = [entries.get("min"), entries.get("max")];
  if (typeof min === "number" && typeof max === "number" && min > max) {
    faults.push(`${path}: min is ${String(min)} and max ${String(max)}, must be min at most max`);
  }
  for (const [key, value] of entries) {
    if (isObject(value)) {
      boundsInOrder(value, `${path}.${key}`, faults);
    }
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
