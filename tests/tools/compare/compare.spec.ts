import assert from "node:assert/strict";
import { compare } from "../../../tools/compare/compare";
import { shareSecretsKey } from "../../../tools/compare/secret-digests";
import type { StackSide } from "../../../tools/compare/stack-side";
import { displayType } from "../../../tools/preview/tree";
import type { StackChange } from "../../support/stack-changes";
import { STACK_CHANGES } from "../../support/stack-changes";
import { editedSide, recordedSide } from "../../support/stack-sides";

const NOTHING_ALLOWED = { allowDestruction: [] };

const shipped = new Map<string, Promise<StackSide>>();

function shippedSide(stack: string): Promise<StackSide> {
  const known = shipped.get(stack) ?? recordedSide(stack);
  shipped.set(stack, known);
  return known;
}

const changedSide = ({ environment = "dev", settings, edits }: StackChange): Promise<StackSide> =>
  edits === undefined
    ? recordedSide(environment, settings)
    : Promise.resolve(editedSide(environment, edits));

/** As the engine's suite writes what a run did. */
function operations(before: StackSide, after: StackSide): string[] {
  const { changes } = compare(before, after, NOTHING_ALLOWED);
  const title = (line: string): string => line.slice(line.indexOf(" "));
  return changes
    .map(
      ({ operation, deletesFirst, type, name }) =>
        `${deletesFirst ? "delete-replace" : operation} ${displayType(type)} ${name}`,
    )
    .sort((one, other) => (title(one) < title(other) ? -1 : 1));
}

describe("compare", function () {
  this.timeout(60_000);
  before(() => {
    shareSecretsKey();
  });

  for (const change of Object.values<StackChange>(STACK_CHANGES)) {
    it(`comes to what the engine does for ${change.title}`, async () => {
      const before = await shippedSide(change.environment ?? "dev");
      const after = await changedSide(change);

      assert.deepEqual(operations(before, after), change.operations);
    });
  }

  for (const stack of ["dev", "prod"]) {
    it(`finds nothing where ${stack} stays as it is`, async () => {
      const side = await shippedSide(stack);

      const { changes, kept, settings, outputs, counts } = compare(side, side, NOTHING_ALLOWED);

      assert.deepEqual([changes, kept, settings, outputs], [[], [], [], []]);
      assert.equal(counts.same, side.graph.resources.length);
    });
  }
});
