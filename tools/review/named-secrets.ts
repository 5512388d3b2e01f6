import { isDeepStrictEqual } from "node:util";
import { limitsOf } from "../../policies/limits";
import { documentIn } from "../preview/document-in";
import { type Bag, type Json, SECRET, UNKNOWN } from "../preview/graph";

/** The limits of an environment that nobody named: the strictest. */
const { deniedNames, allowedNames } = limitsOf("")["ecs-no-plaintext-secrets"];
const DENIED = new RegExp(deniedNames, "i");

const SECRET_ENDS =
  /(?:password|passwd|passphrase|secret|secretString|token|credentials?|(?:api|private|access|secret)[_-]?key)$/i;

/** A reference, which the deployment fills in, and a name in AWS are no secrets that somebody wrote down. */
const TOLD_ELSEWHERE = new RegExp(String.raw`^(?:${UNKNOWN}|\$\{[^}]*\}|arn:aws[a-z-]{0,16}:\S+)$`);

/** Whether a variable is one of those that the policies want to have from a reference. */
export function isSecretVariable(name: string): boolean {
  return DENIED.test(name) && !allowedNames.includes(name);
}

/** Whether a field holds a secret; of a configuration key, `aws:token`, the part behind the namespace tells. */
export function isSecretField(field: string): boolean {
  const name = field.slice(field.lastIndexOf(":") + 1);
  // Properties of AWS have such words in their names and hold none: httpTokens, secretArn.
  return /[a-z]/.test(name) ? SECRET_ENDS.test(name) : isSecretVariable(name);
}

/** Whether what stands at the path is a secret by the name of the field, or of the element that it is in. */
export function isSecretPath(path: string): boolean {
  const place = path.replace(/(?:\[\d{1,9}\]|\.value){1,8}$/, "").replace(/"?\]$/, "");
  return isSecretField(place.split(/[.["\]]/).at(-1) ?? "");
}

/**
 * The value with `[secret]` for every text and number under the name of a secret, at any depth and in texts of
 * JSON; all of it where its own name is one.
 */
export function withoutNamed<Value extends Json | undefined>(
  value: Value,
  isSecret: boolean,
): Value;
export function withoutNamed(value: Json | undefined, isSecret: boolean): Json | undefined {
  if (Array.isArray(value)) return value.map((item) => withoutNamed(item, isSecret));
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(
      Object.entries(withoutVariable(value) as Bag).map(([key, field]) => [
        key,
        withoutNamed(field, isSecretField(key) || (isSecret && key === "value")),
      ]),
    );
  }
  if (typeof value !== "string") return isSecret && typeof value === "number" ? SECRET : value;
  if (!isSecret) return documentWithout(value);
  return TOLD_ELSEWHERE.test(value) ? value : SECRET;
}

/** An element such as `{ name: "DB_PASSWORD", value: "…" }` with its value masked. */
export function withoutVariable(bag: object): object {
  const { name, value } = bag as Bag;
  return typeof name === "string" && value !== undefined && isSecretVariable(name)
    ? { ...bag, value: withoutNamed(value, true) }
    : bag;
}

/** A text of JSON is written anew only where it holds a secret. */
function documentWithout(text: string): string {
  const document = documentIn(text);
  const shown = withoutNamed(document, false);
  return isDeepStrictEqual(shown, document) ? text : JSON.stringify(shown);
}
