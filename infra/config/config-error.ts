import { renderFault, type SettingFault } from "../setting-fault";

/** Every fault of a stack's settings, one line each. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  readonly faults: readonly string[];

  constructor(faults: readonly SettingFault[]) {
    const lines = faults.map(renderFault);
    super(lines.join("\n"));
    this.faults = lines;
  }
}
