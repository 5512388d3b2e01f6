import { existsSync, readFileSync } from "node:fs";
import type { EngineEvent } from "@pulumi/pulumi/automation";

/** One thing that the engine does, or would do, to a resource. */
export interface Step {
  /** As the engine calls it: create, update, delete, create-replacement, delete-replaced, same, read. */
  readonly op: string;
  readonly urn: string;
  readonly type: string;
  readonly name: string;
}

/** What a policy says to the engine. */
export interface PolicyReport {
  readonly policy: string;
  readonly level: string;
  readonly urn: string;
  readonly message: string;
}

/** A run of the engine in its own words. */
export interface EngineLog {
  /** In the order in which they begin. */
  readonly steps: readonly Step[];
  /** In the order in which they end, each with what came of it: a refresh becomes same, update or delete. */
  readonly results: readonly Step[];
  /** Steps that the provider refused. */
  readonly failed: readonly Step[];
  readonly policies: readonly PolicyReport[];
  /** Warnings and errors, with their resource where they have one. */
  readonly diagnostics: readonly Diagnostic[];
}

interface Diagnostic {
  readonly severity: string;
  readonly urn: string;
  readonly message: string;
}

/** Reads what --event-log has written; nothing where the CLI refused to start. */
export function readEventLog(file: string): EngineLog {
  const text = existsSync(file) ? readFileSync(file, "utf8") : "";
  return engineLog(
    text
      .split("\n")
      // A killed engine leaves its last line unfinished.
      .slice(0, -1)
      .map((line) => JSON.parse(line) as EngineEvent),
  );
}

/** Sorts the events of a run. */
export function engineLog(events: readonly EngineEvent[]): EngineLog {
  const steps = events.flatMap(({ resourcePreEvent: event }) => (event ? [stepOf(event)] : []));
  return {
    steps,
    results: events.flatMap(({ resOutputsEvent: event }) => (event ? [stepOf(event)] : [])),
    failed: events.flatMap(({ resOpFailedEvent: event }) => (event ? [stepOf(event)] : [])),
    policies: events.flatMap(({ policyEvent: event }) =>
      event
        ? [
            {
              policy: event.policyName,
              level: event.enforcementLevel,
              urn: event.resourceUrn ?? "",
              message: event.message.trimEnd(),
            },
          ]
        : [],
    ),
    diagnostics: events.flatMap(({ diagnosticEvent: event }) =>
      event && ["warning", "error"].includes(event.severity)
        ? [{ severity: event.severity, urn: event.urn ?? "", message: event.message.trimEnd() }]
        : [],
    ),
  };
}

function stepOf({ metadata }: { metadata: { op: string; urn: string; type: string } }): Step {
  const { op, urn, type } = metadata;
  return { op, urn, type, name: urn.split("::").slice(3).join("::") };
}
