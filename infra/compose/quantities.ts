const NANOSECONDS: Readonly<Record<string, number>> = {
  us: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
};

const DURATION = /^(?:(?:\d+(?:\.\d*)?|\.\d+)(?:us|ms|s|m|h))+$/;
const DURATION_PART = /(\d+(?:\.\d*)?|\.\d+)(us|ms|s|m|h)/g;

/**
 * Reads a Compose duration such as `1m30s`, `2.5s`, `500ms` or `0`.
 * @returns seconds, with a fraction where the text has one; undefined where it is no duration.
 * @see https://github.com/compose-spec/compose-spec/blob/main/11-extension.md#specifying-durations
 */
export function parseDurationSeconds(text: string): number | undefined {
  if (text === "0") return 0;
  if (!DURATION.test(text)) return undefined;
  let nanoseconds = 0;
  for (const [, amount, unit] of text.matchAll(DURATION_PART)) {
    nanoseconds += Math.round(Number(amount) * (NANOSECONDS[unit ?? ""] ?? 0));
  }
  return nanoseconds / 1e9;
}

const BYTES_PER_UNIT: Readonly<Record<string, number>> = {
  "": 1,
  b: 1,
  k: 2 ** 10,
  m: 2 ** 20,
  g: 2 ** 30,
  t: 2 ** 40,
  p: 2 ** 50,
};

const BYTE_SIZE = /^(\d+(?:\.\d*)?|\.\d+) ?(b|([kmgtp])(?:i?b)?)?$/i;

/**
 * Reads a Compose byte size such as `512M`, `1.5gb`, `64 kib` or `1048576`; every unit is binary.
 * @returns whole bytes, a fraction of a byte cut off; undefined where the text is no byte size.
 * @see https://github.com/compose-spec/compose-spec/blob/main/11-extension.md#specifying-byte-values
 */
export function parseByteSize(text: string): number | undefined {
  const match = BYTE_SIZE.exec(text);
  if (match === null) return undefined;
  const unit = (match[3] ?? match[2] ?? "").toLowerCase();
  return Math.floor(Number(match[1]) * (BYTES_PER_UNIT[unit] ?? 1));
}
