import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import type { Ended, Execute } from "../../../tools/promote/run-program";

/** What the fake programs see and change. */
export interface World {
  /** Outputs of the stacks that there are. */
  readonly outputs: Record<string, Record<string, unknown>>;
  /** Tags of images by repository and digest. */
  readonly images: Record<string, Record<string, readonly string[]>>;
  /** Values that `pulumi config set` was given, by `stack key`. */
  readonly settings: Record<string, string>;
  /** Architecture of every image, in the words of Docker. */
  readonly architecture: string;
  /** URL of the repository that a targeted `pulumi up` makes. */
  readonly madeRepository: string;
  /** What commands that begin so fail with. */
  readonly failures: Record<string, string>;
  /** True where a copy arrives nowhere. */
  readonly losesCopies?: boolean;
}

/**
 * Stands for aws, pulumi and skopeo. The world that they see and change is the JSON file that FAKE_WORLD
 * names; FAKE_CALLS gets a line a call.
 */
export const fakeProgram: Execute = ({ program, args, input, environment }, shown) => {
  const { FAKE_WORLD = "", FAKE_CALLS = "" } = environment;
  const world = JSON.parse(readFileSync(FAKE_WORLD, "utf8")) as World;
  const command = [program, ...args].join(" ");
  const credentials = environment["AWS_PROFILE"] ?? environment["AWS_ACCESS_KEY_ID"] ?? "none";
  appendFileSync(FAKE_CALLS, `${JSON.stringify({ command, credentials, input })}\n`);
  const ended = answer(world, { command, args, input, environment });
  writeFileSync(FAKE_WORLD, JSON.stringify(world));
  shown?.stdout.write(ended.stdout);
  shown?.stderr.write(ended.stderr);
  return Promise.resolve(ended);
};

interface Called {
  readonly command: string;
  readonly args: readonly string[];
  readonly input: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

const done = (stdout: string): Ended => ({ code: 0, stdout, stderr: "" });
const refused = (message: string): Ended => ({ code: 255, stdout: "", stderr: `${message}\n` });
const digestIn = (text: string): string => /sha256:[0-9a-f]{64}/.exec(text)?.[0] ?? "";

function answer(world: World, { command, args, input, environment }: Called): Ended {
  const failure = Object.entries(world.failures).find(([start]) => command.startsWith(start));
  if (failure !== undefined) return refused(failure[1]);
  const valueOf = (option: string): string => args[args.indexOf(option) + 1] ?? "";
  const stack = valueOf("--stack");
  switch (command.split(" ", 2).join(" ")) {
    case "pulumi stack": {
      const outputs = world.outputs[stack];
      return outputs === undefined
        ? refused(`error: no stack named '${stack}' found`)
        : done(JSON.stringify(outputs));
    }
    case "pulumi up":
      if (environment["REPOSITORY_ONLY_OF"] !== stack.split("/").at(-1)) {
        return refused("the whole stack would be deployed");
      }
      world.outputs[stack] = { registry: world.madeRepository };
      return done("Resources:\n    + 4 created\n");
    case "pulumi config":
      world.settings[`${stack} ${args[2] ?? ""}`] = args[3] ?? "";
      return done("");
    case "aws ecr":
      return args[1] === "get-login-password"
        ? done(`password of ${valueOf("--region")}\n`)
        : describeImages(world, valueOf("--repository-name"), digestIn(command));
    case "aws ecs":
      return done(world.architecture === "amd64" ? "X86_64\n" : "ARM64\n");
    case "skopeo login":
      writeFileSync(valueOf("--authfile"), input);
      return done("Login Succeeded!\n");
    case "skopeo copy":
      return copy(world, args.at(-1) ?? "", digestIn(command));
    case "skopeo --override-os":
      return done(JSON.stringify({ Architecture: world.architecture }));
    default:
      return refused(`${command} is not known to the fake programs`);
  }
}

function describeImages({ images }: World, repository: string, imageDigest: string): Ended {
  const imageTags = images[repository]?.[imageDigest];
  if (imageTags === undefined) {
    return refused(
      `An error occurred (ImageNotFoundException) when calling the DescribeImages operation: The image with imageId {imageDigest:'${imageDigest}'} does not exist`,
    );
  }
  // An image without a tag has no list of them.
  return done(
    JSON.stringify({ imageDetails: [{ imageDigest, ...(imageTags.length > 0 && { imageTags }) }] }),
  );
}

function copy({ images, losesCopies }: World, target: string, digest: string): Ended {
  const [, repository = "", tag = ""] = /^docker:\/\/[^/]+\/(.+):([^:]+)$/.exec(target) ?? [];
  if (losesCopies !== true) (images[repository] ??= {})[digest] = [tag];
  return done("Writing manifest to image destination\n");
}
