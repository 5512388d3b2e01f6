import { inOneLine } from "../legible";

const NAMED: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
};

/** What would mark up text, and what would begin a heading, a list or a rule, as a character and nothing else. */
function entityOf(char: string): string {
  return NAMED[char] ?? `&#${String(char.charCodeAt(0))};`;
}

/** Parts a character from what GitHub would make of it together with the next one; it has no width. */
export const SEAM = "\u200B";

/**
 * GitHub mentions, refers to issues, links and draws emoji after Markdown is read, so that no escape of Markdown
 * keeps it from that.
 *
 * @see https://docs.github.com/en/get-started/writing-on-github/working-with-advanced-formatting/autolinked-references-and-urls
 */
const LINKING =
  /(?<=[@#])(?=\w)|(?<=\bGH-)(?=\d)|(?=:\/\/)|(?<=\bwww)(?=\.)|(?<=:)(?=[\w+-]{1,64}:)/gi;

/** Text that shows as it is, as Markdown in any place and within HTML: in a paragraph, a cell, a summary. */
export function escapeText(text: string): string {
  return inOneLine(text)
    .replace(LINKING, SEAM)
    .replace(/[&<>\\`*_[\]|~$]|(?<=^\s*)(?:[#+\-=]|\d(?=\d{0,8}[.)](?:\s|$)))/g, entityOf);
}

/** Text in a code span, whatever backticks it holds; as plain text where a table would split it. */
export function code(text: string): string {
  const line = inOneLine(text);
  if (line.trim() === "" || line.includes("|")) return escapeText(line);
  const fence = "`".repeat(longestRun(line) + 1);
  const room = /^[` ]|[` ]$/.test(line) ? " " : "";
  return `${fence}${room}${line}${room}${fence}`;
}

/** A fenced block whose text cannot end it. */
export function fenced(language: string, lines: readonly string[]): string {
  const fence = "`".repeat(Math.max(3, longestRun(lines.join("\n")) + 1));
  return [`${fence}${language}`, ...lines, fence].join("\n");
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}

/** The first characters of a text that is longer than so many, and how many more there are. */
export function clipped(text: string, most: number): string {
  if (text.length <= most) return text;
  const characters = Array.from(text);
  return characters.length <= most
    ? text
    : `${characters.slice(0, most).join("")}… (${String(characters.length - most)} more characters)`;
}

/** Longest name that is shown whole where room must be bounded. */
const NAME_LENGTH = 80;

/** The name of an environment or a resource in a code span, of bounded length. */
export function nameOf(name: string): string {
  return code(clipped(name, NAME_LENGTH));
}
