const SECONDS_PER_UNIT: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** Seconds of a text such as `90`, `90s`, `15m`, `2h` or `1.5d`; undefined for any other text. */
export function parseSeconds(text: string): number | undefined {
  const [, figure = "", unit = "s"] = /^(\d+(?:\.\d+)?)([smhd])?$/.exec(text) ?? [];
  const seconds = Number(figure) * (SECONDS_PER_UNIT[unit] ?? NaN);
  return figure !== "" && Number.isFinite(seconds) ? seconds : undefined;
}

/** Where a moment of a run is, counted from its start: `02:05:00`, and `1 day 02:05:00` after the first day. */
export function clockText(seconds: number): string {
  const whole = Math.round(seconds);
  const days = Math.floor(whole / 86_400);
  const pair = (value: number) => String(value).padStart(2, "0");
  const clock = [Math.floor(whole / 3600) % 24, Math.floor(whole / 60) % 60, whole % 60]
    .map(pair)
    .join(":");
  return days === 0 ? clock : `${countText(days, "day")} ${clock}`;
}

/** A length in its two largest units: `0.1 s`, `45 s`, `12 min`, `3 h 5 min`, `2 d 4 h`. */
export function durationText(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${figureText(seconds)} s`;
  const units: [number, string][] = [
    [Math.floor(whole / 86_400), "d"],
    [Math.floor(whole / 3600) % 24, "h"],
    [Math.floor(whole / 60) % 60, "min"],
    [whole % 60, "s"],
  ];
  const first = units.findIndex(([value]) => value > 0);
  return units
    .slice(first, first + 2)
    .filter(([value]) => value > 0)
    .map(([value, unit]) => `${value} ${unit}`)
    .join(" ");
}

/** `1 task`, `2 tasks`. */
export function countText(count: number, noun: string): string {
  return `${count} ${count === 1 ? noun : `${noun}s`}`;
}

/** A figure with as many digits as a reader needs: three that count, and thousands apart. */
export function figureText(value: number): string {
  if (value === 0) return "0";
  const size = Math.abs(value);
  const digits = size >= 100 ? 0 : Math.min(6, Math.max(0, 2 - Math.floor(Math.log10(size))));
  const [whole = "", fraction] = value.toFixed(digits).split(".");
  const kept = fraction?.replace(/0+$/, "") ?? "";
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ",")}${kept === "" ? "" : `.${kept}`}`;
}

/** A share as a percentage that never says 0 or 100 of what is not. */
export function percentText(part: number, whole: number): string {
  if (whole === 0 || part === 0) return "0 %";
  const percent = (100 * part) / whole;
  if (percent < 0.01) return "under 0.01 %";
  if (percent > 99.99 && part !== whole) return "over 99.99 %";
  return `${Number(percent.toFixed(percent < 10 ? 2 : 1))} %`;
}
