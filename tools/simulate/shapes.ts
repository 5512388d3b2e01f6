/** What a shape is drawn between; rates in requests a second. */
export interface ShapeSettings {
  readonly base: number;
  readonly peak: number;
  /** Length of the whole load. */
  readonly seconds: number;
  /** The shape's own settings in their units. */
  readonly own: Readonly<Record<string, number>>;
}

/** A setting of a shape and what it may be. */
export interface ShapeParameter {
  readonly kind: "seconds" | "hour" | "share";
  /** In the unit of its kind, or as a share of the load's length. */
  readonly fallback: number | { readonly ofLength: number };
  readonly meaning: string;
}

/** A form of traffic that a formula gives. */
export interface Shape {
  readonly meaning: string;
  readonly days: number;
  /** Relative deviation of the minutes where nothing is said. */
  readonly noise: number;
  readonly parameters: Readonly<Record<string, ShapeParameter>>;
  /** Requests a second at a moment. */
  readonly rate: (second: number, settings: ShapeSettings) => number;
}

const DAY = 86_400;

const at = (ofLength: number, meaning: string): ShapeParameter => ({
  kind: "seconds",
  fallback: { ofLength },
  meaning,
});
const seconds = (fallback: number, meaning: string): ShapeParameter => ({
  kind: "seconds",
  fallback,
  meaning,
});
const hour: ShapeParameter = { kind: "hour", fallback: 14, meaning: "hour of the peak, UTC" };

function between({ base, peak }: ShapeSettings, share: number): number {
  return base + (peak - base) * Math.min(1, Math.max(0, share));
}

function setting({ own }: ShapeSettings, name: string): number {
  const value = own[name];
  if (value === undefined) throw new RangeError(`the shape has no setting ${name}`);
  return value;
}

/** A cosine over the day, highest at the hour of the peak. */
function daily(second: number, settings: ShapeSettings): number {
  const angle = (2 * Math.PI * (second - setting(settings, "hour") * 3600)) / DAY;
  return between(settings, (1 + Math.cos(angle)) / 2);
}

/** The named forms of traffic. */
export const shapes = {
  constant: {
    meaning: "the peak all the time",
    days: 1,
    noise: 0,
    parameters: {},
    rate: (_second, { peak }) => peak,
  },
  step: {
    meaning: "the base, then the peak at once and to the end",
    days: 1,
    noise: 0,
    parameters: { at: at(0.25, "when it begins") },
    rate: (second, settings) => (second < setting(settings, "at") ? settings.base : settings.peak),
  },
  ramp: {
    meaning: "a straight line from the base to the peak, then the peak",
    days: 1,
    noise: 0,
    parameters: {
      at: at(0.25, "when it begins"),
      rise: at(0.25, "how long it rises"),
    },
    rate: (second, settings) =>
      between(settings, (second - setting(settings, "at")) / setting(settings, "rise")),
  },
  daily: {
    meaning: "a cosine over the day",
    days: 1,
    noise: 0,
    parameters: { hour },
    rate: daily,
  },
  weekly: {
    meaning: "a cosine over the day, lower on Saturday and Sunday",
    days: 7,
    noise: 0,
    parameters: {
      hour,
      weekend: { kind: "share", fallback: 0.6, meaning: "share of the traffic on a weekend day" },
    },
    rate: (second, settings) =>
      daily(second, settings) * (isWeekend(second) ? setting(settings, "weekend") : 1),
  },
  "flash-crowd": {
    meaning: "the base, a steep rise to the peak, and a decay back to the base",
    days: 1,
    noise: 0,
    parameters: {
      at: at(0.5, "when it begins"),
      rise: seconds(120, "how long it rises"),
      hold: seconds(1200, "how long it stays"),
      decay: seconds(1800, "time in which it falls to 37 % of its height"),
    },
    rate: flashCrowd,
  },
  sawtooth: {
    meaning: "a straight line from the base to the peak, and down at once, over and over",
    days: 1,
    noise: 0,
    parameters: { period: seconds(4 * 3600, "length of a tooth") },
    rate: (second, settings) => {
      const period = setting(settings, "period");
      return between(settings, (second % period) / period);
    },
  },
  noise: {
    meaning: "half the peak, uneven from minute to minute",
    days: 1,
    noise: 0.3,
    parameters: {},
    rate: (_second, { peak }) => peak / 2,
  },
} as const satisfies Readonly<Record<string, Shape>>;

/** Loads of the shapes begin on a Monday. */
function isWeekend(second: number): boolean {
  return Math.floor(second / DAY) % 7 >= 5;
}

function flashCrowd(second: number, settings: ShapeSettings): number {
  const since = second - setting(settings, "at");
  const rise = setting(settings, "rise");
  if (since < rise) return between(settings, since / rise);
  const falling = Math.max(0, since - rise - setting(settings, "hold"));
  return between(settings, Math.exp(-falling / setting(settings, "decay")));
}
