import { nearest } from "../../policies/nearest";

/** `; did you mean 'x'?` for the candidate that is nearest to a misspelt word in any case, or an empty text. */
export function hint(word: string, candidates: readonly string[]): string {
  const near = nearest(
    word.toLowerCase(),
    candidates.map((candidate) => candidate.toLowerCase()),
  );
  const meant = candidates.find((candidate) => candidate.toLowerCase() === near);
  return meant === undefined ? "" : `; did you mean '${meant}'?`;
}
