import type { EngineCommand } from "./engine-commands";
import { SandboxError } from "./sandbox-error";

/** Options of the CLI with which it asks nothing: pkg/cmd/pulumi/operations of pulumi/pulumi. */
const ASKS_NOTHING = /^(?:--(?:yes|skip-preview|preview-only|help)(?:=true)?|-[yfh]+)$/;

/**
 * Refuses a command that the CLI would ask a person to confirm, where it can ask nobody.
 *
 * @param options the CLI's, as a person has given them
 * @param canAsk true at a terminal
 * @throws SandboxError that names the option --yes
 */
export function refuseUnasked(
  { name, needsConsent }: EngineCommand,
  stack: string,
  options: readonly string[],
  canAsk: boolean,
): void {
  const isAsked = canAsk && !options.includes("--non-interactive");
  if (needsConsent && !isAsked && !options.some((option) => ASKS_NOTHING.test(option))) {
    throw new SandboxError(
      `\`${name}\` asks before it changes the stack, and here is no terminal to ask at; say yes with \`npm run sandbox -- ${name} ${stack} --yes\``,
    );
  }
}
