/**
 * Numbered things that fall due at a tick, each at most once at a time. Adding, removing and taking cost the
 * same however many wait.
 */
export class TimerWheel {
  private readonly heads: Int32Array;
  private next: Int32Array;
  private previous: Int32Array;
  /** Slot of each thing, or -1. */
  private slots: Int32Array;

  /** @param horizonTicks the farthest tick that is ever asked for, counted from the present one */
  constructor(horizonTicks: number) {
    this.heads = new Int32Array(horizonTicks + 2).fill(-1);
    this.next = new Int32Array(0);
    this.previous = new Int32Array(0);
    this.slots = new Int32Array(0);
  }

  /** Makes room for numbers below count. */
  reserve(count: number): void {
    if (count > this.slots.length) {
      this.next = grown(this.next, count);
      this.previous = grown(this.previous, count);
      const slots = new Int32Array(count).fill(-1);
      slots.set(this.slots);
      this.slots = slots;
    }
  }

  add(id: number, tick: number): void {
    this.remove(id);
    const slot = tick % this.heads.length;
    const head = this.heads[slot] ?? -1;
    this.next[id] = head;
    this.previous[id] = -1;
    if (head >= 0) {
      this.previous[head] = id;
    }
    this.heads[slot] = id;
    this.slots[id] = slot;
  }

  remove(id: number): void {
    const slot = this.slots[id] ?? -1;
    if (slot < 0) {
      return;
    }
    const next = this.next[id] ?? -1;
    const previous = this.previous[id] ?? -1;
    if (previous >= 0) {
      this.next[previous] = next;
    } else {
      this.heads[slot] = next;
    }
    if (next >= 0) {
      this.previous[next] = previous;
    }
    this.slots[id] = -1;
  }

  /** Takes one of the things that are due at the tick, or -1 when none is left. */
  take(tick: number): number {
    const id = this.heads[tick % this.heads.length] ?? -1;
    if (id >= 0) {
      this.remove(id);
    }
    return id;
  }
}

/** The same numbers with room for more. */
export function grown(array: Int32Array, length: number): Int32Array {
  const larger = new Int32Array(length);
  larger.set(array);
  return larger;
}
