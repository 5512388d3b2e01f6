import { parse } from "yaml";
import { InputFileError } from "../policy/json-file";
import { hint } from "../preview/hint";
import type { StackFiles } from "../preview/stack-files";

/**
 * The files of a stack with other values of some settings, as `minTasks=3,instanceTypes=m7g.large+m6g.large`: a list
 * is written with plus signs or as a stack file has it, every other value that is no plain text as JSON.
 *
 * @throws InputFileError with every setting that Pulumi.yaml does not declare
 */
export function withSettings(files: StackFiles, written: string): StackFiles {
  const { project, config, secretKeys } = files;
  const own = Object.keys(config).filter((key) => key.startsWith(`${project}:`));
  const names = own.map((key) => key.slice(project.length + 1));
  const faults: string[] = [];
  const changes = new Map<string, string>();
  // A comma parts settings only where a name and its sign follow: those of a JSON list stay.
  for (const setting of written.split(/,(?=\s*\w+=)/)) {
    const [, name = "", value = ""] = /^\s*(\w+)=(.+?)\s*$/s.exec(setting) ?? [];
    const key = `${project}:${name}`;
    if (name === "") {
      faults.push(`--with: got '${setting}', must be <setting>=<value>, as minTasks=3`);
    } else if (!names.includes(name)) {
      faults.push(`--with: got '${name}', must be a setting of Pulumi.yaml${hint(name, names)}`);
    } else if (changes.has(key)) {
      faults.push(`--with: got '${name}' twice in '${written}', must be there once`);
    } else {
      changes.set(key, isList(config[key]) ? listOf(value) : value);
    }
  }
  if (faults.length > 0) throw new InputFileError("arguments", faults);
  return {
    ...files,
    config: { ...config, ...Object.fromEntries(changes) },
    secretKeys: secretKeys.filter((key) => !changes.has(key)),
  };
}

function isList(value: string | undefined): boolean {
  return value?.startsWith("[") ?? false;
}

/** What cannot be read as a list stays as it is, for the check of the setting to name. */
function listOf(value: string): string {
  if (isList(value)) {
    try {
      return JSON.stringify(parse(value));
    } catch {
      return value;
    }
  }
  return JSON.stringify(value.split("+").map((item) => item.trim()));
}
