import { type Reason, reasonsFor } from "./reasons";
import { Search } from "./search";
import type { Candidate, TuneRequest } from "./tune-request";

/** What a search found. */
export interface TuneResult {
  readonly present: Candidate;
  /** The cheapest that meets the objective; where none does, the one that comes closest. */
  readonly best: Candidate;
  readonly evaluated: number;
  /** False where the search ended by its number of candidates and a neighbour of the best was left out. */
  readonly converged: boolean;
  /** One for each knob, in their order. */
  readonly reasons: readonly Reason[];
}

/** Share of the candidates that is spread over everything before the search goes from the best to its neighbours. */
const SPREAD_SHARE = 0.3;

/**
 * Searches settings: first spread over all values, then from the best to its neighbours, each knob by one step or
 * back to its present value, and all steps that helped at once; where no step helps, by a step that saves together
 * with one that makes up for it, until none of these helps either. Of equals the one with fewer
 * changes is better, so nothing is changed for nothing. Deterministic: neither the clock nor the number of workers
 * decides anything.
 */
export async function tune(request: TuneRequest): Promise<TuneResult> {
  const search = new Search(request);
  const present = await search.runPresent();
  await search.run(search.spread(Math.ceil(request.candidates * SPREAD_SHARE)));
  let converged = false;
  while (!converged && search.left > 0) {
    const { best } = search;
    const moves = search.movesFrom(best.settings);
    await search.run(moves);
    await search.run([search.combined(best, moves)]);
    if (search.best !== best) continue;
    const exchanges = search.exchanges(best, moves);
    await search.run(exchanges);
    const tried = [...moves, ...exchanges];
    converged = search.best === best && tried.every((move) => search.find(move) !== undefined);
  }
  const { best } = search;
  return {
    present,
    best,
    evaluated: search.evaluated,
    converged,
    reasons: reasonsFor(best, request, (settings) => search.find(settings)),
  };
}
