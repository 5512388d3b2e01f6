import type { Knob, Setting, Settings } from "./settings";

/**
 * Settings spread evenly over all that the knobs allow: an additive recurrence with the powers of the generalised
 * golden ratio, which leaves no cluster and no gap at any count. The seed moves its start.
 *
 * @see M. Roberts, The unreasonable effectiveness of quasirandom sequences (2018)
 */
export function* spreadSettings(
  present: Settings,
  knobs: readonly Knob[],
  seed: number,
): Generator<Settings, never> {
  const ratio = goldenRatio(knobs.length);
  const steps = knobs.map((_, index) => ratio ** -(index + 1));
  const start = (seed * GOLDEN_RATIO) % 1;
  for (let sample = 1; ; sample += 1) {
    const chosen = knobs.map(({ name, values }, index): [string, Setting | undefined] => {
      const point = (start + 0.5 + sample * (steps[index] ?? 0)) % 1;
      return [name, values[Math.floor(point * values.length)] ?? present[name]];
    });
    yield { ...present, ...(Object.fromEntries(chosen) as Settings) };
  }
}

const GOLDEN_RATIO = (1 + Math.sqrt(5)) / 2;

/** The root above 1 of x^(dimensions + 1) = x + 1, by its fixed point; 40 rounds are exact to a double. */
function goldenRatio(dimensions: number): number {
  let root = 2;
  for (let round = 0; round < 40; round += 1) root = (1 + root) ** (1 / (dimensions + 1));
  return root;
}
