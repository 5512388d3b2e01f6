import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import type { Bag, Json } from "../../tools/preview/graph";
import { SECRET, UNKNOWN } from "../../tools/preview/graph";

/** A resource as both sides of the comparison describe it. */
export interface RegisteredResource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly parent: string | undefined;
  readonly custom: boolean;
  readonly remote: boolean;
  readonly inputs: Bag;
  readonly dependencies: readonly string[];
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  readonly options: Bag;
  /** The line is undefined where the SDK has lost it. */
  readonly source: { readonly file: string; readonly line: number | undefined } | undefined;
}

/** What the program has told the engine. */
export interface RegisteredGraph {
  /** By URN, sorted. */
  readonly resources: readonly RegisteredResource[];
  /** Outputs of components and of the stack by URN. */
  readonly outputs: Readonly<Record<string, Bag>>;
  /** Texts that functions of AWS have answered, such as the account's number and the names of zones. */
  readonly answers: readonly string[];
}

/** A request in the protocol's JSON, as the log of the engine's gRPC has it. */
interface Registration {
  readonly type: string;
  readonly name: string;
  readonly parent?: string;
  readonly object?: Bag;
  readonly dependencies?: readonly string[];
  readonly propertyDependencies?: Readonly<Record<string, { readonly urns?: readonly string[] }>>;
  readonly sourcePosition?: Position;
  readonly stackTrace?: { readonly frames: readonly { readonly pc?: Position }[] };
  readonly [option: string]: unknown;
}

interface Position {
  readonly uri: string;
  readonly line: number;
}

interface LoggedCall {
  readonly method: string;
  readonly progress?: string;
  readonly request?: unknown;
  readonly response?: { readonly urn?: string; readonly object?: Bag; readonly return?: Bag };
}

/** What a language's SDK says of itself in every request; no property of a resource. */
const OF_THE_SDK = [
  ...["acceptSecrets", "acceptResources", "aliasSpecs"],
  ...["supportsPartialValues", "supportsResultReporting"],
  // True where deleteBeforeReplace is set at all.
  "deleteBeforeReplaceDefined",
];

/**
 * Reads the graph from a log that the engine has written to PULUMI_DEBUG_GRPC. The engine's own URNs
 * are those of its answers.
 */
