import type { SpawnSyncReturns } from "node:child_process";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Bag } from "../../../../tools/preview/graph";
import type { Block, ResourceSchema, Schemas } from "./resource-schema";

/** One resource to plan: what is asked for, and what there is already. */
export interface Question {
  readonly terraform: string;
  readonly config: Bag;
  readonly prior?: Bag;
}

/** What the provider plans, or why it does not. */
export type Plan =
  | { readonly kind: "refused"; readonly message: string }
  | {
      readonly kind: "planned";
      readonly actions: readonly string[];
      /** First steps of the paths that make a new resource. */
      readonly replacing: readonly string[];
      readonly after: Bag;
      readonly afterUnknown: Bag;
    };

interface Change {
  readonly name: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly replace_paths?: readonly (readonly string[])[];
    readonly after: Bag;
    readonly after_unknown: Bag;
  };
}

interface Diagnostic {
  readonly severity: string;
  readonly summary: string;
  readonly detail?: string;
  readonly address?: string;
  readonly snippet?: { readonly context?: string };
}

const PROVIDER = "registry.terraform.io/hashicorp/aws";

/** A working folder of Terraform with the AWS provider; it plans without network and account. */
export class Terraform {
  private readonly folder = mkdtempSync(join(tmpdir(), "provider-answers-"));

  public constructor(private readonly version: string) {
    this.write("main.tf.json", this.program({}));
    this.run("init", "-input=false", "-no-color");
  }

  /** Every resource type of the provider. */
  public schemas(): Schemas {
    const { provider_schemas: schemas } = JSON.parse(this.run("providers", "schema", "-json")) as {
      provider_schemas: Record<string, { resource_schemas: Record<string, ResourceSchema> }>;
    };
    return schemas[PROVIDER]?.resource_schemas ?? {};
  }

  /** The version of Terraform itself. */
  public ownVersion(): string {
    return (JSON.parse(this.run("version", "-json")) as { terraform_version: string })
      .terraform_version;
  }

  /** Plans many questions in one process; its time grows with their square. */
  public plan(questions: readonly Question[], schemas: Schemas): Plan[] {
    const size = 250;
    return Array.from({ length: Math.ceil(questions.length / size) }, (_, part) =>
      this.planTogether(questions.slice(part * size, (part + 1) * size), schemas),
    ).flat();
  }

  public close(): void {
    rmSync(this.folder, { recursive: true });
  }

  /** What is refused is left out of the next process. */
  private planTogether(questions: readonly Question[], schemas: Schemas): Plan[] {
    const plans = new Map<number, Plan>();
    for (;;) {
      const open = questions.flatMap((question, index) =>
        plans.has(index) ? [] : [{ ...question, name: `q${String(index)}` }],
      );
      this.write("main.tf.json", this.program(resourcesOf(open, schemas)));
      this.write("terraform.tfstate", stateOf(open, schemas));
      const errors = this.diagnostics();
      if (errors.length === 0) {
        break;
      }
      for (const { address, snippet, summary, detail } of errors) {
        const place = address ?? snippet?.context ?? "";
        const index = Number(/\.q(\d+)$/.exec(place)?.[1]);
        const message = `${summary}. ${detail ?? ""}`.trim();
        if (Number.isNaN(index)) {
          throw new Error(`terraform: ${message} (${place})`);
        }
        plans.set(index, { kind: "refused", message });
      }
    }
    const shown = JSON.parse(this.run("show", "-json", "plan")) as { resource_changes?: Change[] };
    for (const { name, change } of shown.resource_changes ?? []) {
      plans.set(Number(name.slice(1)), {
        kind: "planned",
        actions: change.actions,
        replacing: (change.replace_paths ?? []).flatMap(([first]) => first ?? []),
        after: change.after,
        afterUnknown: change.after_unknown,
      });
    }
    return questions.map((_, index) => {
      const plan = plans.get(index);
      if (plan === undefined) throw new Error(`terraform: no plan for question ${String(index)}`);
      return plan;
    });
  }

  private diagnostics(): Diagnostic[] {
    const args = ["plan", "-refresh=false", "-input=false", "-json", "-out=plan"];
    const { status, stdout, stderr } = this.start(args);
    const errors = stdout
      .split("\n")
      .filter((line) => line.startsWith("{"))
      .flatMap((line) => (JSON.parse(line) as { diagnostic?: Diagnostic }).diagnostic ?? [])
      .filter(({ severity }) => severity === "error");
    if (status !== 0 && errors.length === 0) {
      throw new Error(`terraform plan: ${stderr}`);
    }
    return errors;
  }

  private program(resources: object): object {
    return {
      terraform: {
        required_providers: { aws: { source: "hashicorp/aws", version: this.version } },
      },
      provider: {
        aws: {
          region: "us-east-1",
          access_key: "none",
          secret_key: "none",
          skip_credentials_validation: true,
          skip_metadata_api_check: true,
          skip_region_validation: true,
          skip_requesting_account_id: true,
        },
      },
      ...(Object.keys(resources).length === 0 ? {} : { resource: resources }),
    };
  }

  private write(file: string, content: object): void {
    // Terraform quotes the line of every fault: one long line would be quoted whole, each time.
    writeFileSync(join(this.folder, file), JSON.stringify(content, undefined, 1));
  }

  private run(...args: readonly string[]): string {
    const { status, stdout, stderr } = this.start(args);
    if (status !== 0) throw new Error(`terraform ${args.join(" ")}: ${stderr}`);
    return stdout;
  }

  private start(args: readonly string[]): SpawnSyncReturns<string> {
    const options = { cwd: this.folder, encoding: "utf8", maxBuffer: 2 ** 30 } as const;
    const result = spawnSync("terraform", args, options);
    if (result.error !== undefined) throw result.error;
    return result;
  }
}

type Named = Question & { readonly name: string };

function resourcesOf(
  questions: readonly Named[],
  schemas: Schemas,
): Record<string, Record<string, Bag>> {
  const resources: Record<string, Record<string, Bag>> = {};
  for (const { terraform, name, config } of questions) {
    (resources[terraform] ??= {})[name] = completed(schemas[terraform]?.block ?? {}, config);
  }
  return resources;
}

/** In JSON, objects of attributes have every key of their type. */
function completed({ attributes = {} }: Block, config: Bag): Bag {
  return Object.fromEntries(
    Object.entries(config).map(([name, value]) => {
      const [, item] = (attributes[name]?.type ?? []) as [string?, [string, object]?];
      const keys = item?.[0] === "object" ? Object.keys(item[1]) : [];
      const nulls = Object.fromEntries(keys.map((key) => [key, null]));
      return [
        name,
        Array.isArray(value) && keys.length > 0
          ? value.map((each) => ({ ...nulls, ...(each as Bag) }))
          : value,
      ];
    }),
  );
}

function stateOf(questions: readonly Named[], schemas: Schemas): object {
  return {
    version: 4,
    serial: 1,
    lineage: "provider-answers",
    resources: questions.flatMap(({ terraform, name, prior }) =>
      prior === undefined
        ? []
        : {
            mode: "managed",
            type: terraform,
            name,
            provider: `provider["${PROVIDER}"]`,
            instances: [{ schema_version: schemas[terraform]?.version ?? 0, attributes: prior }],
          },
    ),
  };
}
