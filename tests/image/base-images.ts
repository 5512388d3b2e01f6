import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import type { Docker } from "./docker";
import { run } from "./docker";

/** An image to build on or to run: the one that is named in the project, or a stand-in for it. */
export interface BaseImage {
  readonly tag: string;
  readonly isStandIn: boolean;
}

const SCRIPT = path.join(__dirname, "stand-in-base.sh");

/** Kept between runs, since making one takes half a minute; the tag says what is in it. */
const STAND_INS = {
  node: `stand-in/node:${process.versions.node}`,
  balancer: "stand-in/haproxy:testing",
} as const;

/** The image named by `tag` where the engine has it or can pull it, else a stand-in made on this machine. */
export async function provideImage(
  docker: Docker,
  kind: keyof typeof STAND_INS,
  tag: string,
): Promise<BaseImage> {
  if (await isThere(docker, tag)) return { tag, isStandIn: false };
  try {
    await run(docker, ["pull", "--quiet", tag]);
    return { tag, isStandIn: false };
  } catch (error) {
    const reason = String(error).trim().split("\n").at(-1);
    const standIn = STAND_INS[kind];
    process.stdout.write(`  ${tag} cannot be pulled (${reason}); ${standIn} stands in for it\n`);
    const env = { ...process.env, DOCKER: docker.client };
    await promisify(execFile)(SCRIPT, [kind, standIn], { env });
    return { tag: standIn, isStandIn: true };
  }
}

async function isThere(docker: Docker, tag: string): Promise<boolean> {
  const listed = await run(docker, ["images", "--quiet", tag]);
  return listed !== "";
}
