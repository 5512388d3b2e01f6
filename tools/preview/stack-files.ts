import { existsSync, readdirSync } from "node:fs";
import { extname } from "node:path";
import { qualifiedKey, readDeclarations } from "./config-declarations";
import type { ConfigDeclaration } from "./config-declarations";
import {
  concealSecrets,
  configText,
  describeType,
  isEncrypted,
  isOfType,
  isRecord,
} from "./config-values";
import type { ConfigType } from "./config-values";
import { SECRET, UNKNOWN } from "./graph";
import { hint } from "./hint";
import { StackFilesError, YamlFile } from "./yaml-file";
import type { Entry } from "./yaml-file";

/** What the engine would hand to the program of one stack. */
export interface StackFiles {
  readonly project: string;
  readonly stack: string;
  /** Every value as the SDK takes it: keys with namespace, lists and maps as JSON. */
  readonly config: Record<string, string>;
  /** Keys with an encrypted value or part, sorted; what is encrypted is UNKNOWN in `config`. */
  readonly secretKeys: string[];
}

/** A value of the stack file. */
interface Setting {
  readonly line: number;
  /** The key as it is written in the file. */
  readonly written: string;
  readonly value: unknown;
  readonly secret: "no" | "in part" | "whole";
}

const projectFileNames = ["Pulumi.yaml", "Pulumi.yml"];
const stackFileKeys = [
  "config",
  "secretsprovider",
  "encryptedkey",
  "encryptionsalt",
  "environment",
];

/**
 * Reads Pulumi.yaml and Pulumi.<stack>.yaml of `directory` and merges them as the engine does before
 * it starts a program: defaults and project-level values below the stack's own, types checked.
 * Nothing is decrypted.
 * @throws StackFilesError with everything that is wrong, each with file and line.
 */
export function loadStackFiles(directory: string, stack: string): StackFiles {
  const projectFile = new YamlFile(directory, findProjectFile(directory));
  const { project, declarations } = readProject(projectFile);
  const stackFile = new YamlFile(directory, findStackFile(directory, projectFile.name, stack));
  const settings = readSettings(stackFile, project);
  for (const declaration of declarations) {
    const setting = settings.get(declaration.key);
    if (setting !== undefined) checkSetting(stackFile, declaration, setting);
  }
  refuseNested(stackFile, declarations, settings, project);
  const values = new Map(declarations.map(({ key, fallback }) => [key, fallback]));
  for (const [key, { value }] of settings) values.set(key, value);
  const own = declarations.filter(({ key }) => key.startsWith(`${project}:`));
  for (const { key } of own.filter((declaration) => values.get(declaration.key) === undefined)) {
    stackFile.fault(
      undefined,
      `${key}: got nothing, must be set, as ${projectFile.name} has no default; run \`pulumi config set ${key} <value> --stack ${stack}\``,
    );
  }

  const faults = [...projectFile.faults, ...stackFile.faults];
  if (faults.length > 0) throw new StackFilesError(faults);
  return {
    project,
    stack,
    config: Object.fromEntries([...values].map(([key, value]) => [key, configText(value)])),
    secretKeys: [...settings].flatMap(([key, { secret }]) => (secret === "no" ? [] : key)).sort(),
  };
}

/**
 * The project's name, which Pulumi.yaml of `directory` gives.
 * @throws StackFilesError where there is none
 */
export function readProjectName(directory: string): string {
  return readProject(new YamlFile(directory, findProjectFile(directory))).project;
}

/** Names of the stacks with a file in `directory`, sorted; none where there is no project. */
export function listStacks(directory: string): string[] {
  const files = filesOf(directory);
  const projectFile = projectFileNames.find((name) => files.includes(name));
  return projectFile === undefined ? [] : stackNames(files, extname(projectFile));
}

function stackNames(files: readonly string[], extension: string): string[] {
  return files
    .filter((name) => name.startsWith("Pulumi.") && name.endsWith(extension))
    .map((name) => name.slice("Pulumi.".length, -extension.length))
    .filter((name) => name !== "")
    .sort();
}

function filesOf(directory: string): string[] {
  return existsSync(directory) ? readdirSync(directory) : [];
}

function findProjectFile(directory: string): string {
  const files = filesOf(directory);
  const found = projectFileNames.find((name) => files.includes(name));
  if (found !== undefined) return found;
  return refuse(
    "Pulumi.yaml",
    `is missing in ${directory}; run the preview in the folder of the project`,
  );
}

/** What the engine takes for the name of a stack (tokens.ParseStackName). */
const stackName = /^[A-Za-z0-9_.-]{1,100}$/;

