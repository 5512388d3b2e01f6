import type { Bag } from "../../../../tools/preview/graph";
import { statesWithout, stateAfter } from "./prior-states";
import type { Block, Schemas } from "./resource-schema";
import type { Plan, Question, Terraform } from "./terraform";

/** An entry of configurations.yaml. */
interface Asked {
  readonly terraform: string;
  readonly configurations: readonly Bag[];
  readonly changes?: readonly (readonly [Bag, Bag])[];
}

/** A question about a Pulumi type, and what its plan tells. */
export interface Item {
  readonly type: string;
  readonly question: Question;
  readonly subject:
    | { readonly kind: "unchanged" }
    | { readonly kind: "argument"; readonly path: readonly string[] }
    | { readonly kind: "change"; readonly from: Bag }
    | { readonly kind: "without"; readonly argument: string };
}

/** What is asked, by Pulumi types. */
export type AskedTypes = Readonly<Record<string, Asked>>;

/** The block of a resource type's schema. */
export function blockOf(schemas: Schemas, terraform: string): Block {
  const schema = schemas[terraform];
  if (schema === undefined) {
    throw new Error(`configurations.yaml: the provider has no resource "${terraform}"`);
  }
  return schema.block;
}

/**
 * Every question: each configuration as it is, with each argument changed, and without each argument
 * that all configurations have; each change.
 */
export function questionsOf(asked: AskedTypes, terraform: Terraform, schemas: Schemas): Item[] {
  const starts = Object.entries(asked).flatMap(
    ([type, { configurations, changes = [], terraform: name }]) => [
      ...configurations.map((config) => ({ type, terraform: name, config, news: undefined })),
      ...changes.map(([from, news]) => ({ type, terraform: name, config: from, news })),
    ],
  );
  const plans = terraform.plan(starts, schemas);
  rejectRefused(starts, plans);
  const known = new Set<string>();
  const changed = starts.flatMap(({ type, terraform: name, config, news }, index): Item[] => {
    const plan = plans[index];
    if (plan?.kind !== "planned") {
      return [];
    }
    const block = blockOf(schemas, name);
    const prior = stateAfter(block, plan.after, plan.afterUnknown);
    if (news !== undefined) {
      const question = { terraform: name, config: news, prior };
      return [{ type, question, subject: { kind: "change", from: config } }];
    }
    return [
      { type, question: { terraform: name, config, prior }, subject: { kind: "unchanged" } },
      ...statesWithout(block, prior).flatMap(({ path, prior: other }): Item[] => {
        // What a configuration gives is asked once; what it leaves out, where all of them do.
        const key = [type, ...path].join(".");
        const isGiven = (given: Bag) => given[path[0] ?? ""] !== undefined;
        const isElsewhere = !isGiven(config) && asked[type]?.configurations.some(isGiven) === true;
        if (known.has(key) || isElsewhere) {
          return [];
        }
        known.add(key);
        const question = { terraform: name, config, prior: other };
        return [{ type, question, subject: { kind: "argument", path } }];
      }),
    ];
  });
  return [...changed, ...withoutOne(asked, schemas)];
}

function rejectRefused(
  starts: readonly { readonly type: string; readonly config: Bag }[],
  plans: readonly Plan[],
): void {
  const refused = starts.flatMap(({ type, config }, index) => {
    const plan = plans[index];
    return plan?.kind === "refused" ? [`${type} ${JSON.stringify(config)}: ${plan.message}`] : [];
  });
  if (refused.length > 0) {
    throw new Error(`configurations.yaml: the provider refuses\n${refused.join("\n")}`);
  }
}

/** What the schema itself asks for is known without a question. */
function withoutOne(asked: AskedTypes, schemas: Schemas): Item[] {
  return Object.entries(asked).flatMap(([type, { terraform, configurations }]) =>
    configurations.flatMap((config) =>
      Object.keys(config)
        .filter(
          (argument) =>
            configurations.every((each) => each[argument] !== undefined) &&
            blockOf(schemas, terraform).attributes?.[argument]?.required !== true,
        )
        .map((argument): Item => {
          const rest = Object.entries(config).filter(([each]) => each !== argument);
          return {
            type,
            question: { terraform, config: Object.fromEntries(rest) },
            subject: { kind: "without", argument },
          };
        }),
    ),
  );
}
