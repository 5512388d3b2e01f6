import assert from "node:assert/strict";
import { displayType } from "../../tools/preview/tree";
import type { EngineLog, Step } from "./event-log";

/**
 * What a run changes, `operation type name` in the order of types and names. A replacement is
 * `replace`, or `delete-replace` where the old resource is gone before the new one is there.
 */
export function operations({ steps }: Pick<EngineLog, "steps">): string[] {
  const ops = new Map<string, string[]>();
  for (const { op, urn } of steps.filter(({ op }) => !UNCHANGING.includes(op))) {
    ops.set(urn, [...(ops.get(urn) ?? []), op]);
  }
  return [...ops]
    .map(([urn, done]) => `${operationOf(done)} ${titleOf(urn)}`)
    .sort((one, other) => (rest(one) < rest(other) ? -1 : 1));
}

const UNCHANGING = ["same", "read", "refresh"];

const rest = (operation: string): string => operation.slice(operation.indexOf(" "));

function operationOf(ops: readonly string[]): string {
  const [first = "", ...others] = ops;
  if (others.length === 0 && !first.includes("replace")) return first;
  return first.startsWith("delete") ? "delete-replace" : "replace";
}

/** Type and name as people say them: `aws:ecs:Service web`. */
export function titleOf(urn: string): string {
  const [, , types = "", ...name] = urn.split("::");
  return `${displayType(types.split("$").pop() ?? "")} ${name.join("::")}`;
}

/** Position of the only step of this kind; `title` is as titleOf() gives it. */
function positionOf({ steps }: Pick<EngineLog, "steps">, op: string, title: string): number {
  const found = steps.flatMap((step, index) => (isStep(step, op, title) ? [index] : []));
  assert.equal(found.length, 1, `${String(found.length)} steps are "${op} ${title}"`);
  return found[0]!;
}

const isStep = (step: Step, op: string, title: string): boolean =>
  step.op === op && titleOf(step.urn) === title;

/** Fails unless the steps, each `[op, title]`, begin in this order. */
export function assertOrder(
  run: Pick<EngineLog, "steps">,
  ...expected: readonly (readonly [op: string, title: string])[]
): void {
  const positions = expected.map(([op, title]) => positionOf(run, op, title));
  assert.deepEqual(
    positions,
    [...positions].sort((one, other) => one - other),
    expected.map(([op, title], index) => `${String(positions[index])} ${op} ${title}`).join("\n"),
  );
}
