import type { SearchReport } from "./search-stack";

/** What a search found, for other programs; without the load, which they have. */
export function renderJson({ experiment, ...report }: SearchReport): string {
  const { load, seeds, tickSeconds, events, prices } = experiment;
  return `${JSON.stringify(
    {
      load: { name: load.name, startsAt: load.startsAt, stepSeconds: load.stepSeconds },
      seeds,
      tickSeconds,
      events,
      pricedRegion: prices.region,
      ...report,
    },
    undefined,
    2,
  )}\n`;
}
