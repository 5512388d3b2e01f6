/** Words of a command line, or why Compose would not run it as it is written. */
export type ShellWords =
  | { readonly kind: "words"; readonly words: readonly string[] }
  | { readonly kind: "fault"; readonly message: string };

/** What only a shell understands; Compose splits a command into words and runs the first one. */
const SHELL_ONLY = new Set([";", "&", "|", "<", ">", "(", ")", "`"]);

/**
 * Splits a `command` or `entrypoint` that is written as text, as Compose does: blanks separate words, quotes and
 * backslashes keep a word together, and no shell takes part. Compose silently drops everything after an operator
 * such as `&&`, so here an operator is a fault.
 * @see https://github.com/compose-spec/compose-spec/blob/main/05-services.md#command
 */
export function splitShellWords(line: string): ShellWords {
  const words: string[] = [];
  let word: string | undefined;
  let quote: string | undefined;
  let escaped = false;
  for (const character of line) {
    if (escaped) {
      word = (word ?? "") + character;
      escaped = false;
    } else if (character === "\\" && quote !== "'") {
      escaped = true;
    } else if (quote !== undefined) {
      if (character === quote) quote = undefined;
      else word = (word ?? "") + character;
    } else if (character === '"' || character === "'") {
      quote = character;
      word ??= "";
    } else if (" \t\r\n".includes(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (SHELL_ONLY.has(character)) {
      return { kind: "fault", message: shellOnly(character) };
    } else {
      word = (word ?? "") + character;
    }
  }
  if (quote !== undefined) return { kind: "fault", message: `has a ${quote} that is never closed` };
  if (escaped) return { kind: "fault", message: "ends in a backslash that escapes nothing" };
  if (word !== undefined) words.push(word);
  return { kind: "words", words };
}

function shellOnly(character: string): string {
  return `has ${character} outside of quotes, which only a shell understands; quote it or write the list [sh, -c, ...]`;
}
