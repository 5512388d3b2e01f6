import { excess, measure } from "./objective";
import { spreadSettings } from "./samples";
import { differences, keyOf, type Knob, neighbours, type Setting, type Settings } from "./settings";
import type { Candidate, TuneRequest } from "./tune-request";

/** A difference in cost below this share of the present cost is none: jitter of the runs is as large. */
const COST_STEP = 0.002;

/** Everything that was run so far, and what may be run next. */
export class Search {
  readonly #request: TuneRequest;
  readonly #known = new Map<string, Candidate>();
  #best: Candidate | undefined;

  public constructor(request: TuneRequest) {
    this.#request = request;
  }

  public get evaluated(): number {
    return this.#known.size;
  }

  /** How many more may be run. */
  public get left(): number {
    return this.#request.candidates - this.evaluated;
  }

  public get best(): Candidate {
    if (this.#best === undefined) throw new RangeError("nothing was run yet");
    return this.#best;
  }

  public find(settings: Settings): Candidate | undefined {
    return this.#known.get(keyOf(settings, this.#request.knobs));
  }

  /** The present settings are run whatever the limits say of them: they are what everything is compared with. */
  public async runPresent(): Promise<Candidate> {
    const { present } = this.#request;
    await this.#evaluate([present]);
    return this.best;
  }

  /** Runs what is allowed and new, as far as the number of candidates goes. */
  public async run(settings: readonly Settings[]): Promise<void> {
    const fresh = new Map<string, Settings>();
    for (const each of settings) {
      const key = keyOf(each, this.#request.knobs);
      if (!this.#known.has(key) && this.#allows(each)) fresh.set(key, each);
    }
    await this.#evaluate([...fresh.values()].slice(0, Math.max(0, this.left)));
  }

  /** So many allowed settings spread over all values; fewer where most are not allowed. */
  public spread(count: number): Settings[] {
    const { present, knobs, seed } = this.#request;
    const samples = spreadSettings(present, knobs, seed);
    const found: Settings[] = [];
    for (let tried = 0; found.length < count && tried < count * 20; tried += 1) {
      const { value } = samples.next();
      if (this.#allows(value)) found.push(value);
    }
    return found;
  }

  /** Every allowed settings that are one step away, or one knob back to its present value. */
  public movesFrom(settings: Settings): Settings[] {
    const { present, knobs } = this.#request;
    return knobs
      .flatMap((knob) => {
        const back = present[knob.name];
        const values = new Set([
          ...neighbours(knob, settings),
          ...(back === undefined ? [] : [back]),
        ]);
        values.delete(settings[knob.name] ?? "");
        return [...values].map((value) => ({ ...settings, [knob.name]: value }));
      })
      .filter((move) => this.#allows(move));
  }

  /** All moves at once that were better than where they came from; of several on one knob the best. */
  public combined(from: Candidate, moves: readonly Settings[]): Settings {
    const { knobs } = this.#request;
    const better = moves
      .flatMap((move) => this.find(move) ?? [])
      .filter((candidate) => this.#compare(candidate, from) < 0)
      .sort((one, other) => this.#compare(other, one));
    // The best comes last and so decides its knob.
    return better.reduce<Settings>((all, { settings }) => {
      const [knob] = differences(settings, from.settings, knobs);
      return knob === undefined ? all : { ...all, [knob.name]: settings[knob.name] ?? "" };
    }, from.settings);
  }

  /**
   * Up to three steps that save together with a step on another knob that comes closer to the objective, where they
   * promise to save in all: the most promising first, twice as many as a round of single steps has.
   */
  public exchanges(from: Candidate, moves: readonly Settings[]): Settings[] {
    const { knobs, objective } = this.#request;
    const now = measure(objective, from.outcome);
    const steps = moves.flatMap((move) => this.#stepOf(from, move) ?? []);
    const savings = steps
      .filter(({ usd }) => usd < 0)
      .flatMap((step) => farther(step, from.settings));
    return savings
      .flatMap((saving) =>
        steps
          .filter(({ knob, change }) => knob !== saving.knob && change < 0)
          .map((repair) => ({
            settings: {
              ...from.settings,
              [saving.knob.name]: saving.value,
              [repair.knob.name]: repair.value,
            },
            usd: saving.usd + repair.usd,
            far: Math.max(0, now + saving.change + repair.change - objective.atMost),
          })),
      )
      .filter(({ usd, settings }) => usd < 0 && this.#allows(settings))
      .sort((one, other) => one.far - other.far || one.usd - other.usd)
      .slice(0, 4 * knobs.length)
      .map(({ settings }) => settings);
  }

  #stepOf(from: Candidate, move: Settings): Step | undefined {
    const { knobs, objective } = this.#request;
    const outcome = this.find(move)?.outcome;
    const [knob] = differences(move, from.settings, knobs);
    const value = knob === undefined ? undefined : move[knob.name];
    if (outcome === undefined || knob === undefined || value === undefined) return undefined;
    return {
      knob,
      value,
      usd: outcome.usd - from.outcome.usd,
      change: measure(objective, outcome) - measure(objective, from.outcome),
    };
  }

  #allows(settings: Settings): boolean {
    return this.#request.faultsOf(settings).length === 0;
  }

  async #evaluate(settings: readonly Settings[]): Promise<void> {
    if (settings.length === 0) return;
    const { objective, evaluate, knobs, onProgress } = this.#request;
    const outcomes = await evaluate(settings);
    for (const [index, each] of settings.entries()) {
      const outcome = outcomes[index];
      if (outcome === undefined) throw new RangeError(`no outcome of settings ${String(index)}`);
      const candidate = { settings: each, outcome, meets: excess(objective, outcome) === 0 };
      this.#known.set(keyOf(each, knobs), candidate);
      if (this.#best === undefined || this.#compare(candidate, this.#best) < 0) {
        this.#best = candidate;
      }
    }
    onProgress?.(this.evaluated);
  }

  /** Negative where the one is better: closer to the objective, then cheaper, then with fewer changes. */
  #compare(one: Candidate, other: Candidate): number {
    const { objective, present, knobs } = this.#request;
    const far = (candidate: Candidate) => excess(objective, candidate.outcome);
    const changes = ({ settings }: Candidate) => differences(settings, present, knobs).length;
    return (
      far(one) - far(other) ||
      this.#costSteps(one) - this.#costSteps(other) ||
      changes(one) - changes(other)
    );
  }

  #costSteps({ outcome }: Candidate): number {
    const step = (this.find(this.#request.present)?.outcome.usd ?? outcome.usd) * COST_STEP;
    return step === 0 ? 0 : Math.round(outcome.usd / step);
  }
}

/** A change of one knob, and what it does alone. */
interface Step {
  readonly knob: Knob;
  readonly value: Setting;
  readonly usd: number;
  /** Of what the objective looks at; negative is better. */
  readonly change: number;
}

/** A step and the two beyond it, of which each is taken to do as much as the first. */
function farther(step: Step, from: Settings): Step[] {
  const { knob, value, usd, change } = step;
  const start = knob.values.indexOf(from[knob.name] ?? "");
  const end = knob.values.indexOf(value);
  return [1, 2, 3].flatMap((times) => {
    const beyond = knob.values[end + (times - 1) * (end - start)];
    return beyond === undefined
      ? []
      : { knob, value: beyond, usd: times * usd, change: times * change };
  });
}
