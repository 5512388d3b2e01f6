/**
 * Asks the Terraform AWS provider which arguments make a new resource and which it insists on, by
 * planning every question of configurations.yaml against a made-up state, and writes the answers to
 * provider-answers.json. Needs `terraform` and, unless a mirror is configured, its registry; no
 * account. Run: node -r sucrase/register/ts tests/tools/simulated-aws/replacements/record-answers.ts
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { format } from "prettier";
import { parse } from "yaml";
import type { Bag } from "../../../../tools/preview/graph";
import { statesWithout, stateAfter } from "./prior-states";
import { properties, propertyPath } from "./property-names";
import type { ProviderAnswers, TypeAnswers } from "./provider-answers";
import type { Block, Plan, Question, Schemas } from "./terraform";
import { Terraform } from "./terraform";

/** The last version whose arguments are those of pulumi-aws 7 without a region of their own. */
const VERSION = "5.100.0";

interface Asked {
  readonly terraform: string;
  readonly configurations: readonly Bag[];
  readonly changes?: readonly (readonly [Bag, Bag])[];
}

/** A question, and what its plan says of a type. */
interface Item {
  readonly type: string;
  readonly question: Question;
  readonly subject:
    | { readonly kind: "unchanged" }
    | { readonly kind: "argument"; readonly path: readonly string[] }
    | { readonly kind: "change"; readonly from: Bag }
    | { readonly kind: "without"; readonly argument: string };
}

interface Answered extends Item {
  readonly plan: Plan;
}

async function record(): Promise<void> {
  const asked = parse(readFileSync(join(__dirname, "configurations.yaml"), "utf8")) as Record<
    string,
    Asked
  >;
  const terraform = new Terraform(VERSION);
  try {
    const schemas = terraform.schemas();
    const blockOf = (type: string): Block => {
      const name = asked[type]?.terraform ?? "";
      const schema = schemas[name];
      if (schema === undefined) throw new Error(`${type}: the provider has no resource "${name}"`);
      return schema.block;
    };
    const items = itemsOf(asked, terraform, schemas, blockOf);
    const plans = terraform.plan(
      items.map(({ question }) => question),
      schemas,
    );
    const answered = items.map((item, index): Answered => ({ ...item, plan: plans[index] as Plan }));
    const answers: ProviderAnswers = {
      provider: `hashicorp/aws ${VERSION}`,
      terraform: terraform.ownVersion(),
      recorded: new Date().toISOString().slice(0, 10),
      types: Object.fromEntries(
        Object.entries(asked).map(([type, { configurations }]) => [
          type,
          answersOf(
            blockOf(type),
            configurations,
            answered.filter((each) => each.type === type),
          ),
        ]),
      ),
    };
    writeFileSync(
      join(__dirname, "provider-answers.json"),
      await format(JSON.stringify(answers), { parser: "json", printWidth: 100 }),
    );
  } finally {
    terraform.close();
  }
}

/** Plans everything once without a state, and makes states and questions of the results. */
function itemsOf(
  asked: Readonly<Record<string, Asked>>,
  terraform: Terraform,
  schemas: Schemas,
  blockOf: (type: string) => Block,
): Item[] {
  const starts = Object.entries(asked).flatMap(([type, { configurations, changes = [], ...rest }]) => [
    ...configurations.map((config) => ({ type, terraform: rest.terraform, config, news: undefined })),
    ...changes.map(([from, news]) => ({ type, terraform: rest.terraform, config: from, news })),
  ]);
  const plans = terraform.plan(starts, schemas);
  const refused = plans.flatMap((plan, index) =>
    plan.kind === "refused"
      ? [`${starts[index]?.type ?? ""}: ${JSON.stringify(starts[index]?.config)}: ${plan.message}`]
      : [],
  );
  if (refused.length > 0) {
    throw new Error(`configurations must be valid; change these:\n${refused.join("\n")}`);
  }
  return starts.flatMap(({ type, terraform: name, config, news }, index): Item[] => {
    const plan = plans[index] as Plan;
    const block = blockOf(type);
    if (plan.kind === "refused") {
      return [];
    }
    const prior = stateAfter(block, plan.after, plan.afterUnknown);
    if (news !== undefined) {
      const question = { terraform: name, config: news, prior };
      return [{ type, question, subject: { kind: "change", from: config } }];
    }
    return [
      { type, question: { terraform: name, config, prior }, subject: { kind: "unchanged" } },
      ...statesWithout(block, prior).map(({ path, prior: other }): Item => ({
        type,
        question: { terraform: name, config, prior: other },
        subject: { kind: "argument", path },
      })),
      ...Object.keys(config).map((argument): Item => {
        const rest = Object.fromEntries(
          Object.entries(config).filter(([each]) => each !== argument),
        );
        return {
          type,
          question: { terraform: name, config: rest },
          subject: { kind: "without", argument },
        };
      }),
    ];
  });
}

function answersOf(
  block: Block,
  configurations: readonly Bag[],
  answered: readonly Answered[],
): TypeAnswers {
  const replaces: Record<string, boolean> = {};
  const changes: TypeAnswers["changes"][number][] = [];
  const missing: string[] = [];
  for (const { type, question, subject, plan } of answered) {
    const subjectText = `${type}: ${JSON.stringify(subject)} of ${JSON.stringify(question.config)}`;
    if (subject.kind === "without") {
      if (plan.kind === "refused") {
        missing.push(subject.argument);
      }
      continue;
    }
    if (plan.kind === "refused") {
      console.error(`${subjectText}: ${plan.message}`);
      continue;
    }
    const isNew = plan.actions.includes("create");
    const top = (argument: string) => propertyPath(type, block, [argument]);
    switch (subject.kind) {
      case "unchanged":
        if (isNew) {
          throw new Error(`${subjectText}: replaced for ${plan.replacing.join(", ")}`);
        }
        break;
      case "change":
        changes.push({
          olds: properties(type, block, subject.from),
          news: properties(type, block, question.config),
          replaces: plan.replacing.flatMap((each) => top(each) ?? []).sort(),
        });
        break;
      case "argument": {
        const path = propertyPath(type, block, subject.path);
        if (path === undefined || plan.actions.includes("no-op")) {
          break;
        }
        if (isNew && plan.replacing.some((each) => each !== subject.path[0])) {
          console.error(`${subjectText}: replaced for ${plan.replacing.join(", ")}`);
        } else if (replaces[path] !== undefined && replaces[path] !== isNew) {
          console.error(`${subjectText}: ${path} replaces in one configuration and not in another`);
        } else {
          replaces[path] = isNew;
        }
      }
    }
  }
  return {
    replaces: Object.fromEntries(Object.entries(replaces).sort(([a], [b]) => (a < b ? -1 : 1))),
    changes,
    required: [...new Set(missing)]
      .filter(
        (argument) => missing.filter((each) => each === argument).length === configurations.length,
      )
      .flatMap((argument) => propertyPath(answered[0]?.type ?? "", block, [argument]) ?? [])
      .sort(),
  };
}

void record();
