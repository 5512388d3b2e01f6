/**
 * Asks the Terraform AWS provider which arguments make a new resource and which it insists on, by
 * planning every question of configurations.yaml against a made-up state, and writes the answers to
 * provider-answers.json. It needs `terraform` and the provider (from its registry or a mirror that
 * TF_CLI_CONFIG_FILE configures), and no account. All types take minutes; name some to ask about
 * these only:
 *
 *     node -r sucrase/register/ts tests/tools/simulated-aws/replacements/record-answers.ts [type...]
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { format } from "prettier";
import { parse } from "yaml";
import type { Bag } from "../../../../tools/preview/graph";
import { properties, propertyPath } from "./property-names";
import type { ProviderAnswers, TypeAnswers } from "./provider-answers";
import type { AskedTypes, Item } from "./questions";
import { blockOf, questionsOf } from "./questions";
import type { Block } from "./resource-schema";
import type { Plan } from "./terraform";
import { Terraform } from "./terraform";

const VERSION = "5.100.0";

type Answered = Item & { readonly plan: Plan };

async function record(types: readonly string[]): Promise<void> {
  const asked = selected(types);
  const file = join(__dirname, "provider-answers.json");
  const before =
    types.length > 0 && existsSync(file)
      ? (JSON.parse(readFileSync(file, "utf8")) as ProviderAnswers).types
      : {};
  const terraform = new Terraform(VERSION);
  try {
    const schemas = terraform.schemas();
    const items = questionsOf(asked, terraform, schemas);
    const plans = terraform.plan(
      items.map(({ question }) => question),
      schemas,
    );
    const answered = items.flatMap((item, index): Answered[] => {
      const plan = plans[index];
      return plan === undefined ? [] : [{ ...item, plan }];
    });
    const answers: ProviderAnswers = {
      provider: `hashicorp/aws ${VERSION}`,
      terraform: terraform.ownVersion(),
      recorded: new Date().toISOString().slice(0, 10),
      types: sorted({
        ...before,
        ...Object.fromEntries(
          Object.entries(asked).map(([type, { terraform: name, configurations }]) => [
            type,
            answersOf(
              blockOf(schemas, name),
              configurations,
              answered.filter((each) => each.type === type),
            ),
          ]),
        ),
      }),
    };
    writeFileSync(file, await format(JSON.stringify(answers), { parser: "json", printWidth: 100 }));
  } finally {
    terraform.close();
  }
}

function selected(types: readonly string[]): AskedTypes {
  const all = parse(readFileSync(join(__dirname, "configurations.yaml"), "utf8"), {
    merge: true,
  }) as AskedTypes;
  const unknown = types.filter((type) => !(type in all));
  if (unknown.length > 0) {
    throw new Error(`configurations.yaml has no ${unknown.join(", ")}; name Pulumi types of it`);
  }
  return types.length === 0
    ? all
    : Object.fromEntries(Object.entries(all).filter(([type]) => types.includes(type)));
}

function answersOf(
  block: Block,
  configurations: readonly Bag[],
  answered: readonly Answered[],
): TypeAnswers {
  const replaces = new Map<string, boolean>();
  const changes: TypeAnswers["changes"][number][] = [];
  const refused: string[] = [];
  for (const { type, question, subject, plan } of answered) {
    // What cannot be told is said to the one who records, and is no answer.
    const report = (fault: string) => {
      process.stderr.write(`${type}: ${JSON.stringify(subject)}: ${fault}\n`);
    };
    if (plan.kind === "refused") {
      if (subject.kind === "without") {
        refused.push(subject.argument);
      } else {
        report(plan.message);
      }
      continue;
    }
    const isNew = plan.actions.includes("create");
    switch (subject.kind) {
      case "without":
        break;
      case "unchanged":
        if (isNew) {
          report(`replaced without a change, for ${plan.replacing.join(", ")}`);
        }
        break;
      case "change":
        changes.push({
          olds: properties(type, block, subject.from),
          news: properties(type, block, question.config),
          replaces: plan.replacing
            .flatMap((argument) => propertyPath(type, block, [argument]) ?? [])
            .sort(),
        });
        break;
      case "argument": {
        const path = propertyPath(type, block, subject.path);
        if (path === undefined || plan.actions.includes("no-op")) {
          break;
        }
        if (plan.replacing.some((argument) => argument !== subject.path[0])) {
          report(`replaced for ${plan.replacing.join(", ")}`);
        } else {
          replaces.set(path, isNew);
        }
      }
    }
  }
  const isRequired = (argument: string) =>
    block.attributes?.[argument]?.required === true ||
    refused.filter((each) => each === argument).length === configurations.length;
  const type = answered[0]?.type ?? "";
  return {
    replaces: sorted(Object.fromEntries(replaces)),
    changes,
    required: Object.keys({ ...block.attributes, ...block.block_types })
      .filter(isRequired)
      .flatMap((argument) => propertyPath(type, block, [argument]) ?? [])
      .sort(),
  };
}

function sorted<T>(map: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(map).sort(([one], [other]) => (one < other ? -1 : 1)));
}

void record(process.argv.slice(2));
