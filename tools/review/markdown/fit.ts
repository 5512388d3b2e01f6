/** What a part of the comment is about. */
export type PartKind =
  | "head"
  | "summary"
  | "destruction"
  | "exposure"
  | "loosening"
  | "failure"
  | "environment"
  | "resources"
  | "settings"
  | "security"
  | "limits"
  | "scaling"
  | "cost"
  | "policies"
  | "outputs"
  | "diagram"
  | "foot";

/** A part of the comment, in forms from the whole to the smallest; an empty form is no part at all. */
export interface Part {
  readonly kind: PartKind;
  /** The environment that it is about; undefined for what is about all. */
  readonly stack: string | undefined;
  readonly forms: readonly [string, ...string[]];
}

/** What was left out, in words, and of which environments. */
export interface Omission {
  readonly what: string;
  readonly stacks: readonly string[];
}

/** What has a long form, which goes before whole sections do, and shorter ones. */
const CAUTIONS = [
  { kind: "destruction", what: "the names of some destructive changes" },
  { kind: "exposure", what: "the names of some openings" },
  { kind: "loosening", what: "the names of some looser limits" },
] as const;

/**
 * What gives way, in this order, until the comment is short enough; of one kind the longest part first.
 * What a reviewer must see is last and never goes as a whole.
 */
const STEPS: readonly { readonly kind: PartKind; readonly form: number; readonly what: string }[] =
  [
    { kind: "diagram", form: 1, what: "the diagram" },
    { kind: "resources", form: 1, what: "the inputs of what is created" },
    { kind: "resources", form: 2, what: "the properties that differ" },
    { kind: "outputs", form: 1, what: "the outputs" },
    { kind: "cost", form: 1, what: "the lines of the cost" },
    { kind: "scaling", form: 1, what: "the figures of scaling" },
    { kind: "settings", form: 1, what: "the settings" },
    { kind: "policies", form: 1, what: "what the policies found" },
    { kind: "resources", form: 3, what: "the names of many resources" },
    { kind: "security", form: 1, what: "the table of security" },
    { kind: "limits", form: 1, what: "the table of limits" },
    ...CAUTIONS.map(({ kind, what }) => ({ kind, form: 1, what })),
    { kind: "resources", form: 4, what: "the resources that change" },
    { kind: "policies", form: 2, what: "the policies" },
    { kind: "environment", form: 1, what: "the section" },
    ...[1, 2].flatMap((form) => [
      { kind: "failure" as const, form, what: "the end of long failures" },
      ...CAUTIONS.map(({ kind, what }) => ({ kind, form: form + 1, what })),
      { kind: "summary" as const, form, what: "rows of the table" },
    ]),
  ];

/** Between two parts stands an empty line. */
const GAP = "\n\n";

/**
 * The parts as one text of at most `limit` UTF-16 units, by giving way in a fixed order; the note about what is
 * left out stands before the first part of `noteBefore`, or at the end.
 *
 * @param noteOf a text for what is left out; none for an empty list
 * @throws RangeError where even the smallest forms are longer
 */
export function fit(
  parts: readonly Part[],
  noteOf: (omissions: readonly Omission[]) => string,
  limit: number,
): string {
  const shown = parts.map(({ forms }) => forms[0]);
  const omissions: { readonly what: string; readonly stacks: string[] }[] = [];
  let size = shown.reduce((sum, text) => sum + sizeOf(text), 0);
  const isLong = (): boolean => size + sizeOf(noteOf(omissions)) > limit;

  for (const { kind, form, what } of isLong() ? STEPS : []) {
    const candidates = parts
      .map((part, index) => ({ ...part, index, length: shown[index]?.length ?? 0 }))
      .filter((part) => part.kind === kind && part.length > 0 && part.forms[form] !== undefined)
      .sort((a, b) => b.length - a.length || a.index - b.index);
    for (const { forms, index, stack } of candidates) {
      if (!isLong()) break;
      const [text, smaller = ""] = [shown[index] ?? "", forms[form]];
      if (smaller === text) continue;
      size += sizeOf(smaller) - sizeOf(text);
      shown[index] = smaller;
      const known = omissions.find((omission) => omission.what === what);
      const stacks = known?.stacks ?? [];
      if (known === undefined) omissions.push({ what, stacks });
      if (stack !== undefined) stacks.push(stack);
    }
  }
  if (isLong()) throw new RangeError(`no comment of ${String(limit)} characters is possible`);
  return joined(parts, shown, noteOf(omissions));
}

/** What must be seen stands before the note, the environments behind it. */
const ABOVE: readonly PartKind[] = [
  "head",
  "summary",
  "destruction",
  "exposure",
  "loosening",
  "failure",
];

function joined(parts: readonly Part[], shown: readonly string[], note: string): string {
  const which = (isAbove: boolean) =>
    shown.filter((_, index) => ABOVE.includes(parts[index]?.kind ?? "foot") === isAbove);
  const texts = [...which(true), note, ...which(false)].filter((text) => text !== "");
  return `${texts.join(GAP)}\n`;
}

function sizeOf(text: string): number {
  return text === "" ? 0 : text.length + GAP.length;
}
