/** Text with its variables replaced, and what stood in the way. */
export interface Interpolated {
  readonly text: string;
  readonly faults: readonly string[];
}

const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*/;
const OPERATOR = /^:?[-+?]/;

/**
 * Replaces `$NAME` and `${NAME…}` as Compose does in an empty environment: a default is used, `$$` is a dollar sign,
 * and a variable without a default is a fault, because a deployment must not depend on the shell that starts it.
 * @see https://github.com/compose-spec/compose-spec/blob/main/12-interpolation.md
 */
export function interpolate(source: string): Interpolated {
  const faults: string[] = [];
  let text = "";
  let rest = source;
  for (;;) {
    const dollar = rest.indexOf("$");
    if (dollar === -1) return { text: text + rest, faults };
    text += rest.slice(0, dollar);
    const expression = readExpression(rest.slice(dollar + 1));
    text += expression.text;
    faults.push(...expression.faults);
    rest = rest.slice(dollar + 1 + expression.length);
  }
}

interface Expression extends Interpolated {
  /** Characters that the expression takes after its dollar sign. */
  readonly length: number;
}

function readExpression(after: string): Expression {
  if (after.startsWith("$")) return { text: "$", faults: [], length: 1 };
  const bare = VARIABLE.exec(after)?.[0];
  if (bare !== undefined) return { text: "", faults: [unset(bare)], length: bare.length };
  if (after.startsWith("{")) return readBraced(after);
  return { text: "", faults: ["has a lone $; write $$ for a dollar sign"], length: 0 };
}

function readBraced(after: string): Expression {
  const end = closingBrace(after);
  const body = after.slice(1, end);
  const length = end + 1;
  const name = VARIABLE.exec(body)?.[0];
  const operation = body.slice(name?.length ?? 0);
  const operator = OPERATOR.exec(operation)?.[0] ?? "";
  if (end === -1 || name === undefined || (operator === "" && operation !== "")) {
    const shown = end === -1 ? `$${after}` : `\${${body}}`;
    const message = `has ${shown}, which is no variable; write \${NAME:-default}, or $$ for a dollar sign`;
    return { text: "", faults: [message], length: end === -1 ? after.length : length };
  }
  const operand = operation.slice(operator.length);
  if (operator.endsWith("-")) return { ...interpolate(operand), length };
  // Compose replaces `${NAME:+text}` by nothing where NAME is not set.
  if (operator.endsWith("+")) return { text: "", faults: [], length };
  return { text: "", faults: [unset(name)], length };
}

/** Index of the brace that closes the one at the start, or -1; braces of a nested variable count. */
function closingBrace(text: string): number {
  let open = 0;
  for (let index = 0; index < text.length; index += 1) {
    if (text[index] === "{") open += 1;
    if (text[index] === "}") open -= 1;
    if (open === 0) return index;
  }
  return -1;
}

function unset(name: string): string {
  return `takes ${name} from the shell, which a deployment does not have; write \${${name}:-default} or the value itself`;
}
