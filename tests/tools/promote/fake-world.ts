import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../../../tools/promote/cli";
import { fakeProgram, type World } from "./fake-programs";

/** A command as a fake program was called with. */
interface Call {
  readonly command: string;
  /** The profile, or else the key of the environment. */
  readonly credentials: string;
  readonly input: string;
}

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Every command that was run, folders of this run as <folder>. */
  readonly commands: readonly string[];
  readonly calls: readonly Call[];
  readonly world: World;
}

export const REGISTRY = {
  dev: "111111111111.dkr.ecr.eu-central-1.amazonaws.com",
  prod: "222222222222.dkr.ecr.eu-west-1.amazonaws.com",
} as const;
export const REVISION = "arn:aws:ecs:eu-west-1:222222222222:task-definition/web-prod:41";
export const DIGEST = `sha256:${"1234567890abcdef".repeat(4)}`;

/** Dev runs an image, prod is deployed with an older one. */
export function aWorld(changes: Partial<World> = {}): World {
  return {
    outputs: {
      dev: { image: `${REGISTRY.dev}/web-d@${DIGEST}`, registry: `${REGISTRY.dev}/web-d` },
      prod: {
        image: `${REGISTRY.prod}/web-p@sha256:${"0".repeat(64)}`,
        registry: `${REGISTRY.prod}/web-p`,
        ingressIps: [],
        taskDefinition: REVISION,
      },
    },
    images: { "web-d": { [DIGEST]: ["0123-1"] }, "web-p": { [`sha256:${"0".repeat(64)}`]: ["a"] } },
    settings: {},
    architecture: "arm64",
    madeRepository: `${REGISTRY.prod}/web-new`,
    failures: {},
    ...changes,
  };
}

/** A project with the shipped settings, fake programs and a world of their own, in a temporary folder. */
export class FakeWorld {
  readonly folder = mkdtempSync(join(tmpdir(), "promote-test-"));
  private readonly bin = join(this.folder, "bin");
  private readonly file = join(this.folder, "world.json");
  private readonly calls = join(this.folder, "calls.jsonl");

  constructor(world: World = aWorld(), programs: readonly string[] = ["aws", "pulumi", "skopeo"]) {
    writeFileSync(this.file, JSON.stringify(world));
    mkdirSync(this.bin);
    mkdirSync(join(this.folder, "tmp"));
    for (const name of ["Pulumi.yaml", "Pulumi.dev.yaml", "Pulumi.prod.yaml"]) {
      cpSync(name, join(this.folder, name));
    }
    // Found on the PATH, and never run.
    for (const program of programs) {
      writeFileSync(join(this.bin, program), "", { mode: 0o755 });
    }
  }

  /** Runs the command in the project's folder. */
  async run(...args: readonly string[]): Promise<Ran> {
    const texts = { stdout: "", stderr: "" };
    writeFileSync(this.calls, "");
    const temporary = process.env["TMPDIR"];
    process.env["TMPDIR"] = join(this.folder, "tmp");
    try {
      const code = await run(args, {
        directory: this.folder,
        environment: {
          PATH: this.bin,
          AWS_ACCESS_KEY_ID: "key",
          FAKE_WORLD: this.file,
          FAKE_CALLS: this.calls,
        },
        stdout: { write: (text) => (texts.stdout += text) },
        stderr: { write: (text) => (texts.stderr += text) },
        execute: fakeProgram,
      });
      const calls = readFileSync(this.calls, "utf8")
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => JSON.parse(line) as Call);
      return {
        code,
        stdout: withoutFolder(texts.stdout),
        stderr: texts.stderr,
        commands: calls.map(({ command }) => withoutFolder(command)),
        calls,
        world: JSON.parse(readFileSync(this.file, "utf8")) as World,
      };
    } finally {
      if (temporary === undefined) delete process.env["TMPDIR"];
      else process.env["TMPDIR"] = temporary;
    }
  }

  /** Changes the stack file as `pulumi config set` would. */
  set(stack: string, key: string, value: string): void {
    const file = join(this.folder, `Pulumi.${stack}.yaml`);
    writeFileSync(file, `${readFileSync(file, "utf8").trimEnd()}\n  ecs-on-ec2:${key}: ${value}\n`);
  }

  /** True where a run has left its credentials behind. */
  get hasLeftovers(): boolean {
    return readdirSync(join(this.folder, "tmp")).length > 0;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

const withoutFolder = (text: string): string =>
  text.replace(/\S*\/promote-\w+(?=\/auth)/g, "<folder>");
