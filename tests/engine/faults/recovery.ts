import { readFileSync, writeFileSync } from "node:fs";
import { createCloud } from "../../../tools/simulated-aws/cloud/simulated-cloud";
import type { StoredResource } from "../../../tools/simulated-aws/cloud/stored-resource";
import type { EngineStack, StateResource } from "../engine-stack";
import { knownResources, managed, nameOf } from "./account-census";

/** What a killed run was about to do. */
export interface PendingOperation {
  readonly type: "creating" | "updating" | "deleting" | "reading";
  readonly resource: StateResource;
}

interface Deployment {
  readonly resources: readonly StateResource[];
  readonly pending_operations?: readonly PendingOperation[];
}

/** What a killed run had begun, and has not seen the end of. */
export function pendingOperations(stack: EngineStack): readonly PendingOperation[] {
  const { checkpoint } = JSON.parse(readFileSync(stack.stateFile, "utf8")) as {
    checkpoint: { latest?: Deployment };
  };
  return checkpoint.latest?.pending_operations ?? [];
}

/** What becomes of a resource that the account has made and the engine does not know. */
export type Orphans = "adopted" | "deleted";

/**
 * The documented recovery up to the point where the next run may begin: unlock, settle the creations
 * that were under way, and read everything again.
 *
 * @returns the type and name of each resource that the engine had lost
 */
export async function recover(stack: EngineStack, orphans: Orphans): Promise<readonly string[]> {
  await stack.succeed("cancel", ["--yes"]);
  const lost = pendingOperations(stack).flatMap(({ type, resource }) => {
    const held = type === "creating" ? unknown(stack, resource) : undefined;
    return held === undefined ? [] : [{ held, urn: resource.urn }];
  });
  if (orphans === "adopted" && lost.length > 0) {
    await adopt(stack, new Map(lost.map(({ held, urn }) => [urn, held.id])));
  } else {
    const folder = stack.folder.account(stack.stack);
    const cloud = createCloud({ account: stack.account, folder });
    for (const { held } of lost) await cloud.delete(held);
  }
  await stack.succeed("refresh", ["--clear-pending-creates"]);
  return lost.map(({ held }) => `${held.type} ${held.name}`);
}

/** The resource of this type and name that the account holds and the engine does not know. */
function unknown(stack: EngineStack, { urn, type }: StateResource): StoredResource | undefined {
  const known = new Set(knownResources(stack).map(({ type, id }) => `${type} ${id ?? ""}`));
  return managed(stack).find(
    (each) => each.type === type && each.name === nameOf(urn) && !known.has(`${type} ${each.id}`),
  );
}

/** Moves pending creations among the resources, each with its id, as docs/deploying.md does with jq. */
async function adopt(stack: EngineStack, ids: ReadonlyMap<string, string>): Promise<void> {
  const file = stack.path("state.json");
  await stack.succeed("stack", ["export", "--file", file]);
  const { deployment, ...rest } = JSON.parse(readFileSync(file, "utf8")) as {
    deployment: Deployment;
  };
  const pending = deployment.pending_operations ?? [];
  const adopted = pending.flatMap(({ resource }) => {
    const id = ids.get(resource.urn);
    return id === undefined ? [] : [{ ...resource, id }];
  });
  const repaired = {
    ...deployment,
    resources: [...deployment.resources, ...adopted],
    pending_operations: pending.filter(({ resource }) => !ids.has(resource.urn)),
  };
  writeFileSync(file, JSON.stringify({ ...rest, deployment: repaired }));
  await stack.succeed("stack", ["import", "--file", file]);
}
