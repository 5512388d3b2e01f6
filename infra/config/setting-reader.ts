import { type SettingFault, stackFileName } from "../setting-fault";
import { type Check, type Checked, fail, pass } from "./checks";
import { ConfigError } from "./config-error";
import { unknownKeys } from "./unknown-keys";

/** The configuration of one stack as the engine hands it over. */
export interface RawConfig {
  /** Namespace of the project's own keys. */
  readonly project: string;
  readonly stack: string;
  /** `<namespace>:<key>` to text; lists and objects are JSON, an encrypted value may be a stand-in. */
  readonly values: Readonly<Record<string, string>>;
  readonly isEncrypted: (key: string) => boolean;
}

/** The values of checks by their names. */
export type CheckedValues<Checks> = {
  readonly [K in keyof Checks]: Checks[K] extends Check<infer T> ? T : never;
};

/** Reads the settings of a stack one after the other, and keeps every fault until conclude(). */
export class SettingReader {
  private readonly faults: SettingFault[];

  /** @param ownKeys names of the project's own settings; any other name is a fault */
  constructor(
    private readonly config: RawConfig,
    ownKeys: readonly string[],
  ) {
    this.faults = unknownKeys({ ...config, ownKeys }, Object.keys(config.values));
  }

  /** The value that the reader gives for a full key; undefined where it is at fault. */
  read<T>(key: string, reader: (key: string) => Checked<T>): T | undefined {
    const checked = reader(key);
    if (checked.ok) {
      return checked.value;
    }
    const file = stackFileName(this.config.stack);
    this.faults.push(
      ...checked.faults.map(({ path, ...rest }) => ({ ...rest, file, key: key + path })),
    );
    return undefined;
  }

  /**
   * A value that has to be readable in a preview, by its full key; `absent` is its value where the key is missing.
   */
  plain<T>(key: string, check: Check<T>, absent?: T): T | undefined {
    return this.read(key, () => this.checkPlain(key, check, absent));
  }

  /** The project's own plain settings, each by its check; undefined in place of those that are at fault. */
  own<Checks extends Readonly<Record<string, Check<unknown>>>>(
    checks: Checks,
  ): Partial<CheckedValues<Checks>> {
    return Object.fromEntries(
      Object.entries(checks).map(([key, check]) => [
        key,
        this.plain(`${this.config.project}:${key}`, check),
      ]),
    ) as Partial<CheckedValues<Checks>>;
  }

  /** Adds what settings say together that they must not. */
  refuse(...faults: readonly SettingFault[]): void {
    this.faults.push(...faults);
  }

  /** Throws one ConfigError with all faults, if there are any. */
  conclude(): void {
    if (this.faults.length > 0) {
      throw new ConfigError(this.faults);
    }
  }

  private checkPlain<T>(key: string, check: Check<T>, absent: T | undefined): Checked<T> {
    const command = `pulumi config set ${key} <value> --stack ${this.config.stack}`;
    if (this.config.isEncrypted(key)) {
      return fail(
        "[secret]",
        "must not be encrypted because it decides what the stack consists of",
        `run \`${command}\` without --secret`,
      );
    }
    const text = this.config.values[key];
    if (text !== undefined) {
      return check(text);
    }
    return absent !== undefined
      ? pass(absent)
      : fail("nothing", "must be set", `run \`${command}\``);
  }
}
