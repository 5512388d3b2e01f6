import { createReadStream, statSync } from "node:fs";
import { basename } from "node:path";
import { pipeline } from "node:stream/promises";
import { CsvError, parse } from "csv-parse";
import type { Load } from "../../capacity/simulate/load";
import { InputFileError } from "../policy/json-file";
import { GENERATED_START } from "./generate-load";
import { countText, durationText } from "./quantities";
import { type Gap, resample, type Resampled, type Spacing, spacingOf } from "./resample";
import { TraceRows } from "./trace-rows";

/** A trace that was read, and what was done to it, in sentences. */
export interface Trace {
  readonly load: Load;
  readonly notes: readonly string[];
}

/** Times below are no dates but count from the start of the trace: ten years. */
const RELATIVE_BELOW = 3650 * 86_400;

/** Longest time without a row, over which a straight line or a constant may stand for traffic. */
const LONGEST_GAP_SECONDS = 86_400;

/** Largest share of a trace that straight lines may replace. */
const MOST_FILLED = 0.1;

/**
 * Reads a trace: CSV with a header, a column of times and one of requests, a row for each step. The file is read as a
 * stream; resample() says how rows of any distance become equal steps.
 *
 * @param onProgress called now and then with the share of the file that is read
 * @throws InputFileError with every fault and its line
 */
export async function readTraceFile(
  path: string,
  onProgress?: (share: number) => void,
): Promise<Trace> {
  const rows = new TraceRows();
  await readRecords(path, rows, onProgress);
  const { times, counts, lines } = rows.conclude();
  if (rows.faults.length > 0) throw new InputFileError(path, rows.faults);
  const spacing = spacingOf(times);
  const lineOf = ({ after }: Gap) => `line ${lines[after] ?? 0}`;
  // Before the rows are filled, which takes memory for all that is missing.
  checkGaps(path, spacing, times, lineOf);
  const resampled = resample({ times, counts }, spacing);
  const { stepSeconds, requests } = resampled;
  const first = times[0] ?? 0;
  return {
    load: {
      name: basename(path).replace(/\.csv$/i, ""),
      startsAt: first < RELATIVE_BELOW ? GENERATED_START + first : first,
      stepSeconds,
      requests,
    },
    notes: notesOf(resampled, lineOf),
  };
}

async function readRecords(
  path: string,
  rows: TraceRows,
  onProgress: ((share: number) => void) | undefined,
): Promise<void> {
  const enough = new Error("the rows so far tell what is wrong");
  const parser = parse({
    bom: true,
    comment: "#",
    delimiter: [",", ";", "\t"],
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
    on_record: (record: string[], { lines }) => {
      if (!rows.add(record, lines)) throw enough;
      return null;
    },
  });
  try {
    const { size } = statSync(path);
    const input = createReadStream(path, { highWaterMark: CHUNK_BYTES });
    input.on("data", () => onProgress?.(input.bytesRead / size));
    await pipeline(input, parser.resume());
  } catch (error) {
    if (error !== enough) throw new InputFileError(path, [faultOf(error)]);
  }
}

const CHUNK_BYTES = 1 << 18;

function faultOf(error: unknown): string {
  if (error instanceof CsvError) {
    const what = error.code.replace(/^CSV_/, "").replaceAll("_", " ").toLowerCase();
    return `line ${String(error["lines"])}: is no CSV: ${what}`;
  }
  const code = (error as NodeJS.ErrnoException).code ?? "unknown";
  return code === "ENOENT" ? "no such file" : `cannot be read (${code})`;
}

function checkGaps(
  path: string,
  { gaps, isRegular, rowSeconds }: Spacing,
  times: Float64Array,
  lineOf: (gap: Gap) => string,
): void {
  if (isRegular && rowSeconds > LONGEST_GAP_SECONDS) {
    const allowed = `may be ${durationText(LONGEST_GAP_SECONDS)} apart at most`;
    throw new InputFileError(path, [
      `got rows ${durationText(rowSeconds)} apart, ${allowed}; a scaling needs the course of a day`,
    ]);
  }
  const long = (isRegular ? gaps : distancesOf(times)).filter(
    ({ seconds }) => seconds > LONGEST_GAP_SECONDS,
  );
  const faults = long.map(
    (gap) =>
      `${lineOf(gap)}: got a gap of ${durationText(gap.seconds)} after it, may be ${durationText(LONGEST_GAP_SECONDS)} long at most; cut the file there`,
  );
  const whole = (times.at(-1) ?? 0) - (times[0] ?? 0) + rowSeconds;
  const missing = gaps.reduce((sum, { seconds }) => sum + seconds, 0);
  if (faults.length === 0 && missing > MOST_FILLED * whole) {
    const allowed = `may be ${MOST_FILLED * 100} % at most`;
    faults.push(
      `got gaps of ${durationText(missing)} in ${durationText(whole)}, ${allowed}; add the rows or cut the file`,
    );
  }
  if (faults.length > 0) throw new InputFileError(path, faults);
}

/** From each row to the next, where rows have no usual distance. */
function distancesOf(times: Float64Array): Gap[] {
  return Array.from(times.subarray(1), (time, after) => ({
    after,
    seconds: time - (times[after] ?? 0),
  }));
}

function notesOf(
  { gaps, isRegular, isResampled, rowSeconds, stepSeconds }: Resampled,
  lineOf: (gap: Gap) => string,
): string[] {
  const notes: string[] = [];
  const [first, ...others] = gaps;
  if (first !== undefined) {
    const longest = others.reduce((most, gap) => (gap.seconds > most.seconds ? gap : most), first);
    notes.push(
      `${countText(gaps.length, "gap")} filled in straight lines, the longest of ${durationText(longest.seconds)} after ${lineOf(longest)}`,
    );
  }
  if (isResampled) {
    const rows = isRegular
      ? `rows of ${durationText(rowSeconds)}`
      : `rows of uneven distances, ${durationText(rowSeconds)} in the middle, each counting until the next,`;
    notes.push(`${rows} brought to steps of ${durationText(stepSeconds)}`);
  }
  return notes;
}
