import { stackFileName } from "../setting-fault";
import { defaultTags, email, region } from "./aws-values";
import { type Check, type Checked, fail, pass } from "./checks";
import { ConfigError } from "./config-error";
import { plainSettings, type PlainSettings, SECRET_SETTING } from "./settings";
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

/** Every setting of a stack, checked by itself. */
export interface Settings extends PlainSettings {
  readonly region: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly notifiesByEmail: boolean;
}

/** Reads and checks every setting. Throws one ConfigError with all faults. */
export function readSettings(config: RawConfig): Settings {
  const faults = unknownKeys(config, Object.keys(config.values));
  const read = <T>(key: string, reader: (key: string) => Checked<T>): T | undefined => {
    const checked = reader(key);
    if (checked.ok) {
      return checked.value;
    }
    const file = stackFileName(config.stack);
    faults.push(...checked.faults.map(({ path, ...rest }) => ({ ...rest, file, key: key + path })));
    return undefined;
  };
  const settings = {
    ...Object.fromEntries(
      Object.entries<Check<unknown>>(plainSettings).map(([key, check]) => [
        key,
        read(`${config.project}:${key}`, plain(config, check)),
      ]),
    ),
    region: read("aws:region", plain(config, region)),
    tags: read("aws:defaultTags", plain(config, defaultTags, {})),
    notifiesByEmail: read(`${config.project}:${SECRET_SETTING}`, emailIsSet(config)),
  };
  if (faults.length > 0) {
    throw new ConfigError(faults);
  }
  return settings as Settings;
}

/** Reads a setting that has to be readable in a preview; `absent` is its value where the key is missing. */
function plain<T>(config: RawConfig, check: Check<T>, absent?: T): (key: string) => Checked<T> {
  return (key) => {
    const command = `pulumi config set ${key} <value> --stack ${config.stack}`;
    if (config.isEncrypted(key)) {
      return fail(
        "[secret]",
        "must not be encrypted because it decides what the stack consists of",
        `run \`${command}\` without --secret`,
      );
    }
    const text = config.values[key];
    if (text !== undefined) {
      return check(text);
    }
    return absent !== undefined
      ? pass(absent)
      : fail("nothing", "must be set", `run \`${command}\``);
  };
}

/** An encrypted address counts as set: its text is not for this program to read. */
function emailIsSet(config: RawConfig): (key: string) => Checked<boolean> {
  return (key) => {
    const text = config.values[key] ?? "";
    if (config.isEncrypted(key)) {
      return pass(true);
    }
    const checked = text === "" ? pass(text) : email(text);
    return checked.ok ? pass(text !== "") : checked;
  };
}
