/** Counted requests: a row counts those from its time on. Times rise strictly. */
export interface CountedRows {
  /** Seconds. */
  readonly times: Float64Array;
  readonly counts: Float64Array;
}

/** Time without a row between two rows of equal steps. */
export interface Gap {
  /** Index of the row before it. */
  readonly after: number;
  readonly seconds: number;
}

/** How far rows are apart. */
export interface Spacing {
  /** Usual distance of two rows. */
  readonly rowSeconds: number;
  /** True where the rows have equal distances; then longer ones are gaps. */
  readonly isRegular: boolean;
  readonly gaps: readonly Gap[];
}

export interface Resampled extends Spacing {
  readonly stepSeconds: number;
  readonly requests: Float64Array;
  /** True where the steps are not the rows themselves. */
  readonly isResampled: boolean;
}

/** Longest step of a load: what a minute's metrics see. */
const LONGEST_STEP = 60;

/** Rows are regular where this share of their distances is the usual one, give or take a tenth. */
const REGULAR_SHARE = 0.8;

/** Measures the distances of rows, without filling anything. */
export function spacingOf(times: Float64Array): Spacing {
  const rowSeconds = median(distances(times));
  const isRegular = shareNear(times, rowSeconds) >= REGULAR_SHARE;
  const gaps: Gap[] = [];
  if (isRegular) {
    missingRows(times, rowSeconds).forEach((count, after) => {
      if (count > 0) gaps.push({ after, seconds: count * rowSeconds });
    });
  }
  return { rowSeconds, isRegular, gaps };
}

/**
 * Brings rows of any distance to equal steps of at most a minute, and loses no request.
 *
 * Rows of equal distance: where some are missing, their counts are taken from a straight line over the gap. Other
 * rows count until the next one. A row's requests are spread over its time: evenly, and where that is longer than a
 * minute in straight lines between the middles of the rows, so that half an hour's count makes no stairs.
 */
export function resample(rows: CountedRows, spacing = spacingOf(rows.times)): Resampled {
  const { rowSeconds, gaps } = spacing;
  const whole = gaps.length > 0 ? fillGaps(rows, rowSeconds) : rows;
  const stepSeconds = Math.min(LONGEST_STEP, Math.max(1, Math.round(rowSeconds)));
  if (stepSeconds === rowSeconds && isEven(whole.times, rowSeconds)) {
    const requests = whole.counts;
    return { ...spacing, stepSeconds, requests, isResampled: false };
  }
  const requests = spread(whole, rowSeconds, stepSeconds);
  return { ...spacing, stepSeconds, requests, isResampled: true };
}

function distances(times: Float64Array): Float64Array {
  return times.subarray(1).map((time, index) => time - (times[index] ?? 0));
}

function median(values: Float64Array): number {
  return values.slice().sort()[values.length >> 1] ?? 0;
}

function shareNear(times: Float64Array, usual: number): number {
  const all = distances(times);
  const near = all.reduce((count, each) => count + Number(Math.abs(each - usual) <= usual / 10), 0);
  return near / all.length;
}

function isEven(times: Float64Array, step: number): boolean {
  return distances(times).every((distance) => distance === step);
}

/** How many rows are missing after each row but the last. */
function missingRows(times: Float64Array, step: number): Float64Array {
  return distances(times).map((distance) => Math.max(0, Math.round(distance / step) - 1));
}

function fillGaps({ times, counts }: CountedRows, step: number): CountedRows {
  const missing = missingRows(times, step);
  const length = times.length + missing.reduce((sum, count) => sum + count, 0);
  const whole = { times: new Float64Array(length), counts: new Float64Array(length) };
  let filled = 0;
  times.forEach((time, row) => {
    whole.times[filled] = time;
    whole.counts[filled] = counts[row] ?? 0;
    filled += 1;
    const between = missing[row] ?? 0;
    if (between === 0) return;
    const next = { time: times[row + 1] ?? 0, count: counts[row + 1] ?? 0 };
    for (let nth = 1; nth <= between; nth += 1, filled += 1) {
      const share = nth / (between + 1);
      whole.times[filled] = time + share * (next.time - time);
      whole.counts[filled] = (counts[row] ?? 0) + share * (next.count - (counts[row] ?? 0));
    }
  });
  return whole;
}

function spread({ times, counts }: CountedRows, lastSeconds: number, step: number): Float64Array {
  const first = times[0] ?? 0;
  const startOf = (row: number) => (times[row] ?? 0) - first;
  const endOf = (row: number) =>
    row + 1 < times.length ? startOf(row + 1) : startOf(row) + lastSeconds;
  const middleOf = (row: number) => (startOf(row) + endOf(row)) / 2;
  const rateOf = (row: number) => (counts[row] ?? 0) / (endOf(row) - startOf(row));
  const steps = Math.max(1, Math.ceil(endOf(times.length - 1) / step - 1e-9));
  const requests = new Float64Array(steps);

  /** Rate on the straight line between the middles of a row and its neighbour. */
  const drawn = (second: number, row: number) => {
    const other = second < middleOf(row) ? row - 1 : row + 1;
    if (other < 0 || other >= times.length) return rateOf(row);
    const share = (second - middleOf(row)) / (middleOf(other) - middleOf(row));
    return rateOf(row) + share * (rateOf(other) - rateOf(row));
  };
  times.forEach((_, row) => {
    const [start, end] = [startOf(row), endOf(row)];
    const isLong = end - start > LONGEST_STEP;
    const pieces: [number, number][] = [];
    let total = 0;
    for (let cell = Math.floor(start / step); cell < steps && cell * step < end; cell += 1) {
      const from = Math.max(start, cell * step);
      const seconds = Math.min(end, (cell + 1) * step) - from;
      const weight = seconds * (isLong ? drawn(from + seconds / 2, row) : 1);
      pieces.push([cell, weight]);
      total += weight;
    }
    for (const [cell, weight] of pieces) {
      const share = total > 0 ? weight / total : 1 / pieces.length;
      requests[cell] = (requests[cell] ?? 0) + (counts[row] ?? 0) * share;
    }
  });
  return requests;
}
