import { pairs, VARIABLES } from "./pairs";
import type { Report } from "./readers";
import { isMapping, reportBelow, show } from "./readers";

/** `build` as it is written; its paths are not resolved yet. */
export interface BuildSource {
  readonly context: string;
  readonly dockerfile: string;
  readonly target: string | undefined;
  readonly args: Readonly<Record<string, string>>;
}

const DEFAULTS: BuildSource = {
  context: ".",
  dockerfile: "Dockerfile",
  target: undefined,
  args: {},
};

/** Reads both forms of `build`; undefined where there is nothing to build from. */
export function readBuildSource(value: unknown, report: Report): BuildSource | undefined {
  if (typeof value === "string" && value !== "") return { ...DEFAULTS, context: value };
  if (!isMapping(value)) {
    const got = value === undefined ? "missing" : `${show(value)} is no build`;
    report(`${got}; name the folder that the image is built from, as in build: .`);
    return undefined;
  }
  const { args } = value;
  return {
    context: readName(value, "context", report) ?? DEFAULTS.context,
    dockerfile: readName(value, "dockerfile", report) ?? DEFAULTS.dockerfile,
    target: readName(value, "target", report),
    args: args === undefined ? DEFAULTS.args : pairs(VARIABLES)(args, reportBelow(report, "args")),
  };
}

function readName(
  build: Readonly<Record<string, unknown>>,
  key: "context" | "dockerfile" | "target",
  report: Report,
): string | undefined {
  const name = build[key];
  if (name === undefined) return undefined;
  if (typeof name === "string" && name !== "") return name;
  report(`${show(name)} is no text; write a name, or remove the key`, [key]);
  return undefined;
}
