/** What is wrong with one setting, in the parts that every message has. */
export interface SettingFault {
  /** File in which to put it right. */
  readonly file: string;
  /** Name of the setting as that file spells it. */
  readonly key: string;
  /** The value, as the file could show it; `nothing` for a missing one, `[secret]` for an encrypted one. */
  readonly got: string;
  /** What is allowed, or what the value collides with. */
  readonly rule: string;
  readonly remedy: string;
}

/** One line: `<file>: <key>: got <value>, <rule>; <remedy>`. */
export function renderFault({ file, key, got, rule, remedy }: SettingFault): string {
  return `${file}: ${key}: got ${got}, ${rule}; ${remedy}`;
}

/** Name of the file that holds a stack's values. */
export function stackFileName(stack: string): string {
  return `Pulumi.${stack}.yaml`;
}
