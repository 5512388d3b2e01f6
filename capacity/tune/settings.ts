/** A value of a setting; a list is its items joined by commas. */
export type Setting = number | string;

/** Values by the names of the settings. */
export type Settings = Readonly<Record<string, Setting>>;

/** A setting that is searched. */
export interface Knob {
  readonly name: string;
  /** From one end to the other, each once: what stands side by side is one step apart. */
  readonly values: readonly Setting[];
}

/** A text that is the same for the same values of the knobs. */
export function keyOf(settings: Settings, knobs: readonly Knob[]): string {
  return JSON.stringify(knobs.map(({ name }) => settings[name]));
}

/** Knobs on which two settings differ. */
export function differences(one: Settings, other: Settings, knobs: readonly Knob[]): Knob[] {
  return knobs.filter(({ name }) => one[name] !== other[name]);
}

/** The values of a knob one step to each side of its value in the settings; one at an end of the list. */
export function neighbours({ name, values }: Knob, settings: Settings): Setting[] {
  const index = values.findIndex((value) => value === settings[name]);
  return [values[index - 1], values[index + 1]].filter((value) => value !== undefined);
}
