/** What a run has where nothing is said: also the day that the preview shows. */
export const usualRun = { scale: 1, seed: 1, tickSeconds: 10 } as const;
