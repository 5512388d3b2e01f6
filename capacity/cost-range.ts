/** A figure at three loads: nobody uses the stack, everyday, and all that it may scale to. */
export interface CostRange {
  readonly minimum: number;
  readonly steady: number;
  readonly worst: number;
}

/** The same figure at every load. */
export function always(figure: number): CostRange {
  return { minimum: figure, steady: figure, worst: figure };
}

/** Each figure times the factor. */
export function scale(range: CostRange, factor: number): CostRange {
  return multiply(range, always(factor));
}

/** Load by load. */
export function multiply(one: CostRange, other: CostRange): CostRange {
  return {
    minimum: one.minimum * other.minimum,
    steady: one.steady * other.steady,
    worst: one.worst * other.worst,
  };
}

/** Load by load; zero for no range at all. */
export function sum(ranges: readonly CostRange[]): CostRange {
  return ranges.reduce(
    (total, range) => ({
      minimum: total.minimum + range.minimum,
      steady: total.steady + range.steady,
      worst: total.worst + range.worst,
    }),
    always(0),
  );
}

/** Each figure rounded to so many decimals. */
export function round(range: CostRange, decimals: number): CostRange {
  const factor = 10 ** decimals;
  const rounded = (figure: number) => Math.round(figure * factor) / factor;
  return {
    minimum: rounded(range.minimum),
    steady: rounded(range.steady),
    worst: rounded(range.worst),
  };
}

/** US dollars in cents, so that figures that are shown add up to the sum that is shown. */
export function wholeCents(usd: CostRange): CostRange {
  return round(usd, 2);
}