export function readRegisteredGraph(logFile: string, project: string): RegisteredGraph {
  const calls = (existsSync(logFile) ? readFileSync(logFile, "utf8") : "")
    .split("\n")
    .filter((line) => /"\/pulumirpc.ResourceMonitor\/(Invoke|RegisterResource)/.test(line))
    .map((line) => JSON.parse(line) as LoggedCall)
    .filter(({ progress }) => progress === "response_completed");
  const registrations = calls.filter(({ method }) => method.endsWith("/RegisterResource"));
  const declared = registrations.map(({ request, response }) => ({
    request: request as Registration,
    urn: response?.urn ?? "",
    answer: plain(response?.object ?? {}) as Bag,
  }));
  return {
    resources: withoutEchoes(declared)
      .map(({ request, urn }) => resourceOf(request, urn, project))
      .sort((one, other) => (one.urn < other.urn ? -1 : 1)),
    outputs: Object.fromEntries([
      ...calls
        .filter(({ method }) => method.endsWith("/RegisterResourceOutputs"))
        .map(({ request }) => request as { urn: string; outputs?: Bag })
        .map(({ urn, outputs }) => [urn, plain(outputs ?? {}) as Bag] as const),
      // The provider of a remote component answers its outputs.
      ...declared
        .filter(({ request }) => request["remote"] === true)
        .map(({ urn, answer }) => [urn, answer] as const),
    ]),
    answers: calls
      .filter(({ method }) => method.endsWith("/Invoke"))
      .flatMap(({ response }) => texts(response?.return ?? {})),
  };
}

const texts = (value: Json): string[] =>
  typeof value === "string"
    ? [value]
    : typeof value === "object" && value !== null
      ? Object.values(value).flatMap(texts)
      : [];

interface Declared {
  readonly request: Registration;
  readonly urn: string;
  readonly answer: Bag;
}

/** A remote component is registered twice: by the program, and by its provider without a word more. */
function withoutEchoes(declared: readonly Declared[]): readonly Declared[] {
  const remote = new Set(
    declared.filter(({ request }) => request["remote"] === true).map(({ urn }) => urn),
  );
  return declared.filter(({ request, urn }) => {
    const isEcho = remote.has(urn) && request["remote"] !== true;
    if (isEcho) assert.deepEqual(request.object, {}, `${urn}: its provider adds inputs`);
    return !isEcho;
  });
}

function resourceOf(request: Registration, urn: string, project: string): RegisteredResource {
  const { type, name, parent, object, dependencies, propertyDependencies, ...others } = request;
  const { custom, remote, sourcePosition, stackTrace, ...options } = others;
  const trace = (stackTrace?.frames ?? []).map(({ pc }) => pc);
  const frames = sourcePosition === undefined ? trace : [sourcePosition];
  return {
    urn,
    type,
    name,
    parent: parent === "" ? undefined : parent,
    custom: custom === true,
    remote: remote === true,
    inputs: plain(object ?? {}) as Bag,
    dependencies: sorted(dependencies),
    propertyDependencies: Object.fromEntries(
      Object.entries(propertyDependencies ?? {}).flatMap(([property, { urns = [] }]) =>
        urns.length > 0 ? [[property, sorted(urns)]] : [],
      ),
    ),
    options: optionsOf(options as Bag, urn, request),
    source: parent === undefined ? undefined : sourceOf(frames, project),
  };
}

const sorted = (urns: readonly string[] = []): readonly string[] => [...new Set(urns)].sort();

/** Everything else that a request says, without what is the engine's default anyway. */
function optionsOf(options: Bag, urn: string, request: Registration): Bag {
  return Object.fromEntries(
    Object.entries(options)
      .filter(([option, value]) => !OF_THE_SDK.includes(option) && !isDefault(value))
      .map(([option, value]) => [
        option,
        option === "aliases" && Array.isArray(value)
          ? value.map((alias) => aliasUrn(alias as unknown as Alias, urn, request))
          : value,
      ]),
  );
}

const isDefault = (value: Json): boolean =>
  value === false ||
  value === "" ||
  (typeof value === "object" && value !== null && Object.keys(value).length === 0);

interface Alias {
  readonly urn?: string;
  readonly spec?: { readonly type?: string; readonly name?: string; readonly parentUrn?: string };
}

/** Source: inheritedChildAlias and collapseToUrn in sdk/nodejs/resource.ts of pulumi/pulumi. */
function aliasUrn({ urn: given, spec = {} }: Alias, urn: string, request: Registration): string {
  if (given !== undefined) return given;
  const [head = "", project = ""] = urn.split("::");
  const parentTypes = spec.parentUrn?.split("::")[2] ?? "";
  const type = spec.type ?? request.type;
  const types =
    parentTypes === "" || parentTypes === "pulumi:pulumi:Stack" ? type : `${parentTypes}$${type}`;
  return [head, project, types, spec.name ?? request.name].join("::");
}

/** The innermost line of the project that is no package's. */
function sourceOf(
  frames: readonly (Position | undefined)[],
  project: string,
): RegisteredResource["source"] {
  const root = `file://${project}/`;
  const isOwn = (frame: Position | undefined): boolean =>
    frame?.uri.startsWith(root) === true && !frame.uri.includes("/node_modules/");
  const index = frames.findIndex(isOwn);
  const own = frames[index];
  if (own === undefined) return undefined;
  // The SDK loses frames of functions without a name once its runner has replaced Error's own trace.
  const isInnermost = frames.slice(0, index).every((frame) => frame !== undefined);
  return { file: own.uri.slice(root.length), line: isInnermost ? own.line : undefined };
}

/** Pulumi's own values on the wire. Source: sdk/go/common/resource/sig.go of pulumi/pulumi. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SIGNATURE_OF_SECRET = "1b47061264138c4ac30d75fd1eb44270";
const SIGNATURE_OF_RESOURCE = "5cf8f73096256a8f31e491e813e4eb8e";
const SIGNATURE_OF_OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";

/** A value for people: secrets are SECRET, and a resource is its id. */
function plain(value: Json): Json {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  if (value[SIGNATURE] === SIGNATURE_OF_SECRET) return SECRET;
  if (value[SIGNATURE] === SIGNATURE_OF_OUTPUT) {
    return value["secret"] === true ? SECRET : plain(value["value"] ?? null);
  }
  // A resource of a preview has an empty id.
  if (value[SIGNATURE] === SIGNATURE_OF_RESOURCE)
    return value["id"] === "" ? UNKNOWN : (value["id"] ?? UNKNOWN);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
}
