import { hint } from "../preview/hint";
import { parseSeconds } from "./quantities";
import type { Shape, ShapeParameter, ShapeSettings } from "./shapes";

/** What a shape is drawn with. */
export interface ShapeArgument {
  readonly settings: ShapeSettings;
  readonly noise: number;
}

/** Share of the peak that the base is where nothing is said. */
const USUAL_BASE = 0.2;

/**
 * Reads the settings of a shape from `peak=4000,base=10%,at=2h`.
 *
 * @param peak requests a second where the text names none
 * @param faults takes a line for everything that is wrong
 */
export function parseShapeArgument(
  shape: Shape,
  text: string,
  { peak, seconds }: { readonly peak: number; readonly seconds: number },
  faults: string[],
): ShapeArgument {
  const given = readPairs(text, Object.keys(shape.parameters), faults);
  const read = (name: string, rule: string, parse: (text: string) => number | undefined) => {
    const written = given.get(name);
    if (written === undefined) return undefined;
    const value = parse(written);
    if (value === undefined) faults.push(`${name}: got '${written}', must be ${rule}`);
    return value;
  };
  const highest = read("peak", "requests a second, 0 or more", parseFigure) ?? peak;
  const lowest =
    read("base", "requests a second, or a share of the peak such as 20%", (written) =>
      parseShare(written, highest, parseFigure),
    ) ?? USUAL_BASE * highest;
  const noise = read("noise", "a relative deviation from 0 to 1", parseUpToOne) ?? shape.noise;
  const own = Object.fromEntries(
    Object.entries(shape.parameters).map(([name, parameter]) => {
      const { rule, parse } = kinds[parameter.kind];
      const value = read(name, rule, (written) => parse(written, seconds));
      return [name, value ?? fallbackOf(parameter, seconds)];
    }),
  );
  return { settings: { peak: highest, base: lowest, seconds, own }, noise };
}

function readPairs(text: string, own: readonly string[], faults: string[]): Map<string, string> {
  const known = ["peak", "base", "noise", ...own];
  const given = new Map<string, string>();
  for (const pair of text === "" ? [] : text.split(",")) {
    const [name = "", value] = pair.split("=");
    if (value === undefined || value === "") {
      faults.push(`got '${pair}', must be a setting such as peak=4000`);
      continue;
    }
    if (!known.includes(name)) {
      faults.push(`${name}: is none of ${known.join(", ")}${hint(name, known)}`);
    } else if (given.has(name)) {
      faults.push(`${name}: is given twice; keep one`);
    }
    given.set(name, value);
  }
  return given;
}

const kinds: Readonly<
  Record<
    ShapeParameter["kind"],
    { rule: string; parse: (text: string, seconds: number) => number | undefined }
  >
> = {
  seconds: {
    rule: "a time above 0 such as 90, 15m or 2h, or a share of the length such as 25%",
    parse: (text, seconds) => {
      const value = parseShare(text, seconds, parseSeconds);
      return value === 0 ? undefined : value;
    },
  },
  hour: {
    rule: "an hour from 0 to 24",
    parse: (text) => {
      const value = parseFigure(text);
      return value === undefined || value > 24 ? undefined : value;
    },
  },
  share: { rule: "a share from 0 to 1", parse: parseUpToOne },
};

function fallbackOf({ fallback }: ShapeParameter, seconds: number): number {
  return typeof fallback === "number" ? fallback : fallback.ofLength * seconds;
}

function parseFigure(text: string): number | undefined {
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
}

function parseUpToOne(text: string): number | undefined {
  const value = parseFigure(text);
  return value === undefined || value > 1 ? undefined : value;
}

function parseShare(
  text: string,
  whole: number,
  parse: (text: string) => number | undefined,
): number | undefined {
  if (!text.endsWith("%")) return parse(text);
  const percent = parseFigure(text.slice(0, -1));
  return percent === undefined ? undefined : (percent / 100) * whole;
}
