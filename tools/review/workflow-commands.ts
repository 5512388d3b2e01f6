/**
 * What a process under GitHub Actions writes to its output for the runner.
 *
 * @see https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
 */
export function workflowCommand(
  name: string,
  properties: Readonly<Record<string, string | number>>,
  message: string,
): string {
  const pairs = Object.entries(properties).map(([key, value]) => `${key}=${property(value)}`);
  return `::${[name, ...(pairs.length === 0 ? [] : [pairs.join(",")])].join(" ")}::${data(message)}\n`;
}

/**
 * Text in which the runner looks for no command, whatever stands in it.
 *
 * @param token a word that does not occur in the text
 */
export function withoutCommands(text: string, token: string): string {
  const end = text === "" || text.endsWith("\n") ? "" : "\n";
  return `::stop-commands::${token}\n${text}${end}::${token}::\n`;
}

/** As @actions/core escapes them. */
function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(value: string | number): string {
  return data(String(value)).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
