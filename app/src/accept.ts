/**
 * True where a client prefers JSON to HTML by its Accept header, RFC 9110 section 12.5.1.
 * HTML wins a tie, so that a browser, `*\/*` and a missing header all get the page.
 */
export function prefersJson(accept: string | undefined): boolean {
  if (accept === undefined) return false;
  const ranges = accept.split(",").map(parseRange);
  return qualityOf("application/json", ranges) > qualityOf("text/html", ranges);
}

interface MediaRange {
  readonly range: string;
  readonly quality: number;
}

function parseRange(element: string): MediaRange {
  const [range = "", ...parameters] = element.split(";").map((part) => part.trim().toLowerCase());
  const weight = parameters.find((parameter) => parameter.startsWith("q="))?.slice(2) ?? "1";
  // A weight that breaks the grammar asks for nothing.
  return { range, quality: /^(0(\.\d{0,3})?|1(\.0{0,3})?)$/.test(weight) ? Number(weight) : 0 };
}

/** The quality of the most specific range that covers `mediaType`, 0 to 1. */
function qualityOf(mediaType: string, ranges: readonly MediaRange[]): number {
  const wildcard = `${mediaType.slice(0, mediaType.indexOf("/"))}/*`;
  for (const candidate of [mediaType, wildcard, "*/*"]) {
    const match = ranges.find(({ range }) => range === candidate);
    if (match !== undefined) return match.quality;
  }
  return 0;
}
