import assert from "node:assert/strict";
import type { Policy } from "../../policies/policy";
import type { Bag } from "../../tools/preview/graph";
import { judgeResource } from "./judgement";

/** What a violation says: what was found, what is allowed, what to do. */
export type Said = readonly [got: string, allowed: string, fix: string];

type Level = "advisory" | "mandatory" | "disabled";

/** A resource policy, a resource that complies with it, and the levels that it has to have. */
export interface Baseline {
  readonly policy: Policy;
  readonly type: string;
  /** Properties that comply in prod. */
  readonly props: Bag;
  readonly levels: { readonly dev: Level; readonly prod: Level };
}

/**
 * Test cases of a resource policy: each changes the baseline's properties (undefined leaves one out),
 * judges the resource by the SDK's own code and compares the whole judgement.
 */
export interface PolicyCases {
  accepts(this: void, what: string, change?: Changes, stack?: string): void;
  /** One violation for each `said`, in their order, at the level of the stack. */
  refuses(
    this: void,
    what: string,
    change: Changes,
    said: Said | readonly Said[],
    stack?: string,
  ): void;
  /** Undecided by an unknown value, while facts that are known are still reported. */
  undecided(this: void, what: string, change: Changes, said?: readonly Said[]): void;
  /** Complying and broken properties on a resource of another type, which the policy leaves alone. */
  ignoresOtherTypes(this: void): void;
}

export type Changes = Readonly<Record<string, unknown>>;

export function casesOf({ policy, type, props, levels }: Baseline): PolicyCases {
  const judge = (change: Changes, stack: string, judged = type) =>
    judgeResource(policy, { type: judged, props: changed(props, change) }, stack);
  const expected = (said: readonly Said[], stack: string, undecided: boolean) => ({
    violations: said.map(
      ([got, allowed, fix]) =>
        `${got}, allowed is ${allowed} (${stack}, policies/limits.ts "${policy.name}"); ${fix}`,
    ),
    subjects: said.map(() => "subject"),
    levels: said.map(() => (stack === "dev" ? levels.dev : levels.prod)),
    undecided,
  });
  return {
    accepts: (what, change = {}, stack = "prod") => {
      it(`accepts ${what}`, async () => {
        assert.deepEqual(await judge(change, stack), expected([], stack, false));
      });
    },
    refuses: (what, change, said, stack = "prod") => {
      it(`refuses ${what}`, async () => {
        assert.deepEqual(await judge(change, stack), expected(several(said), stack, false));
      });
    },
    undecided: (what, change, said = []) => {
      it(`is undecided on ${what}`, async () => {
        assert.deepEqual(await judge(change, "prod"), expected(said, "prod", true));
      });
    },
    ignoresOtherTypes: () => {
      it("leaves other types alone", async () => {
        const empty = Object.fromEntries(Object.keys(props).map((key) => [key, undefined]));

        assert.deepEqual(await judge({}, "prod", "aws:ec2/vpc:Vpc"), expected([], "prod", false));
        assert.deepEqual(
          await judge(empty, "prod", "aws:ec2/vpc:Vpc"),
          expected([], "prod", false),
        );
      });
    },
  };
}

function several(said: Said | readonly Said[]): readonly Said[] {
  return typeof said[0] === "string" ? [said as Said] : (said as readonly Said[]);
}

function changed(props: Bag, change: Changes): Bag {
  return Object.fromEntries(
    Object.entries({ ...props, ...change }).filter(([, value]) => value !== undefined),
  ) as Bag;
}
