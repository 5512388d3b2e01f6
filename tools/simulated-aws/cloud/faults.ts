import { AwsError } from "./cloud";

/** What goes wrong on purpose. Operations are counted from 1 for each process that serves the account. */
export interface Faults {
  /** The creation with this number is refused: the service is not available. */
  readonly failCreate?: number;
  readonly failUpdate?: number;
  readonly failDelete?: number;
  /** The creation with this number never answers; the resource is not made. */
  readonly hangCreate?: number;
  /** The creation with this number makes the resource and never answers. */
  readonly loseCreate?: number;
  readonly hangUpdate?: number;
  readonly hangDelete?: number;
  /** Counts operations on this type alone. @default every type */
  readonly type?: string;
  /** True lets every deployment of a service fail and, with a circuit breaker, roll back. */
  readonly rollBack?: boolean;
  /** Each operation takes at least so long. @default 0 */
  readonly delayMilliseconds?: number;
}

type Operation = "create" | "update" | "delete";

const NUMBERED = {
  create: { fail: "failCreate", hang: "hangCreate", lose: "loseCreate" },
  update: { fail: "failUpdate", hang: "hangUpdate", lose: undefined },
  delete: { fail: "failDelete", hang: "hangDelete", lose: undefined },
} as const;

/** Lets the operations of one process go wrong as `faults` says. */
export class FaultInjection {
  private readonly counts: Record<Operation, number> = { create: 0, update: 0, delete: 0 };

  constructor(private readonly faults: Faults = {}) {}

  get rollsBack(): boolean {
    return this.faults.rollBack === true;
  }

  /**
   * Runs an operation, or what its fault leaves of it.
   *
   * @throws AwsError in the wording of a service that is not available
   */
  async around<T>(operation: Operation, type: string, run: () => Promise<T>): Promise<T> {
    const { type: counted = type, delayMilliseconds = 0 } = this.faults;
    if (delayMilliseconds > 0) {
      await new Promise((resolve) => setTimeout(resolve, delayMilliseconds));
    }
    if (counted !== type) {
      return run();
    }
    this.counts[operation] += 1;
    const number = this.counts[operation];
    const { fail, hang, lose } = NUMBERED[operation];
    if (this.faults[fail] === number) {
      throw new AwsError("ServiceUnavailable", "Service is unavailable. Please try again shortly.");
    }
    if (this.faults[hang] === number) {
      return never();
    }
    const result = await run();
    return lose !== undefined && this.faults[lose] === number ? never() : result;
  }
}

function never<T>(): Promise<T> {
  return new Promise<T>(() => undefined);
}