/** The file of a stack has the project file's extension: the engine looks for no other. */
function findStackFile(directory: string, projectFile: string, stack: string): string {
  const files = filesOf(directory);
  const file = `Pulumi.${stack}${extname(projectFile)}`;
  if (!stackName.test(stack)) {
    const here = stackNames(files, extname(projectFile)).join(", ") || "none";
    const rule = "must be 1 to 100 letters, digits, '-', '_' or '.'";
    return refuse(`'${stack}'`, `is no stack name, ${rule}; stacks here: ${here}`);
  }
  if (files.includes(file)) return file;

  const twin = projectFileNames
    .map((name) => `Pulumi.${stack}${extname(name)}`)
    .find((name) => files.includes(name));
  if (twin !== undefined)
    return refuse(twin, `is not read beside ${projectFile}; rename it to ${file}`);
  const stacks = stackNames(files, extname(projectFile));
  const known = stacks.length === 0 ? "none" : stacks.join(", ");
  return refuse(
    file,
    `is missing for stack '${stack}', stacks here: ${known}${hint(stack, stacks)}`,
  );
}

function refuse(file: string, message: string): never {
  throw new StackFilesError([{ file, line: undefined, message }]);
}

function readProject(file: YamlFile): { project: string; declarations: ConfigDeclaration[] } {
  const entries = file.entries(file.root, "the whole file");
  const name = entries.find(({ key }) => key === "name");
  const project = file.value(name?.node ?? null);
  if (typeof project !== "string" || project === "") {
    file.fault(
      name?.line,
      "name: got nothing, must be the name of the project, which its keys begin with",
    );
    throw new StackFilesError(file.faults);
  }
  const config = entries.find(({ key }) => key === "config");
  return { project, declarations: readDeclarations(file, config, project) };
}

function readSettings(file: YamlFile, project: string): Map<string, Setting> {
  const settings = new Map<string, Setting>();
  for (const { key, line, node } of file.entries(file.root, "the whole file")) {
    if (!stackFileKeys.includes(key)) {
      const allowed = `is none of a stack file's keys ${stackFileKeys.join(", ")}`;
      file.fault(line, `${key}: ${allowed}${hint(key, stackFileKeys)}`);
    } else if (key === "environment") {
      file.fault(line, "environment: is read with an account only; write the values to config");
    } else if (key === "config") {
      for (const entry of file.entries(node, "config")) addSetting(file, entry, project, settings);
    }
  }
  return settings;
}

function addSetting(
  file: YamlFile,
  { key: written, line, node }: Entry,
  project: string,
  settings: Map<string, Setting>,
): void {
  const key = qualifiedKey(written, project);
  const value = file.value(node);
  const twin = settings.get(key);
  if (!/^[^:]+:[^:]+$/.test(key)) {
    file.fault(line, `${written}: is no configuration key; write <namespace>:<name>`);
  } else if (twin !== undefined) {
    file.fault(line, `${written}: is given a second time, first in line ${twin.line}; keep one`);
  } else if (value === null) {
    file.fault(line, `${written}: got nothing, must have a value; write "" or remove the line`);
  } else {
    const concealed = concealSecrets(value);
    const secret = isEncrypted(value) ? "whole" : concealed.secret ? "in part" : "no";
    settings.set(key, { line, written, value: concealed.value, secret });
  }
}

/** A value against its declaration as the engine judges it; an encrypted text may be of any type. */
function checkSetting(
  file: YamlFile,
  { type, secret: mustBeSecret }: ConfigDeclaration,
  { line, written, value, secret }: Setting,
): void {
  // The engine judges the text of a scalar, so a number is a string and a quoted number an integer.
  const plain = isScalar(value) ? configText(value) : value;
  if (mustBeSecret && secret === "no") {
    const name = written.slice(written.indexOf(":") + 1);
    const remedy = `set it with 'pulumi config set --secret ${name}'`;
    file.fault(line, `${written}: got plain text, must be encrypted as it's secret; ${remedy}`);
  } else if (type !== undefined && secret !== "whole" && !isOfType(plain, type)) {
    const rule = `must be of type '${describeType(type)}'`;
    file.fault(line, `${written}: got ${shown(value)}, ${rule}; ${remedyOf[type.name]}`);
  }
}

/** A namespace with its keys below it in place of before them, as one would expect YAML to nest. */
function refuseNested(
  file: YamlFile,
  declarations: readonly ConfigDeclaration[],
  settings: ReadonlyMap<string, Setting>,
  project: string,
): void {
  const declared = new Set(declarations.map(({ key }) => key));
  const namespaces = new Set([project, "aws"]);
  for (const [key, { written, line, value }] of settings) {
    if (declared.has(key) || !namespaces.has(written) || !isRecord(value)) continue;
    const names = Object.keys(value).map((name) => `${written}:${name}`);
    const remedy = names.length > 0 ? names.join(", ") : `${written}:<name>`;
    file.fault(line, `${written}: is a namespace, not a key; write ${remedy}`);
  }
}

const remedyOf: Readonly<Record<ConfigType["name"], string>> = {
  string: "write one text",
  integer: "write a whole number",
  boolean: "write true or false",
  array: "write a list of such items",
  object: "write a map of keys to values",
};

function isScalar(value: unknown): boolean {
  return typeof value !== "object";
}

/** The value for a message; of an encrypted part only its place is known. */
function shown(value: unknown): string {
  const text = configText(value).replaceAll(UNKNOWN, SECRET);
  return isScalar(value) ? `'${text}'` : text;
}
