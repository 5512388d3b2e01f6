import type { ResourceNode } from "../../preview/graph";
import type { ComparedSide } from "./compared-sides";

/** One thing about resources of some types that makes them more or less open. */
export interface Aspect {
  readonly types: readonly string[];
  /** Where the resource stands, by what of it, for example `container app: user`. */
  read(this: void, node: ResourceNode, side: ComparedSide): Readonly<Record<string, Stand>>;
}

export interface Stand {
  /** For a person. */
  readonly text: string;
  /** The higher, the more open; equal ranks with other texts cannot be told apart. */
  readonly rank: number;
  /** True for what opens nothing by itself: a resource that is new or gone does not mention it. */
  readonly isOrdinary?: boolean;
  /** Rank of a resource that lacks it, where lacking it is a stand of its own. */
  readonly absentRank?: number;
}

/** A stand of yes or no: `rank` 1 where it is open. */
export function openness(
  isOpen: boolean,
  open: string,
  closed: string,
  rest: { readonly isOrdinary?: boolean } = {},
): Stand {
  return { text: isOpen ? open : closed, rank: isOpen ? 1 : 0, ...rest };
}
