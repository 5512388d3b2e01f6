import { defaultTags, email, region } from "./aws-values";
import { type Checked, pass } from "./checks";
import { type RawConfig, SettingReader } from "./setting-reader";
import { plainSettings, type PlainSettings, SECRET_SETTING } from "./settings";

/** Every setting of a stack, checked by itself. */
export interface Settings extends PlainSettings {
  readonly region: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly notifiesByEmail: boolean;
}

/** Reads and checks every setting. Throws one ConfigError with all faults. */
export function readSettings(config: RawConfig): Settings {
  const reader = new SettingReader(config, [...Object.keys(plainSettings), SECRET_SETTING]);
  const settings = {
    ...reader.own(plainSettings),
    region: reader.plain("aws:region", region),
    tags: reader.plain("aws:defaultTags", defaultTags, {}),
    notifiesByEmail: reader.read(`${config.project}:${SECRET_SETTING}`, emailIsSet(config)),
  };
  reader.conclude();
  return settings as Settings;
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
