import type { IamPolicy, IamStatement } from "../../infra/lib/iam-policy";
import { listOf } from "./documents";

/** What somebody asks AWS for. */
export interface IamRequest {
  readonly action: string;
  /** ARN of the resource, or `*` for an action that knows none. */
  readonly resource: string;
  /** Values of condition keys; a key that is not here is not in the request. */
  readonly context?: Readonly<Record<string, string>>;
}

/**
 * True where the policies of a principal allow a request: a statement allows it and none denies it.
 * Knows the operators that the policies use, and throws for any other.
 * Source: "Policy evaluation logic" and "IAM JSON policy elements: Condition operators" in the IAM User Guide.
 */
export function isAllowed(policies: Iterable<IamPolicy>, request: IamRequest): boolean {
  const applying = [...policies]
    .flatMap(({ Statement }) => Statement)
    .filter((statement) => applies(statement, request));
  return (
    applying.some(({ Effect }) => Effect === "Allow") &&
    !applying.some(({ Effect }) => Effect === "Deny")
  );
}

function applies(
  { Action, Resource, Condition = {} }: IamStatement,
  { action, resource, context = {} }: IamRequest,
): boolean {
  return (
    listOf(Action).some((pattern) => matches(pattern, action)) &&
    listOf(Resource).some((pattern) => matches(pattern, resource)) &&
    Object.entries(Condition).every(([operator, keys]) =>
      Object.entries(keys).every(([key, values]) =>
        OPERATORS[operator] === undefined
          ? fail(operator)
          : OPERATORS[operator](context[key], listOf(values)),
      ),
    )
  );
}

type Operator = (value: string | undefined, allowed: readonly string[]) => boolean;

const equals: Operator = (value, allowed) => value !== undefined && allowed.includes(value);
const like: Operator = (value, allowed) =>
  value !== undefined && allowed.some((pattern) => matches(pattern, value));

const OPERATORS: Readonly<Record<string, Operator>> = {
  StringEquals: equals,
  StringEqualsIfExists: (value, allowed) => value === undefined || equals(value, allowed),
  Null: (value, allowed) => equals(String(value === undefined), allowed),
  ArnEquals: like,
  ArnLike: like,
};

function fail(operator: string): never {
  throw new Error(`the simulation knows no ${operator}; add it to OPERATORS`);
}

function matches(pattern: string, text: string): boolean {
  const expression = pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*");
  return new RegExp(`^${expression}$`, "s").test(text);
}
