const MOST_LETTERS = 56;

/** The text on one line, and cut where it is too long for a node. */
export function shortened(text: string): string {
  const letters = Array.from(text.replace(/[\p{C}\s]+/gu, " ").trim());
  return letters.length > MOST_LETTERS
    ? `${letters.slice(0, MOST_LETTERS - 1).join("")}…`
    : letters.join("");
}
