import { deployedCopy } from "../deployed";
import { census, managed } from "./account-census";

/** What a destruction of dev that nothing disturbs does. */
export interface Destruction {
  /** How many resources it deletes. */
  readonly deleted: number;
  /** What it leaves, as `census` tells it. */
  readonly left: readonly string[];
}

let known: Promise<Destruction> | undefined;

/** The destruction of dev, carried out once for all tests. */
export function undisturbedDestruction(): Promise<Destruction> {
  known ??= destroy();
  return known;
}

async function destroy(): Promise<Destruction> {
  const stack = await deployedCopy();
  const before = managed(stack).length;
  await stack.succeed("destroy");
  const destruction = { deleted: before - managed(stack).length, left: census(stack) };
  await stack.remove();
  return destruction;
}
