import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Document } from "yaml";
import { parse, parseDocument } from "yaml";
import type { Environment } from "../preview/screen";
import type { StackFiles } from "../preview/stack-files";
import type { SandboxFolder } from "./sandbox-folder";
import { SandboxError } from "./sandbox-error";

/** The settings that a stack runs with in the sandbox. */
export interface StackCopy {
  /** Path of the copy, which the CLI reads and writes. */
  readonly file: string;
  /** Variables with the passphrase of the values that the user has encrypted; none where there are none. */
  readonly passphrase: Readonly<Record<string, string>> | undefined;
}

/** What the stack file and the command line say. */
export interface StackCopySource {
  /** The user's stack file; it is only read. */
  readonly stackFile: string;
  readonly files: StackFiles;
  /** Values of the command line by key, which win over the file's. */
  readonly overrides: ReadonlyMap<string, string>;
  readonly environment: Environment;
}

/** Keys of a stack file that say how its secrets are encrypted. */
const ENCRYPTION_KEYS = ["secretsprovider", "encryptedkey", "encryptionsalt"];

/**
 * Copies a stack file into the sandbox, where the CLI may write the stack's encryption into it. A
 * stack with encrypted values keeps its passphrase; any other is encrypted with an empty one.
 *
 * @throws SandboxError for encrypted values that cannot be decrypted without a cloud or a passphrase
 */
export function copyStackFile(folder: SandboxFolder, source: StackCopySource): StackCopy {
  const { stackFile, files, overrides } = source;
  const document = parseDocument(readFileSync(stackFile, "utf8"));
  for (const [key, value] of overrides) {
    // The short form of the project's own keys means the same.
    document.deleteIn(["config", key.replace(`${files.project}:`, "")]);
    document.setIn(["config", key], /^[[{]/.test(value) ? (parse(value) as unknown) : value);
  }
  const encrypted = files.secretKeys.filter((key) => !overrides.has(key));
  const passphrase = encrypted.length > 0 ? passphraseFor(document, encrypted, source) : undefined;
  if (passphrase === undefined) {
    ENCRYPTION_KEYS.forEach((key) => document.delete(key));
    const salt = saltOf(join(folder.newStacks, `Pulumi.${files.stack}.yaml`));
    if (salt !== undefined) {
      document.set("encryptionsalt", salt);
    }
  }
  const file = join(folder.config, `Pulumi.${files.stack}.yaml`);
  writeFileSync(file, document.toString(), { mode: 0o600 });
  return { file, passphrase };
}

function passphraseFor(
  document: Document,
  encrypted: readonly string[],
  { stackFile, environment }: StackCopySource,
): Record<string, string> {
  const keys = encrypted.join(", ");
  const replace = `or replace what is encrypted: ${encrypted.map((key) => `--config ${key}=…`).join(" ")}`;
  const provider = document.get("secretsprovider");
  if (document.get("encryptionsalt") === undefined) {
    const by = typeof provider === "string" ? provider : "Pulumi Cloud";
    throw new SandboxError(
      `${stackFile}: ${keys} is encrypted by ${by}, which the sandbox does not reach; ${replace.slice(3)}`,
    );
  }
  for (const name of ["PULUMI_CONFIG_PASSPHRASE", "PULUMI_CONFIG_PASSPHRASE_FILE"]) {
    const value = environment[name];
    if (value !== undefined) {
      return { [name]: value };
    }
  }
  throw new SandboxError(
    `missing passphrase: ${stackFile} has ${keys} encrypted with one; set PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE, ${replace}`,
  );
}

/** The salt that the CLI made when it created the stack. */
function saltOf(file: string): string | undefined {
  if (!existsSync(file)) {
    return undefined;
  }
  const { encryptionsalt } = (parse(readFileSync(file, "utf8")) ?? {}) as {
    encryptionsalt?: string;
  };
  return encryptionsalt;
}

/**
 * Reads `key=value` of the command line; a key without a namespace is the project's own.
 *
 * @throws SandboxError for texts of another form
 */
export function readOverrides(texts: readonly string[], project: string): Map<string, string> {
  return new Map(
    texts.map((text) => {
      const [, key = "", value = ""] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
      if (key === "") {
        throw new SandboxError(
          `--config got ${JSON.stringify(text)}; write <key>=<value>, for example --config minTasks=2`,
        );
      }
      return [key.includes(":") ? key : `${project}:${key}`, value];
    }),
  );
}
