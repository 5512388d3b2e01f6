/** What the last stage of a Dockerfile tells who runs the image. */
export interface ImageDescription {
  readonly exposedPorts: readonly number[];
  readonly user: string | undefined;
  readonly workingDirectory: string | undefined;
  /** In exec form; undefined for none or for a shell's. */
  readonly command: readonly string[] | undefined;
  readonly environment: Readonly<Record<string, string>>;
}

/** Reads one stage of a Dockerfile: what it declares itself, without what its base image does. */
export function describeImage(dockerfile: string, stage: string): ImageDescription {
  const instructions = instructionsOf(dockerfile, stage);
  const all = (name: string) =>
    instructions.flatMap(([keyword, value]) => (keyword === name ? [value] : []));
  const last = (name: string) => all(name).at(-1);
  return {
    exposedPorts: all("EXPOSE")
      .flatMap((value) => value.split(/\s+/))
      .map((port) => Number(port.replace(/\/tcp$/, ""))),
    user: last("USER"),
    workingDirectory: last("WORKDIR"),
    command: execForm(last("CMD")),
    environment: Object.fromEntries(all("ENV").flatMap(pairsOf)),
  };
}

function instructionsOf(
  dockerfile: string,
  stage: string,
): readonly (readonly [keyword: string, value: string])[] {
  const lines = dockerfile
    .replace(/^\s*#.*\n/gm, "")
    .replace(/\\\n\s*/g, "")
    .split("\n")
    .map((line) => line.trim());
  const start = lines.findIndex((line) => new RegExp(`^FROM .* AS ${stage}$`, "i").test(line));
  if (start === -1) return [];
  const end = lines.findIndex((line, index) => index > start && line.startsWith("FROM "));
  return lines.slice(start + 1, end === -1 ? undefined : end).flatMap((line) => {
    const [, keyword, value] = /^([A-Z]+)\s+(.*)$/.exec(line) ?? [];
    return keyword === undefined || value === undefined ? [] : [[keyword, value] as const];
  });
}

function execForm(value: string | undefined): readonly string[] | undefined {
  return value?.startsWith("[") === true ? (JSON.parse(value) as string[]) : undefined;
}

/** `NAME=value` and `NAME="a value"`, one or more. */
function pairsOf(value: string): [string, string][] {
  return [...value.matchAll(/(\w+)=(?:"([^"]*)"|(\S*))/g)].map(
    ([, name = "", quoted, plain = ""]) => [name, quoted ?? plain],
  );
}
