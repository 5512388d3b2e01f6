import { distance } from "fastest-levenshtein";

/** `; did you mean 'x'?` for the candidate that is nearest to a misspelt word, or an empty text. */
export function hint(word: string, candidates: readonly string[]): string {
  const near = candidates
    .map((candidate) => ({
      candidate,
      edits: distance(word.toLowerCase(), candidate.toLowerCase()),
    }))
    .filter(({ candidate, edits }) => edits <= Math.max(2, Math.floor(candidate.length / 3)))
    .sort((a, b) => a.edits - b.edits)[0];
  return near === undefined ? "" : `; did you mean '${near.candidate}'?`;
}
