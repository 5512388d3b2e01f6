/** Results by what they were made from, for as long as the process that runs the tests lives. */
export class Once<T extends object> {
  private readonly made = new Map<string, Promise<T>>();

  /** The result for `key`, made the first time and frozen, because many tests read the same one. */
  get(key: unknown, make: () => Promise<T>): Promise<T> {
    const text = JSON.stringify(key);
    const known = this.made.get(text) ?? make().then(frozen);
    this.made.set(text, known);
    return known;
  }
}

function frozen<T extends object>(value: T): T {
  for (const part of Object.values(value) as unknown[]) {
    if (typeof part === "object" && part !== null && !Object.isFrozen(part)) frozen(part);
  }
  return Object.freeze(value);
}
