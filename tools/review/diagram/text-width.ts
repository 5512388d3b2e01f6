/**
 * Width of a text in a sans-serif font that the reader's machine chooses: of the usual ones the widest, so
 * that a box that is made for it holds it everywhere.
 *
 * @param size of the font, in the unit of the answer
 */
export function textWidth(text: string, size: number, { isBold = false } = {}): number {
  const ems = Array.from(text).reduce((sum, letter) => sum + widthOf(letter), 0);
  return ems * size * (isBold ? 1.1 : 1);
}

/** In em, from the metrics of DejaVu Sans and Verdana. */
function widthOf(letter: string): number {
  if (/[\u0300-\u036f]/.test(letter)) {
    return 0;
  }
  if ((letter.codePointAt(0) ?? 0) >= 0x1100) {
    return 1.05;
  }
  return /[ .,:;'!|()ijlIft[\]/\\-]/.test(letter)
    ? 0.46
    : /[MWmw%@→+~=<>…]/.test(letter)
      ? 1
      : /\p{Lu}/u.test(letter)
        ? 0.78
        : 0.645;
}
