import { renderFault, type SettingFault, stackFileName } from "../setting-fault";
import type { StackConfig } from "../stack-config";

/** What the settings of a stack are found by. */
export type SettingsOf = Pick<StackConfig, "project" | "stack">;

/** Every contradiction of a stack's settings, one line each. */
export class PlanError extends Error {
  override readonly name = "PlanError";
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(faults.join("\n"));
    this.faults = faults;
  }
}

/** Collects the faults of all parts of a plan, so that one run shows them all. */
export class PlanFaults {
  readonly #settings: SettingsOf;
  readonly #lines: string[] = [];

  constructor(settings: SettingsOf) {
    this.#settings = settings;
  }

  /** A setting that collides with others; `key` is its name without the project. */
  setting(key: string, fault: Omit<SettingFault, "file" | "key">): void {
    const { project, stack } = this.#settings;
    this.#lines.push(
      renderFault({ file: stackFileName(stack), key: `${project}:${key}`, ...fault }),
    );
  }

  /** Something in another file, for example the Compose file, or the stack's own name. */
  elsewhere(fault: SettingFault): void {
    this.#lines.push(renderFault(fault));
  }

  get lines(): readonly string[] {
    return this.#lines;
  }
}
