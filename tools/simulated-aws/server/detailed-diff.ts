import { isDeepStrictEqual } from "node:util";
import { DiffResponse, PropertyDiff } from "@pulumi/pulumi/proto/provider_pb";
import type { Bag, Json } from "../../preview/graph";
import type { ResourceDiff } from "../cloud/cloud";
import { formatPath } from "../cloud/property-path";
import type { PathStep } from "../cloud/property-path";
import { isBag } from "../protocol-values";

const { Kind } = PropertyDiff;
const KINDS = {
  added: { inPlace: Kind.ADD, replacing: Kind.ADD_REPLACE },
  deleted: { inPlace: Kind.DELETE, replacing: Kind.DELETE_REPLACE },
  updated: { inPlace: Kind.UPDATE, replacing: Kind.UPDATE_REPLACE },
};

type Change = readonly [path: string, kind: keyof typeof KINDS];

/** A difference in the protocol's form, with the place of everything that differs. */
export function toDiffResponse(diff: ResourceDiff, olds: Bag, news: Bag): DiffResponse {
  const response = new DiffResponse();
  response.setChanges(
    diff.changed.length === 0
      ? DiffResponse.DiffChanges.DIFF_NONE
      : DiffResponse.DiffChanges.DIFF_SOME,
  );
  response.setDiffsList([...diff.changed]);
  response.setReplacesList([...diff.replaces]);
  response.setDeletebeforereplace(diff.deleteBeforeReplace);
  response.setHasdetaileddiff(true);
  for (const property of diff.changed) {
    const replaces = diff.replaces.includes(property);
    for (const [path, kind] of changes(olds[property], news[property], property)) {
      const detail = new PropertyDiff();
      detail.setKind(KINDS[kind][replaces ? "replacing" : "inPlace"]);
      detail.setInputdiff(true);
      response.getDetaileddiffMap().set(path, detail);
    }
  }
  return response;
}

/** Innermost places that differ; the property itself where both sides are alike, as with drift. */
function changes(before: Json | undefined, after: Json | undefined, path: string): Change[] {
  const found = [...innermost(before, after, [path])];
  return found.length > 0 ? found : [[path, "updated"]];
}

function* innermost(
  before: Json | undefined,
  after: Json | undefined,
  steps: readonly PathStep[],
): Generator<Change> {
  if (isDeepStrictEqual(before, after)) {
    return;
  }
  if (before === undefined) {
    yield [formatPath(steps), "added"];
  } else if (after === undefined) {
    yield [formatPath(steps), "deleted"];
  } else if (isBag(before) && isBag(after)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
      yield* innermost(before[key], after[key], [...steps, key]);
    }
  } else if (Array.isArray(before) && Array.isArray(after)) {
    for (let index = 0; index < Math.max(before.length, after.length); index += 1) {
      yield* innermost(before[index], after[index], [...steps, index]);
    }
  } else {
    yield [formatPath(steps), "updated"];
  }
}
