import type { Bag, Json } from "../../preview/graph";
import { UNKNOWN } from "../../preview/graph";
import { hex } from "../resource-type";
import type { Arguments, Autoname, Fault } from "./arguments/argument";
import { argumentsOf } from "./arguments/table";
import type { CheckFailure } from "./cloud";
import { contextDigest } from "./context-digest";
import { parsePath, valuesAt, withValueAt } from "./property-path";
import { CONTEXT_DIGEST, DEFAULTS_KEY, filledIn, withoutList } from "./provider-defaults";

/** What Check needs to know of the world. */
export interface CheckContext {
  /** True where a resource of the type has the name already. */
  readonly isTaken: (type: string, property: string, name: string) => boolean;
  /** Where relative paths of a program begin. */
  readonly folder: string;
}

/**
 * The inputs as the AWS provider completes them, and every fault that it finds without asking AWS.
 * Names that it makes up keep what they were in `olds`; the list under DEFAULTS_KEY tells what is not
 * the program's own.
 */
export function checkInputs(
  resource: { readonly type: string; readonly name: string },
  news: Bag,
  olds: Bag | undefined,
  context: CheckContext,
): { inputs: Bag; failures: CheckFailure[] } {
  const args = argumentsOf(resource.type);
  const declared = withoutNulls(withoutList(news));
  const added = {
    ...missing(args.defaults ?? {}, declared),
    ...autonamed(resource, args.autoname, declared, olds, context),
  };
  // As the bridge does: the list stands among the inputs.
  const list = Object.keys(added).sort();
  let inputs: Bag = {
    ...declared,
    ...added,
    ...(resource.type.startsWith("aws:") ? { [DEFAULTS_KEY]: list } : {}),
  };
  const faults: Fault[] = [];
  if (resource.type === "docker:index/image:Image") {
    const { digest, faults: found } = contextDigest(inputs["build"], context.folder);
    faults.push(...found);
    inputs = digest === undefined ? inputs : withValueAt(inputs, CONTEXT_DIGEST, digest);
  }
  faults.push(...faultsOf(resource.name, args, inputs, olds));
  return {
    inputs,
    failures: faults.map(({ property, reason }) => ({
      property,
      reason:
        property === "" ? reason : `${reason}. Examine values at '${resource.name}.${property}'.`,
    })),
  };
}

function missing(defaults: Bag, declared: Bag): Bag {
  return Object.fromEntries(
    Object.entries(defaults).filter(([property]) => declared[property] === undefined),
  );
}

/** Source: NewUniqueName of sdk/go/common/resource in pulumi/pulumi, and AutoName of the bridge. */
function autonamed(
  resource: { readonly type: string; readonly name: string },
  autoname: Autoname | undefined,
  declared: Bag,
  olds: Bag | undefined,
  { isTaken }: CheckContext,
): Bag {
  if (autoname === undefined) {
    return {};
  }
  const { property, prefix = "", lowerCase = false } = autoname;
  const givenPrefix = declared[`${property}Prefix`];
  if (declared[property] !== undefined || givenPrefix !== undefined) {
    return {};
  }
  const before = olds?.[property];
  if (olds !== undefined && before !== undefined && filledIn(olds).includes(property)) {
    return { [property]: before };
  }
  for (let incarnation = 0; ; incarnation += 1) {
    const stem = lowerCase ? resource.name.toLowerCase() : resource.name;
    const name = `${prefix}${stem}-${hex({ ...resource, inputs: {}, incarnation }, 7)}`;
    if (!isTaken(resource.type, property, name)) {
      return { [property]: name };
    }
  }
}

function faultsOf(name: string, args: Arguments, inputs: Bag, olds: Bag | undefined): Fault[] {
  const faults: Fault[] = [];
  const { autoname } = args;
  if (autoname !== undefined && isTooLong(name, autoname, inputs)) {
    faults.push({
      property: autoname.property,
      reason: `name '${name}-' plus 7 random chars is longer than maximum length ${String(autoname.maximumLength)}`,
    });
  }
  for (const property of args.required ?? []) {
    if (inputs[property] === undefined) {
      const argument = args.terraformNames?.[property] ?? snakeCase(property);
      faults.push({
        property,
        reason: `Missing required argument. The argument "${argument}" is required, but no definition was found.`,
      });
    }
  }
  for (const group of args.exactlyOneOf ?? []) {
    faults.push(...exclusiveFaults(group, args, inputs));
  }
  for (const [path, check] of args.checks ?? []) {
    for (const place of valuesAt(inputs, path)) {
      const reason =
        place.value === UNKNOWN ? undefined : check(place.value, argumentPath(place.path));
      if (reason !== undefined) {
        faults.push({ property: place.path, reason });
      }
    }
  }
  return [...faults, ...(args.whole?.(inputs, olds) ?? [])];
}

/** True for a name that the bridge made and that is longer than its limit. */
function isTooLong(name: string, { property, maximumLength }: Autoname, inputs: Bag): boolean {
  return filledIn(inputs).includes(property) && `${name}-`.length + 7 > maximumLength;
}

function exclusiveFaults(group: readonly string[], args: Arguments, inputs: Bag): Fault[] {
  const given = group.filter((property) => inputs[property] !== undefined);
  if (given.length === 1) {
    return [];
  }
  const name = (property: string) => args.terraformNames?.[property] ?? snakeCase(property);
  const list = (properties: readonly string[]) => properties.map(name).sort().join(",");
  const [first = ""] = given.length === 0 ? group : given;
  const reason =
    given.length === 0
      ? `one of \`${list(group)}\` must be specified`
      : `only one of \`${list(group)}\` can be specified, but \`${list(given)}\` were specified`;
  return [{ property: first, reason: `"${name(first)}": ${reason}` }];
}

/** `healthCheck.interval` is `health_check.0.interval` to the provider: its blocks are lists. */
function argumentPath(path: string): string {
  return parsePath(path)
    .flatMap((step, index, steps) =>
      typeof step === "number"
        ? [String(step)]
        : [snakeCase(step), ...(typeof steps[index + 1] === "string" ? ["0"] : [])],
    )
    .join(".");
}

function snakeCase(name: string): string {
  return name.replace(/(?<=[a-z\d])[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function withoutNulls(bag: Bag): Bag {
  return Object.fromEntries(
    Object.entries(bag).filter(
      (entry): entry is [string, Exclude<Json, null>] => entry[1] !== null,
    ),
  );
}
