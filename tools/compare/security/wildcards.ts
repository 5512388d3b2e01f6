/** Texts that IAM's patterns match: `*` stands for any characters, `?` for one, everything else for itself. */
export interface PatternSet {
  /** True for all texts but those that a pattern matches: NotAction, NotResource, NotPrincipal. */
  readonly negated: boolean;
  readonly patterns: readonly string[];
}

/** True where every text of `inner` is in `outer`; false where it is not, or where that takes too long to tell. */
export function containsTexts(outer: PatternSet, inner: PatternSet): boolean {
  const [one, other] = [outer.patterns, inner.patterns];
  if (outer.negated) {
    return inner.negated
      ? one.every((pattern) => covers(other, pattern))
      : one.every((pattern) => other.every((each) => !overlap(pattern, each)));
  }
  return inner.negated
    ? covers([...one, ...other], "*")
    : other.every((pattern) => covers(one, pattern));
}

/**
 * True where each text that `inner` matches is matched by one of the `outer` patterns as well. The
 * patterns are walked as automata; past MOST_STATES the answer is false, which claims nothing.
 */
export function covers(outer: readonly string[], inner: string): boolean {
  if (outer.includes(inner) || outer.includes("*")) {
    return true;
  }
  const walk = new Walk(outer);
  const start = walk.closure(walk.starts);
  const open: (readonly [place: number, states: readonly number[]])[] = [[0, start]];
  const seen = new Set<string>();
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [place, states] = next;
    const key = `${place} ${states.join()}`;
    if (seen.has(key) || walk.acceptsAnything(states)) {
      continue;
    }
    if (seen.size === MOST_STATES) {
      return false;
    }
    seen.add(key);
    const token = inner[place];
    if (token === undefined) {
      if (!walk.accepts(states)) {
        return false;
      }
      continue;
    }
    if (token === "*") {
      open.push([place + 1, states]);
    }
    const after = token === "*" ? place : place + 1;
    const letters = token === "*" || token === "?" ? walk.letters : [token];
    open.push(...letters.map((letter) => [after, walk.step(states, letter)] as const));
  }
  return true;
}

/** True where a text exists that both patterns match. */
export function overlap(one: string, other: string): boolean {
  const seen = new Set<number>();
  const open: (readonly [number, number])[] = [[0, 0]];
  const width = other.length + 1;
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [i, j] = next;
    if (seen.has(i * width + j)) {
      continue;
    }
    seen.add(i * width + j);
    const [a, b] = [one[i], other[j]];
    if (a === undefined && b === undefined) {
      return true;
    }
    if (a === "*") {
      open.push([i + 1, j], ...(b === undefined ? [] : [[i, j + 1] as const]));
    }
    if (b === "*") {
      open.push([i, j + 1], ...(a === undefined ? [] : [[i + 1, j] as const]));
    }
    const bothConsume = a !== undefined && b !== undefined && a !== "*" && b !== "*";
    if (bothConsume && (a === b || a === "?" || b === "?")) {
      open.push([i + 1, j + 1]);
    }
  }
  return false;
}

const MOST_STATES = 20_000;
/** Ends a pattern; no text of a policy has it. */
const END = "\u0000";
/** Stands for every letter that no pattern names. */
const OTHER_LETTER = "\u0001";

/** The patterns as one automaton, a state for each place in one of them. */
class Walk {
  readonly starts: readonly number[];
  readonly letters: readonly string[];
  private readonly tokens: string;

  constructor(patterns: readonly string[]) {
    this.tokens = patterns.map((pattern) => pattern + END).join("");
    let start = 0;
    this.starts = patterns.map((pattern) => {
      const own = start;
      start += pattern.length + 1;
      return own;
    });
    const literals = new Set(this.tokens);
    [END, "*", "?"].forEach((token) => literals.delete(token));
    this.letters = [...literals, OTHER_LETTER];
  }

  /** The states with those that are reached without a letter, sorted. */
  closure(states: Iterable<number>): readonly number[] {
    const all = new Set<number>();
    for (const state of states) {
      let place = state;
      all.add(place);
      while (this.tokens[place] === "*") {
        place += 1;
        all.add(place);
      }
    }
    return [...all].sort((a, b) => a - b);
  }

  step(states: readonly number[], letter: string): readonly number[] {
    return this.closure(
      states.flatMap((state) => {
        const token = this.tokens[state];
        return token === "*" ? [state] : token === "?" || token === letter ? [state + 1] : [];
      }),
    );
  }

  accepts(states: readonly number[]): boolean {
    return states.some((state) => this.tokens[state] === END);
  }

  acceptsAnything(states: readonly number[]): boolean {
    return states.some((state) => this.tokens[state] === "*" && this.tokens[state + 1] === END);
  }
}
