import { createHmac, randomBytes } from "node:crypto";
import type { Json } from "../preview/graph";
import { UNKNOWN } from "../preview/graph";
import { sortedKeys } from "../preview/sorted-keys";

/** Digests of secret inputs by their path, by the URN of their resource. */
export type SecretDigests = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Stands for the digest of what is made of a value that is encrypted in a stack's file. */
export const ENCRYPTED = "encrypted";

/** By this name the process that records the other side inherits the key. */
const KEY = "COMPARISON_SECRETS_KEY";

/**
 * Gives this process, and those that it starts from now on, one new key for the digests of secrets. It is
 * random and written nowhere, so that a digest that got out could not be tried against guesses, and two
 * comparisons of the same secret have nothing in common. Without a key nothing is digested.
 */
export function shareSecretsKey(environment: NodeJS.ProcessEnv = process.env): void {
  environment[KEY] = randomBytes(32).toString("hex");
}

/** Collects the digests of what a program marks as secret. */
export class SecretDigester {
  private readonly found: Record<string, Record<string, string>> = {};
  private readonly key: string | undefined;

  constructor(environment: NodeJS.ProcessEnv = process.env) {
    this.key = environment[KEY];
  }

  /** Takes a secret input; one that is encrypted in a stack's file is not known, and has no digest of its own. */
  note(urn: string, path: string, value: Json): void {
    if (this.key === undefined) return;
    const digest = createHmac("sha256", this.key).update(JSON.stringify(value, sortedKeys));
    this.found[urn] = {
      ...this.found[urn],
      [path]: value === UNKNOWN ? ENCRYPTED : digest.digest("hex"),
    };
  }

  /** Undefined where nothing could be digested. */
  get digests(): SecretDigests | undefined {
    return this.key === undefined ? undefined : this.found;
  }
}

/**
 * The digests that are the same in two made-up accounts: of the program's own values, and of nothing that
 * AWS assigns.
 */
export function ownSecrets(
  one: SecretDigests | undefined,
  other: SecretDigests | undefined,
): SecretDigests | undefined {
  if (one === undefined || other === undefined) return undefined;
  return Object.fromEntries(
    Object.entries(one).flatMap(([urn, digests]) => {
      const own = Object.entries(digests).filter(([path, digest]) => other[urn]?.[path] === digest);
      return own.length === 0 ? [] : [[urn, Object.fromEntries(own)]];
    }),
  );
}
