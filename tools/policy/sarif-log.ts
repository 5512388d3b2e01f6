import { createHash } from "node:crypto";
import { version } from "../../policies/package.json";
import type { Rule } from "./verdict";

/** What differs between the SARIF files that the tools write. */
export interface SarifRun {
  /** Name of what looked, as code scanning shows it. */
  readonly tool: string;
  /** Tells runs on one commit apart that stand beside each other. */
  readonly id: string;
  readonly rules: readonly object[];
  /** False where something could not be looked at. */
  readonly successful: boolean;
  readonly notifications: readonly object[];
  readonly results: readonly object[];
  /** Facts of the run itself. */
  readonly properties?: Readonly<Record<string, unknown>>;
}

/** Where the project stands in its repository, from whose root GitHub tells paths. */
export interface RepositoryPlace {
  /**
   * Folder of the project, with a slash at its end.
   *
   * @default the root of the repository
   */
  readonly prefix?: string;
}

/** Where something stands in the program. */
export interface Declared {
  readonly urn: string;
  readonly type: string;
  readonly source: { readonly file: string; readonly line: number } | undefined;
}

/** A SARIF 2.1.0 file of one run. */
export function renderSarifLog(run: SarifRun): string {
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: run.tool, version, rules: run.rules } },
        automationDetails: { id: run.id },
        originalUriBaseIds: { SRCROOT: { description: { text: "root of the repository" } } },
        invocations: [
          {
            executionSuccessful: run.successful,
            toolExecutionNotifications: run.notifications,
          },
        ],
        results: run.results,
        columnKind: "utf16CodeUnits",
        ...(run.properties !== undefined && { properties: run.properties }),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

/** Scores by which code scanning shows low, medium, high and critical. */
const SCORES = new Map([
  ["low", "3.0"],
  ["medium", "5.0"],
  ["high", "8.0"],
  ["critical", "9.5"],
]);

/** A policy as a rule of the run. */
export function sarifRule(rule: Rule): object {
  const { name, description, severity, level, frameworks, remediationSteps, url } = rule;
  return {
    id: name,
    shortDescription: { text: description },
    fullDescription: { text: description },
    help: {
      text: `${remediationSteps}\n${url}`,
      markdown: `${remediationSteps}\n\n[Why](${url})`,
    },
    helpUri: url,
    defaultConfiguration: {
      enabled: level !== "disabled",
      level: level === "advisory" ? "warning" : "error",
    },
    properties: {
      tags: ["policy", ...frameworks],
      "security-severity": SCORES.get(severity) ?? "0.0",
    },
  };
}

/**
 * Code scanning shows no result without a file: the stack's own is where most remedies are.
 *
 * @param prefix folder of the project in the repository, with a slash at its end; empty for the root
 */
export function sarifLocation(
  { source, urn, type }: Declared,
  stack: string,
  prefix: string,
): object {
  const path = `${prefix}${source?.file ?? `Pulumi.${stack}.yaml`}`;
  const uri = encodeURI(path).replace(/[?#]/g, encodeURIComponent);
  return {
    physicalLocation: {
      artifactLocation: { uri, uriBaseId: "SRCROOT" },
      region: { startLine: source?.line ?? 1 },
    },
    logicalLocations: [{ fullyQualifiedName: urn, kind: type }],
  };
}

/**
 * Fingerprints by which code scanning knows a result again when its line or its numbers change: of
 * what a result is about, and of how many there were before it about the same.
 */
export class Fingerprints {
  private readonly seen = new Map<string, number>();

  /** @param name by which other readers than code scanning find what is told apart by `key` */
  constructor(private readonly name: string) {}

  next(key: string): Readonly<Record<string, string>> {
    const ordinal = this.seen.get(key) ?? 0;
    this.seen.set(key, ordinal + 1);
    const fingerprint = createHash("sha256")
      .update(`${key}\n${String(ordinal)}`)
      .digest("hex");
    return {
      // Code scanning knows no other name; without it, it takes what stands at one line for one alert.
      primaryLocationLineHash: fingerprint,
      [this.name]: fingerprint,
    };
  }
}
