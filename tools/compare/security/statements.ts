import { UNKNOWN, type Bag, type Json } from "../../preview/graph";
import { bagOf, compareTexts, listOf, parsedJson, textsOf } from "./values";
import type { PatternSet } from "./wildcards";

/** One statement of a policy document of IAM's language. */
export interface Statement {
  readonly sid: string | undefined;
  readonly effect: "Allow" | "Deny";
  readonly actions: PatternSet;
  readonly resources: PatternSet;
  /** Of a policy of a resource; a policy of a role has none. */
  readonly principals: PatternSet;
  readonly conditions: readonly Condition[];
}

export interface Condition {
  readonly operator: string;
  /** As it is written; IAM does not tell `aws:sourcearn` from `aws:SourceArn`. */
  readonly key: string;
  readonly values: readonly string[];
}

/**
 * The statements of a policy document, a text or an object, or undefined where it cannot be read: only
 * the deployment tells it, or it is none.
 */
export function statementsOf(document: Json | undefined): readonly Statement[] | undefined {
  const statements = bagOf(parsedJson(document))["Statement"];
  return statements === undefined || document === UNKNOWN
    ? undefined
    : listOf(statements).map((statement) => statementOf(bagOf(statement)));
}

/** A statement in one line: `Allow s3:GetObject on arn:aws:s3:::a/* if StringEquals aws:sourceaccount = 1`. */
export function describeStatement(statement: Statement): string {
  const { effect, actions, resources, principals, conditions } = statement;
  const of = (set: PatternSet, word: string): string =>
    set.patterns.length === 0 && !set.negated
      ? ""
      : ` ${word}${set.negated ? "all but " : ""}${set.patterns.join(", ")}`;
  const when = conditions.map(
    ({ operator, key, values }) => `${operator} ${key} = ${values.join(" or ")}`,
  );
  return [
    effect,
    of(actions, ""),
    isEverything(resources) && !isEverything(principals) && principals.patterns.length > 0
      ? ""
      : of(resources, "on "),
    of(principals, effect === "Allow" ? "to " : "for "),
    when.length === 0 ? "" : ` if ${when.join(" and ")}`,
  ].join("");
}

const isEverything = ({ negated, patterns }: PatternSet): boolean =>
  !negated && patterns.includes("*");

function statementOf(statement: Bag): Statement {
  const sid = statement["Sid"];
  return {
    sid: typeof sid === "string" && sid !== "" ? sid : undefined,
    effect: statement["Effect"] === "Deny" ? "Deny" : "Allow",
    // IAM does not tell `S3:getobject` from `s3:GetObject`.
    actions: setOf(statement, "Action", (value) => textsOf(value).map(spelledAction)),
    resources: setOf(statement, "Resource", textsOf),
    principals: setOf(statement, "Principal", principalsOf),
    conditions: conditionsOf(bagOf(statement["Condition"])),
  };
}

function setOf(
  statement: Bag,
  element: string,
  read: (value: Json | undefined) => readonly string[],
): PatternSet {
  const except = statement[`Not${element}`];
  const patterns = read(except ?? statement[element]);
  return { negated: except !== undefined, patterns: sorted(patterns) };
}

/** The service in lower case; the name as it is written, for people. */
function spelledAction(action: string): string {
  const [service = "", ...name] = action.split(":");
  return [service.toLowerCase(), ...name].join(":");
}

/** `Service:ec2.amazonaws.com`, `AWS:arn:aws:iam::1:root`; `*` for everybody. */
function principalsOf(value: Json | undefined): readonly string[] {
  if (typeof value === "string") {
    return [value];
  }
  return Object.entries(bagOf(value)).flatMap(([kind, names]) =>
    textsOf(names).map((name) => {
      if (kind !== "AWS") {
        return `${kind}:${name}`;
      }
      // The account is a short form of its root.
      return name === "*"
        ? "*"
        : `AWS:${/^\d{12}$/.test(name) ? `arn:aws:iam::${name}:root` : name}`;
    }),
  );
}

function conditionsOf(conditions: Bag): readonly Condition[] {
  return Object.entries(conditions)
    .flatMap(([operator, keys]) =>
      Object.entries(bagOf(keys)).map(([key, values]) => ({
        operator,
        key,
        values: sorted(textsOf(values)),
      })),
    )
    .sort((a, b) => compareTexts(`${a.operator} ${a.key}`, `${b.operator} ${b.key}`));
}

const sorted = (texts: readonly string[]): readonly string[] =>
  [...new Set(texts)].sort(compareTexts);
