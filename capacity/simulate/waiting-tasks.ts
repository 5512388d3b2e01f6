/** Tasks in PROVISIONING, the oldest first, counted by the second at which they were created. */
export class WaitingTasks {
  count = 0;
  private counts: number[] = [];
  private times: number[] = [];
  private first = 0;

  /** Seconds at which the oldest was created, or Infinity. */
  get oldest(): number {
    return this.times[this.first] ?? Infinity;
  }

  add(count: number, now: number): void {
    this.counts.push(count);
    this.times.push(now);
    this.count += count;
  }

  /** Takes the oldest. */
  take(): void {
    const left = (this.counts[this.first] ?? 0) - 1;
    this.counts[this.first] = left;
    this.count -= 1;
    if (left === 0) {
      this.dropFirst();
    }
  }

  /** Drops the newest, at most so many; gives how many. */
  dropNewest(most: number): number {
    let left = Math.min(most, this.count);
    const dropped = left;
    while (left > 0) {
      const last = this.counts.length - 1;
      const step = Math.min(left, this.counts[last] ?? 0);
      this.counts[last] = (this.counts[last] ?? 0) - step;
      left -= step;
      if (this.counts[last] === 0) {
        this.counts.pop();
        this.times.pop();
      }
    }
    this.count -= dropped;
    return dropped;
  }

  /** Drops those created at a second or before. */
  expire(second: number): void {
    while (this.oldest <= second) {
      this.count -= this.counts[this.first] ?? 0;
      this.dropFirst();
    }
  }

  private dropFirst(): void {
    this.first += 1;
    if (this.first > 64 && 2 * this.first > this.counts.length) {
      this.counts = this.counts.slice(this.first);
      this.times = this.times.slice(this.first);
      this.first = 0;
    }
  }
}
