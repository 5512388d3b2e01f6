import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Docker } from "./docker";
import { stopCommands } from "./docker";

/** Label of a run's containers, with the run's id as its value. */
export const LABEL = "ecs-on-ec2.image-test";

/** What a run leaves behind until it is removed: whatever bears its id in a label or a name, and its folder. */
export class RunTraces {
  /** Temporary files of the run. */
  readonly folder = mkdtempSync(path.join(tmpdir(), "image-test-"));
  /** `image-test-…`, new in each run. */
  readonly id = path.basename(this.folder).toLowerCase();

  constructor(private readonly docker: Docker) {
    // Mocha does not run its hooks when it is interrupted. Ctrl-C can come twice, by the terminal and by npm.
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      process.on(signal, () => {
        stopCommands();
        this.remove();
        process.exit(signal === "SIGINT" ? 130 : 143);
      });
    }
  }

  /** Removes containers, networks, images and files; base images and the build cache stay for the next run. */
  remove(): void {
    const labelled = this.list("ps", "--all", "--quiet", "--filter", `label=${LABEL}=${this.id}`);
    const composed = this.list("ps", "--all", "--quiet", "--filter", `name=${this.id}`);
    this.removeEach(["rm", "--force"], [...new Set([...labelled, ...composed])]);
    const networks = this.list("network", "ls", "--quiet", "--filter", `name=${this.id}`);
    this.removeEach(["network", "rm"], networks);
    const images = this.list("images", "--format", "{{.Repository}}:{{.Tag}}");
    const own = images.filter((image) => image.includes(this.id));
    this.removeEach(["rmi", "--force"], own);
    rmSync(this.folder, { recursive: true, force: true });
  }

  private list(...args: readonly string[]): readonly string[] {
    const listed = execFileSync(this.docker.client, args, { encoding: "utf8" }).trim();
    return listed === "" ? [] : listed.split("\n");
  }

  private removeEach(command: readonly string[], names: readonly string[]): void {
    if (names.length === 0) return;
    execFileSync(this.docker.client, [...command, ...names], { stdio: "ignore" });
  }
}
