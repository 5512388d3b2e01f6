import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isMap, isScalar, isSeq, LineCounter, parseDocument } from "yaml";
import type { Node, Pair } from "yaml";
import { didYouMean } from "./nearest";
import type { Waiver } from "./waivers";

/** What is wrong in the file of waivers: one line a fault, `file:line: message`. */
export class WaiversError extends Error {
  override readonly name = "WaiversError";
}

/** The pack's own file. */
const FILE = { path: join(__dirname, "waivers.yaml"), name: "policies/waivers.yaml" };

/**
 * Reads the waivers that stand beside the pack.
 * @param policies names that a waiver may have
 * @throws WaiversError with everything that is wrong in the file
 */
export function loadWaivers(policies: readonly string[], file = FILE): readonly Waiver[] {
  let text: string;
  try {
    text = readFileSync(file.path, "utf8");
  } catch (error) {
    throw new WaiversError(
      `${file.name}: cannot be read (${(error as NodeJS.ErrnoException).code ?? "unknown"}), must be there; for no waivers write 'waivers: []'`,
    );
  }
  return readWaivers(text, file.name, policies);
}

/**
 * Reads waivers from a text in YAML: a key `waivers` with a list.
 * @param file name for messages
 * @throws WaiversError with everything that is wrong, each with its line
 */
export function readWaivers(
  text: string,
  file: string,
  policies: readonly string[],
): readonly Waiver[] {
  return new WaiversFile(text, file, policies).read();
}

const KEYS = ["policy", "name", "urn", "environment", "owner", "reason", "expires"];

type Fields = ReadonlyMap<string, { readonly text: string; readonly line: number }>;

class WaiversFile {
  private readonly faults: { readonly line: number; readonly message: string }[] = [];
  private readonly lines = new LineCounter();

  constructor(
    private readonly text: string,
    private readonly file: string,
    private readonly policies: readonly string[],
  ) {}

  read(): readonly Waiver[] {
    const document = parseDocument(this.text, { lineCounter: this.lines, prettyErrors: false });
    for (const { message, pos } of document.errors) {
      this.fault(this.lines.linePos(pos[0]).line, `broken YAML: ${message}`);
    }
    const waivers =
      document.errors.length > 0 ? [] : this.entriesOf(document.contents).map(this.waiver);
    if (this.faults.length > 0) {
      throw new WaiversError(
        [...this.faults]
          .sort((a, b) => a.line - b.line)
          .map(({ line, message }) => `${this.file}:${String(line)}: ${message}`)
          .join("\n"),
      );
    }
    return waivers.flat();
  }

  private entriesOf(root: Node | null): readonly Node[] {
    const pairs = isMap<Node, Node | null>(root) ? root.items : [];
    for (const { key } of pairs.filter((pair) => String(pair.key) !== "waivers")) {
      this.fault(this.lineOf(key), `${String(key)}: is no key of this file, which has 'waivers'`);
    }
    const list = pairs.find(({ key }) => String(key) === "waivers")?.value;
    if (list !== undefined && isSeq<Node>(list)) {
      return list.items;
    }
    if (pairs.length === 0 || list !== undefined) {
      this.fault(
        this.lineOf(list ?? root),
        "waivers: got no list, must be one; for no waivers write 'waivers: []'",
      );
    }
    return [];
  }

  /** One waiver, or none where something is wrong with it. */
  private readonly waiver = (node: Node): readonly Waiver[] => {
    const before = this.faults.length;
    const line = this.lineOf(node);
    if (!isMap<Node, Node | null>(node)) {
      this.fault(line, `a waiver: got no map, must have the keys ${KEYS.join(", ")}`);
      return [];
    }
    const fields = this.fieldsOf(node.items);
    const need = (key: string, what: string): string => {
      const field = fields.get(key);
      if (field === undefined) {
        this.fault(line, `${key}: got nothing, must be ${what}`);
      }
      return field?.text ?? "";
    };
    const policy = need("policy", "the name of a policy");
    const environment = need("environment", "the name of a stack, for example dev");
    const owner = need("owner", "who answers for the waiver, for example a team or an address");
    const reason = need("reason", "why the violation is accepted");
    const expires = need("expires", "the last day of the waiver, YYYY-MM-DD");
    const target = this.targetOf(fields, line);
    this.checkPolicy(policy, fields);
    if (expires !== "" && !isDay(expires)) {
      const at = fields.get("expires")?.line ?? line;
      this.fault(at, `expires: got '${expires}', must be a day, YYYY-MM-DD`);
    }
    if (this.faults.length > before || target === undefined) {
      return [];
    }
    const place = `${this.file}:${String(line)}`;
    return [{ policy, target, environment, owner, reason, expires, place }];
  };

  private fieldsOf(pairs: readonly Pair<Node, Node | null>[]): Fields {
    const fields = new Map<string, { text: string; line: number }>();
    for (const { key, value } of pairs) {
      const name = String(key);
      const line = this.lineOf(key);
      if (!KEYS.includes(name)) {
        this.fault(
          line,
          `${name}: is none of a waiver's keys ${KEYS.join(", ")}${didYouMean(name, KEYS)}`,
        );
      } else if (value !== null && !isScalar(value)) {
        this.fault(line, `${name}: got a list or a map, must be a text`);
      } else {
        const text = textOf(value?.value);
        if (text !== "") {
          fields.set(name, { text, line });
        }
      }
    }
    return fields;
  }

  private targetOf(fields: Fields, line: number): Waiver["target"] | undefined {
    const [name, urn] = [fields.get("name"), fields.get("urn")];
    const given = name ?? urn;
    if (given === undefined || (name !== undefined && urn !== undefined)) {
      const got = given === undefined ? "nothing" : "both";
      this.fault(line, `name, urn: got ${got}, must be one of them, with * for any text`);
      return undefined;
    }
    if (/^[*?]+$/.test(given.text)) {
      const key = name === undefined ? "urn" : "name";
      this.fault(
        given.line,
        `${key}: got '${given.text}', must name resources; to allow all of them change the limit`,
      );
    }
    return { by: name === undefined ? "urn" : "name", glob: given.text };
  }

  private checkPolicy(policy: string, fields: Fields): void {
    if (policy !== "" && !this.policies.includes(policy)) {
      this.fault(
        fields.get("policy")?.line ?? 1,
        `policy: got '${policy}', must be the name of a policy of the pack${didYouMean(policy, this.policies)}`,
      );
    }
  }

  private fault(line: number, message: string): void {
    this.faults.push({ line, message });
  }

  private lineOf(node: Node | null): number {
    return this.lines.linePos(node?.range?.[0] ?? 0).line;
  }
}

/** A scalar as a text; "" for none. A number that somebody wrote for a name or a reason is one too. */
function textOf(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value).trim() : "";
}

function isDay(text: string): boolean {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  // February 30th parses as a day in March.
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
