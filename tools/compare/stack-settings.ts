import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { qualifiedKey } from "../preview/config-declarations";
import { isRecord } from "../preview/config-values";
import { SECRET } from "../preview/graph";
import type { StackFiles } from "../preview/stack-files";
import { YamlFile } from "../preview/yaml-file";
import type { Setting } from "./stack-side";

/**
 * Every configured value of a stack by its full key, for a comparison.
 *
 * @param directory where the file of the stack is
 * @param stack whose file the encrypted values are from
 */
export function stackSettings(
  directory: string,
  { project, config, secretKeys }: StackFiles,
  stack: string,
): Readonly<Record<string, Setting>> {
  const encrypted = secretKeys.length > 0 ? encryptedValues(directory, stack, project) : {};
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => [
      key,
      secretKeys.includes(key)
        ? { value: SECRET, fingerprint: fingerprintOf(encrypted[key]) }
        : { value, fingerprint: undefined },
    ]),
  );
}

function encryptedValues(
  directory: string,
  stack: string,
  project: string,
): Readonly<Record<string, unknown>> {
  const name = [`Pulumi.${stack}.yaml`, `Pulumi.${stack}.yml`].find((file) =>
    existsSync(join(directory, file)),
  );
  const file = name === undefined ? undefined : new YamlFile(directory, name);
  const whole: unknown = file?.value(file.root);
  const config = isRecord(whole) && isRecord(whole["config"]) ? whole["config"] : {};
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => [qualifiedKey(key, project), value]),
  );
}

/** A hash of the encrypted form, which has random bits of its own: it cannot be guessed from the value. */
function fingerprintOf(value: unknown): string {
  return createHash("sha256")
    .update(JSON.stringify(value ?? null))
    .digest("hex")
    .slice(0, 16);
}
