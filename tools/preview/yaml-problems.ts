import { isAlias, isMap, isScalar, isSeq, visit } from "yaml";
import type { Alias, Document, Node, Pair, YAMLError } from "yaml";

/**
 * What the parser found wrong, for a person who writes a stack file.
 *
 * @param text the text of the document
 * @param lineAt the line of an offset in it, counted from 1
 */
export function describeProblem(
  { code, message, pos: [start, end] }: YAMLError,
  document: Document,
  text: string,
  lineAt: (offset: number) => number,
): string {
  if (code === "DUPLICATE_KEY") {
    const first = firstOfKey(document, start);
    const before = first === undefined ? "" : `, first in line ${lineAt(first.offset)}`;
    return `${first?.key ?? "a key"}: is given a second time${before}; keep one`;
  }
  if (code === "MULTIPLE_DOCS") {
    return "a second document begins here, must be one; remove this line or what follows";
  }
  if (code === "TAG_RESOLVE_FAILED") {
    return `${text.slice(start, end)}: is no tag that is read; write the value without it`;
  }
  return `broken YAML: ${message.charAt(0).toLowerCase()}${message.slice(1)}`;
}

/** The key at an offset, and where the same key stands first in its map. */
function firstOfKey(
  document: Document,
  offset: number,
): { readonly key: string; readonly offset: number } | undefined {
  let found: { key: string; offset: number } | undefined;
  visit(document, {
    Map: (_key, map) => {
      const keys = map.items.flatMap(({ key }) => (isScalar(key) ? [key] : []));
      const again = keys.find(({ range }) => range?.[0] === offset);
      if (again === undefined) return undefined;
      const first = keys.find(({ value }) => value === again.value);
      found = { key: String(again.value), offset: first?.range?.[0] ?? offset };
      return visit.BREAK;
    },
  });
  return found;
}

/** Aliases and merge keys that stand for nothing, which the parser finds only when they are read. */
export function brokenAliases(
  document: Document,
): readonly { readonly node: Node; readonly message: string }[] {
  const found: { node: Node; message: string }[] = [];
  visit(document, {
    Alias: (_key, alias, path) => {
      const message = aliasFault(document, alias, path);
      if (message !== undefined) found.push({ node: alias, message });
    },
    Pair: (_key, pair) => {
      const message = mergeFault(document, pair as Pair<Node, Node | null>);
      if (message !== undefined) found.push({ node: (pair as Pair<Node>).key, message });
    },
  });
  return found;
}

function aliasFault(
  document: Document,
  alias: Alias,
  path: readonly unknown[],
): string | undefined {
  const target = alias.resolve(document);
  if (target === undefined) {
    const remedy = `mark a value before it with &${alias.source}, or quote the text`;
    return `*${alias.source}: is an alias without an anchor; ${remedy}`;
  }
  return path.includes(target)
    ? `*${alias.source}: is an alias of what it stands in; write the value out`
    : undefined;
}

/** A merge key takes a map, an alias of one, or a list of them. */
function mergeFault(
  document: Document,
  { key, value }: Pair<Node, Node | null>,
): string | undefined {
  if (!isScalar(key) || key.source !== "<<" || key.type !== "PLAIN") return undefined;
  const sources = isSeq<Node>(value) ? value.items : [value];
  const isFine = sources.every((source) => {
    const target = isAlias(source) ? source.resolve(document) : source;
    // An alias without an anchor is a fault of its own.
    return target === undefined || isMap(target);
  });
  return isFine ? undefined : "<<: must be a map, or an alias of one; write *name of a map";
}
