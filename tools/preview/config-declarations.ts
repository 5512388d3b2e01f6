import { configTypeNames, describeType, isOfType, isRecord } from "./config-values";
import type { ConfigType } from "./config-values";
import { hint } from "./hint";
import type { Entry, YamlFile } from "./yaml-file";

/** What Pulumi.yaml says of one key of the configuration. */
export interface ConfigDeclaration {
  /** With its namespace, for example `shop:minTasks`. */
  readonly key: string;
  /** Undefined where no type is declared. */
  readonly type: ConfigType | undefined;
  readonly secret: boolean;
  /** `default` of a key of the project, `value` of any other key; undefined for none. */
  readonly fallback: unknown;
}

const attributes = ["type", "items", "description", "secret", "default", "value"];

/** `<namespace>:<name>`; a key without a namespace belongs to the project. */
export function qualifiedKey(key: string, project: string): string {
  return key.includes(":") ? key.replace(/^([^:]+):config:/, "$1:") : `${project}:${key}`;
}

/**
 * Reads the `config` section of Pulumi.yaml by the engine's rules (its project schema and
 * Project.Validate); what breaks them becomes a fault of `file`.
 */
export function readDeclarations(
  file: YamlFile,
  section: Entry | undefined,
  project: string,
): ConfigDeclaration[] {
  return file
    .entries(section?.node ?? null, "config")
    .map((entry) => readDeclaration(file, entry, project));
}

function readDeclaration(file: YamlFile, entry: Entry, project: string): ConfigDeclaration {
  const key = qualifiedKey(entry.key, project);
  const value = file.value(entry.node);
  const untyped = { key, type: undefined, secret: false };
  // A bare value is short for the default of a key of the project and for the value of any other.
  if (!isRecord(value)) return { ...untyped, fallback: value ?? undefined };

  const faultOf = (message: string): void => {
    file.fault(entry.line, `config ${entry.key}: ${message}`);
  };
  for (const attribute of Object.keys(value).filter((name) => !attributes.includes(name))) {
    const allowed = `is none of a declaration's ${attributes.join(", ")}`;
    faultOf(`'${attribute}' ${allowed}${hint(attribute, attributes)}`);
  }
  return key.startsWith(`${project}:`)
    ? { ...untyped, ...readOwn(value, faultOf) }
    : { ...untyped, fallback: readForeign(value, faultOf) };
}

/** A key of the project: a type, a default and whether it is a secret. */
function readOwn(
  { type: typeName, items, secret, default: byDefault, value }: Record<string, unknown>,
  faultOf: (message: string) => void,
): Pick<ConfigDeclaration, "type" | "secret" | "fallback"> {
  const isSecret = secret === true;
  const fallback = byDefault ?? value ?? undefined;
  const type = typeName === undefined ? undefined : readType(typeName, items, faultOf);
  if (byDefault !== undefined && value !== undefined) {
    faultOf("has both 'default' and 'value'; keep one");
  }
  if (isSecret && fallback !== undefined) {
    faultOf("is a secret and has a default; set it encrypted in each stack");
  } else if (type !== undefined && fallback !== undefined && !isOfType(fallback, type)) {
    const got = JSON.stringify(fallback);
    faultOf(`got ${got} as default, must be of type '${describeType(type)}'; make them agree`);
  }
  return { type, secret: isSecret, fallback };
}

/** A key of another namespace, for example `aws:region`: its package owns type and default. */
function readForeign(
  { type, default: byDefault, value }: Record<string, unknown>,
  faultOf: (message: string) => void,
): unknown {
  if (type !== undefined || byDefault !== undefined) {
    faultOf("is of another namespace and has a type or a default; give it a 'value' only");
  } else if (value === undefined || value === null) {
    faultOf("is of another namespace and has no value; give it a 'value'");
  }
  return value ?? undefined;
}

function readType(
  name: unknown,
  items: unknown,
  faultOf: (message: string) => void,
): ConfigType | undefined {
  const typeName = configTypeNames.find((candidate) => candidate === name);
  if (typeName === undefined) {
    const allowed = `must be one of ${configTypeNames.join(", ")}`;
    faultOf(`got type '${String(name)}', ${allowed}${hint(String(name), configTypeNames)}`);
    return undefined;
  }
  if (typeName !== "array") return { name: typeName };
  if (!isRecord(items)) {
    faultOf("is an array without 'items'; write the type of its items there");
    return undefined;
  }
  const itemType = readType(items["type"], items["items"], faultOf);
  return itemType && { name: "array", items: itemType };
}
