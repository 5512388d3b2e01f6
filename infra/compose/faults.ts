/** One thing that is wrong with the Compose file or with what it names. */
export interface ContainerFault {
  /** Path of the Compose file as configured. */
  readonly file: string;
  /** Counted from one; undefined where no line is to blame, as with a missing file. */
  readonly line: number | undefined;
  /** Counted from one. */
  readonly column: number | undefined;
  /** Path of the key, for example `services.app.stop_grace_period`; empty where no key is to blame. */
  readonly key: string;
  /** Value got, what is allowed, what to do. */
  readonly message: string;
}

/** Everything that keeps a Compose file from becoming an ECS container; the message has one line a fault. */
export class ContainerError extends Error {
  override readonly name = "ContainerError";
  readonly faults: readonly ContainerFault[];

  /** @param faults at least one, in any order; kept in the order of the file. */
  constructor(faults: readonly ContainerFault[]) {
    const ordered = [...faults].sort(
      (a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0),
    );
    super(ordered.map(renderFault).join("\n"));
    this.faults = ordered;
  }
}

function renderFault({ file, line, key, message }: ContainerFault): string {
  const place = line === undefined ? file : `${file}:${line}`;
  return [place, key, message].filter((part) => part !== "").join(": ");
}
