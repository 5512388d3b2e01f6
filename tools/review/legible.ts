/**
 * Characters that act instead of showing: they would move a terminal's cursor, turn the direction of a
 * line so that it reads as another one, or hide in a name. Line ends and tabs are what they seem.
 *
 * @see https://trojansource.codes
 */
const ACTING =
  // eslint-disable-next-line no-control-regex -- these are the characters in question
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u00AD\u061C\u180E\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/** The text with its line ends drawn, so that it cannot look like several lines of a report. */
export function inOneLine(text: string): string {
  return text.replaceAll("\n", " ↵ ");
}

/** The text with each character that acts or cannot be seen written out, for example `\u{1b}`. */
export function legible(text: string): string {
  return text.replace(ACTING, (char) => `\\u{${char.charCodeAt(0).toString(16)}}`);
}
