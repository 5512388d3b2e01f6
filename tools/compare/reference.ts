/**
 * A value that only the deployment tells, named by where it comes from:
 * `${urn:pulumi:dev::ecs-on-ec2::aws:ecs/cluster:Cluster::web#arn}` for an output of a resource (its id
 * is `#id`), `${aws:index/getCallerIdentity:getCallerIdentity#accountId}` for the answer of a function.
 * It can be a whole value or a part of a text.
 */
export function referenceTo(source: string, output: string): string {
  return `\${${source}#${output}}`;
}

/** A reference that stands in a text. */
export interface Reference {
  /** URN of the resource, or token of the function. */
  readonly source: string;
  readonly output: string;
}

/** The references in a text, in their order. */
export function referencesIn(text: string): readonly Reference[] {
  return [...text.matchAll(REFERENCE)].map(({ 1: source = "", 2: output = "" }) => ({
    source,
    output,
  }));
}

/** The text with the references to other sources. */
export function withSources(text: string, renamed: (source: string) => string): string {
  return text.replace(REFERENCE, (_, source: string, output: string) =>
    referenceTo(renamed(source), output),
  );
}

/** The text with each reference as a person reads it: `${Cluster web.arn}`, `${getCallerIdentity.accountId}`. */
export function withShortReferences(text: string): string {
  return text.replace(REFERENCE, (_, source: string, output: string) => {
    const [, , types, ...name] = source.split("::");
    const type = (types ?? source).split(/[$:]/).pop() ?? source;
    return `\${${[type, ...(types === undefined ? [] : [name.join("::")])].join(" ")}.${output}}`;
  });
}

const REFERENCE = /\$\{((?:urn:pulumi:|[a-z][\w-]*:)[^{}]*)#([^#{}]+)\}/g;
