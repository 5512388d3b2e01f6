import { SECRET, UNKNOWN } from "../preview/graph";
import { isSecretField, isSecretVariable } from "./named-secrets";

/** A way in which texts give values to names. */
interface Form {
  /** What stands before a value, the group `name` included; it ends where the value begins. */
  readonly key: RegExp;
  /** A value; the group that matches, if any, is the quote that opens it. */
  readonly value: RegExp;
  readonly isSecret: (name: string) => boolean;
}

/** What is filled in later, in quotes of any kind, and what tells where a secret is. */
const FILLED_IN = String.raw`(?![$<{]|arn:aws|${UNKNOWN})`;

/** What a document in YAML or JSON has in quotes; each kind goes on to where it ends or the line does. */
const QUOTED = [
  String.raw`(')${FILLED_IN}[^'\n]+`,
  String.raw`(")${FILLED_IN}(?:\\.|[^"\\\n])+`,
  String.raw`(\\{1,7}["'])${FILLED_IN}[^"'\\\n]+`,
];

/** A word that is a value of its own kind. */
const WORD = String.raw`(?!(?:true|false|null|yes|no|on|off)\s{0,40}(?:[\n,}]|$))`;

/** Every pattern is linear in the text: a key is bounded, and a value is looked for behind keys alone. */
const FORMS: readonly Form[] = [
  // A shell. It fills in what begins with `$`, which in single quotes a template alone does.
  {
    key: /(?<!\w)(?<name>[A-Za-z_]\w{0,127})=/g,
    value: new RegExp(
      [
        String.raw`(')(?!\$[{(])[^'\n]+`,
        String.raw`(")(?![$\x60])(?:\\.|[^"\\\n])+`,
        String.raw`(\\{1,7}["'])(?![$\x60])[^"'\\\n]+`,
        String.raw`(?![$\x60])(?:\\[^\n"']|[^\s"'\x60;\\])+`,
      ].join("|"),
      "y",
    ),
    isSecret: isSecretVariable,
  },
  // JSON, also where the text around it is none. A number gets quotes, so that it stays JSON.
  {
    key: /(?<quote>\\{0,7}["'])(?<name>[A-Za-z_][\w.:/-]{0,127})\k<quote>\s{0,8}:\s{0,8}/g,
    value: new RegExp([...QUOTED, String.raw`${FILLED_IN}${WORD}[^\s"'\\,[\]{}]+`].join("|"), "y"),
    isSecret: isSecretField,
  },
  // YAML and headers: where a line, an item or a text in quotes begins, as a sentence may have such a word too.
  {
    key: /(?<=(?:^|[\n{,"']|\\n|- )[ \t]{0,40})(?<name>[A-Za-z_][\w.-]{0,127}(?::[\w.-]{1,127})?):[ \t]{1,8}/g,
    value: new RegExp(
      [
        ...QUOTED,
        String.raw`(?!["'\\[!|>&*])${FILLED_IN}${WORD}(?:[^\n"'\\]|["'](?=\w)|\\(?![n"']))+`,
      ].join("|"),
      "y",
    ),
    isSecret: isSecretField,
  },
];

/** The text with `[secret]` for what it gives to the names of secrets. */
export function maskAssigned(text: string): string {
  return FORMS.reduce(valuesMasked, text);
}

function valuesMasked(text: string, { key, value, isSecret }: Form): string {
  const parts: string[] = [];
  let done = 0;
  for (const match of text.matchAll(key)) {
    const { name = "", quote = "" } = match.groups ?? {};
    const start = match.index + match[0].length;
    if (match.index < done || !isSecret(name)) continue;
    value.lastIndex = start;
    const found = value.exec(text);
    if (found === null) continue;
    const [, ...groups]: readonly (string | undefined)[] = found;
    const opening = groups.find((group) => group !== undefined);
    const shown = opening === undefined ? `${quote}${SECRET}${quote}` : `${opening}${SECRET}`;
    parts.push(text.slice(done, start), shown);
    done = start + found[0].length;
  }
  return `${parts.join("")}${text.slice(done)}`;
}
