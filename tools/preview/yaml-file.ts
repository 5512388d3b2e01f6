import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isAlias, isMap, isScalar, LineCounter, parseDocument } from "yaml";
import type { Document, Node, Pair } from "yaml";
import { brokenAliases, describeProblem } from "./yaml-problems";

/** One thing that is wrong in a file, for a person. */
export interface Fault {
  readonly file: string;
  /** Counted from 1; undefined where the fault is what the file lacks. */
  readonly line: number | undefined;
  /** Key, value got, what is allowed and what to do. */
  readonly message: string;
}

/** What is wrong in the project file and the stack file: one line a fault, `file:line: message`. */
export class StackFilesError extends Error {
  override readonly name = "StackFilesError";

  constructor(readonly faults: readonly Fault[]) {
    super(faults.map(sentence).join("\n"));
  }
}

function sentence({ file, line, message }: Fault): string {
  return line === undefined ? `${file}: ${message}` : `${file}:${line}: ${message}`;
}

/** A key of a YAML map with its value. */
export interface Entry {
  readonly key: string;
  /** Line of the key, counted from 1. */
  readonly line: number;
  /** Null where nothing is written after the colon. */
  readonly node: Node | null;
}

/** A YAML file, read, that keeps lines and collects what is wrong. */
export class YamlFile {
  private readonly found: Fault[] = [];
  private readonly document: Document;
  private readonly lines = new LineCounter();

  /**
   * Reads `name` in `directory`.
   * @throws StackFilesError that names every fault of the text with its line.
   */
  constructor(
    directory: string,
    readonly name: string,
  ) {
    const text = this.read(join(directory, name));
    const document = parseDocument(text, {
      lineCounter: this.lines,
      merge: true, // The engine's parser reads merge keys too, though YAML 1.2 dropped them.
      prettyErrors: false,
    });
    const lineAt = (offset: number): number => this.lines.linePos(offset).line;
    for (const problem of [...document.errors, ...document.warnings]) {
      const message = describeProblem(problem, document, text, lineAt);
      this.fault(lineAt(problem.pos[0]), message);
    }
    for (const { node, message } of brokenAliases(document)) {
      this.fault(this.lineOf(node), message);
    }
    this.refuseFaults();
    this.document = document;
    try {
      this.value(document.contents);
    } catch (error) {
      // What is left are aliases that unfold to more than any configuration needs.
      this.fault(undefined, `broken YAML: ${lowerFirst((error as Error).message)}`);
    }
    this.refuseFaults();
  }

  private read(path: string): string {
    try {
      return readFileSync(path, "utf8");
    } catch (error) {
      const code = String((error as NodeJS.ErrnoException).code);
      this.fault(undefined, unreadable[code] ?? `cannot be read (${code}); check the file`);
      throw new StackFilesError(this.faults);
    }
  }

  private refuseFaults(): void {
    if (this.found.length > 0) throw new StackFilesError(this.faults);
  }

  /** What is wrong, by line; what the whole file lacks comes last. */
  get faults(): Fault[] {
    return [...this.found].sort((a, b) => (a.line ?? Infinity) - (b.line ?? Infinity) || 0);
  }

  /** The root of the document; null for an empty file. */
  get root(): Node | null {
    return this.document.contents;
  }

  /** Adds a fault at a line of this file, or of the whole file. */
  fault(line: number | undefined, message: string): void {
    this.found.push({ file: this.name, line, message });
  }

  /** The plain value of a node, aliases and merge keys resolved; null for none. */
  value(node: Node | null): unknown {
    return node === null ? null : node.toJS(this.document, { maxAliasCount: 100 });
  }

  /**
   * The entries of the map at `node` in the order of the file, none where there is no value.
   * Anything but a map is a fault that begins with `subject`.
   */
  entries(node: Node | null, subject: string): Entry[] {
    const map = isAlias(node) ? (node.resolve(this.document) ?? null) : node;
    if (map === null || (isScalar(map) && map.value === null)) return [];
    if (!isMap<Node, Node | null>(map)) {
      const got = isScalar(map) ? `'${String(map.value)}'` : "a list";
      this.fault(this.lineOf(map), `${subject}: got ${got}, must be a map of keys to values`);
      return [];
    }
    return map.items.map((pair) => this.entry(pair));
  }

  private entry({ key, value }: Pair<Node, Node | null>): Entry {
    return { key: String(this.value(key)), line: this.lineOf(key), node: value };
  }

  private lineOf(node: Node): number {
    return this.lines.linePos(node.range?.[0] ?? 0).line;
  }
}

/** By the code of the system's error. */
const unreadable: Readonly<Record<string, string>> = {
  EISDIR: "is a folder, must be a file; remove the folder and write the file",
  ENOENT: "is a link to a file that is not there; correct the link or write the file",
  ELOOP: "is a link that leads to itself; correct the link or write the file",
  EACCES: "cannot be read for want of permission; allow it with chmod u+r",
};

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
