/** Sums of parts of a request may miss an integer by this much. */
const SLACK = 1e-9;

/** Counts the whole minutes in which more than the allowed share of requests missed the objective. */
export class ObjectiveMinutes {
  missed = 0;
  longest = 0;
  private run = 0;
  private requests = 0;
  private slow = 0;
  private endsAt = 60;

  constructor(private readonly allowedShare: number) {}

  /** Requests of a step that ends now, answered or lost, and those of them that missed the objective. */
  add(requests: number, slow: number, now: number): void {
    this.requests += requests;
    this.slow += slow;
    if (now < this.endsAt) {
      return;
    }
    const missed = this.slow > this.allowedShare * this.requests + SLACK;
    this.missed += missed ? 1 : 0;
    this.run = missed ? this.run + 1 : 0;
    this.longest = Math.max(this.longest, this.run);
    this.requests = 0;
    this.slow = 0;
    this.endsAt += 60;
  }
}
