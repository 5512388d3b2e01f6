import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, Scalar } from "yaml";
import type { Document, Node, Pair, ParsedNode, YAMLMap } from "yaml";

export type KeyPath = readonly (string | number)[];

/** A place in the text; both counted from one. */
interface Position {
  readonly line: number;
  readonly column: number;
}

interface YamlFault {
  readonly position: Position;
  readonly path: KeyPath;
  readonly message: string;
}

/** A YAML document as plain values, each of which still knows where it was written. */
export interface YamlTree {
  /** Maps as objects, sequences as arrays; anchors and merge keys are resolved. */
  readonly value: unknown;
  readonly faults: readonly YamlFault[];
  /** Where the key, or else its nearest ancestor that exists, was written. */
  positionOf(path: KeyPath): Position;
  /** What was written for an unquoted value that reads back as other text, such as `1.10` or `True`. */
  ambiguousText(path: KeyPath): string | undefined;
}

/** Broken YAML gives faults and an undefined value. */
export function readYamlTree(text: string): YamlTree {
  const lines = new LineCounter();
  // The errors of one broken line drag others after them, and a code frame in each would hide the line that matters.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const reader = new TreeReader(document, lines);
  const broken = [...document.errors, ...document.warnings].map((error) => ({
    position: reader.position(error.pos[0]),
    path: [],
    message:
      error.code === "MULTIPLE_DOCS"
        ? "a second YAML document; keep one document in the file"
        : `broken YAML, ${lowerFirst(error.message)}`,
  }));
  const value = broken.length === 0 ? reader.read(document.contents, []) : undefined;
  return {
    value,
    faults: [...broken.slice(0, 1), ...reader.faults],
    positionOf: (path) => reader.positionOf(path),
    ambiguousText: (path) => reader.ambiguous.get(JSON.stringify(path)),
  };
}

class TreeReader {
  readonly faults: YamlFault[] = [];
  readonly ambiguous = new Map<string, string>();
  private readonly offsets = new Map<string, number>();
  private readonly open = new Set<Node>();

  constructor(
    private readonly document: Document.Parsed,
    private readonly lines: LineCounter,
  ) {}

  position(offset: number): Position {
    const { line, col } = this.lines.linePos(offset);
    return { line, column: col };
  }

  positionOf(path: KeyPath): Position {
    for (let length = path.length; length > 0; length -= 1) {
      const offset = this.offsets.get(JSON.stringify(path.slice(0, length)));
      if (offset !== undefined) return this.position(offset);
    }
    return { line: 1, column: 1 };
  }

  read(node: unknown, path: KeyPath): unknown {
    const target = this.resolve(node);
    if (target === undefined)
      this.fault(node, path, "an alias without an anchor; define the anchor above it");
    if (isScalar(target)) return this.readScalar(target, path);
    if (!isMap(target) && !isSeq(target)) return null;
    if (this.open.has(target)) {
      this.fault(node, path, "an alias that contains itself; write the value out");
      return null;
    }
    this.open.add(target);
    const value = isMap(target) ? this.readMap(target, path) : this.readItems(target.items, path);
    this.open.delete(target);
    return value;
  }

  private readItems(items: readonly unknown[], path: KeyPath): unknown[] {
    return items.map((item, index) => {
      const itemPath = [...path, index];
      this.note(itemPath, item);
      return this.read(item, itemPath);
    });
  }

  private readMap(map: YAMLMap, path: KeyPath): Record<string, unknown> {
    const entries = new Map<string, Pair>();
    for (const pair of this.pairsOf(map, path, [])) {
      const name = keyText(pair.key);
      if (name === undefined)
        this.fault(pair.key, path, "a key that is no text; write a plain key");
      // A key beside the merge key wins over a merged one, and the first of several merged maps over the next.
      else if (!entries.has(name)) entries.set(name, pair);
    }
    const value: [string, unknown][] = [];
    for (const [name, pair] of entries) {
      const entryPath = [...path, name];
      this.note(entryPath, pair.key);
      value.push([name, this.read(pair.value, entryPath)]);
    }
    // fromEntries keeps a key such as __proto__ a key.
    return Object.fromEntries(value);
  }

  /** The map's own pairs, then those that its merge keys bring. */
  private pairsOf(map: YAMLMap, path: KeyPath, merging: readonly Node[]): Pair[] {
    const own = map.items.filter((pair) => !isMergeKey(pair.key));
    const merged = map.items.filter((pair) => isMergeKey(pair.key));
    return [...own, ...merged.flatMap((pair) => this.mergedPairs(pair, path, [...merging, map]))];
  }

  private mergedPairs(pair: Pair, path: KeyPath, merging: readonly Node[]): Pair[] {
    const source = this.resolve(pair.value);
    const maps = isSeq(source) ? source.items.map((item) => this.resolve(item)) : [source];
    return maps.flatMap((map) => {
      if (isMap(map) && !merging.includes(map)) return this.pairsOf(map, path, merging);
      this.fault(
        pair.key,
        [...path, "<<"],
        "merges what is no mapping; give an alias of a mapping",
      );
      return [];
    });
  }

  private readScalar(scalar: Scalar, path: KeyPath): unknown {
    const { value, source } = scalar;
    if (scalar.type !== Scalar.PLAIN || source === undefined) return value;
    if (LEGACY_OCTAL.test(source)) {
      this.fault(scalar, path, `${source} is octal to Compose; quote it or leave out the zero`);
    }
    const readsBack =
      typeof value === "string" ? !OTHER_IN_COMPOSE.test(source) : JSON.stringify(value) === source;
    if (!readsBack && value !== null) this.ambiguous.set(JSON.stringify(path), source);
    return value;
  }

  private resolve(node: unknown): unknown {
    return isAlias(node) ? node.resolve(this.document) : node;
  }

  private note(path: KeyPath, node: unknown): void {
    const offset = offsetOf(node);
    if (offset !== undefined) this.offsets.set(JSON.stringify(path), offset);
  }

  private fault(node: unknown, path: KeyPath, message: string): void {
    const offset = offsetOf(node);
    const position = offset === undefined ? this.positionOf(path) : this.position(offset);
    this.faults.push({ position, path, message });
  }
}

/** Compose reads YAML 1.1's octal numbers, the `yaml` package reads them as decimal ones. */
const LEGACY_OCTAL = /^[-+]?0[0-9_]+$/;

/** Text here, but a number or a date in Compose's YAML. */
const OTHER_IN_COMPOSE =
  /^(?:[-+]?(?=.*_)[0-9][0-9_]*(?:\.[0-9_]*)?|[-+]?0b[01_]+|\d{4}-\d\d?-\d\d?.*)$/;

function isMergeKey(key: unknown): boolean {
  return isScalar(key) && key.type === Scalar.PLAIN && key.value === "<<";
}

function keyText(key: unknown): string | undefined {
  if (!isScalar(key)) return undefined;
  return typeof key.value === "string" ? key.value : (key.source ?? JSON.stringify(key.value));
}

function offsetOf(node: unknown): number | undefined {
  return (node as Partial<ParsedNode> | null | undefined)?.range?.[0];
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
