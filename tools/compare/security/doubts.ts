/**
 * What an answer depends on that the preview does not know, for a person: `the port of TargetGroup web`.
 * Empty for a certain yes, undefined for a certain no.
 */
export type Doubts = readonly string[] | undefined;

/** What has to hold all together. */
export function allOf(...answers: readonly Doubts[]): Doubts {
  return answers.some((doubts) => doubts === undefined)
    ? undefined
    : [...new Set(answers.flatMap((doubts) => doubts ?? []))];
}

/** What one of is enough: the surest answer, or the doubts of all that may hold. */
export function anyOf(...answers: readonly Doubts[]): Doubts {
  const possible = answers.filter((doubts) => doubts !== undefined);
  if (possible.length === 0) {
    return undefined;
  }
  return possible.some((doubts) => doubts.length === 0) ? [] : [...new Set(possible.flat())];
}
