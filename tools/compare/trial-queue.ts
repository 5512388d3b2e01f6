import { type ChildProcess, fork } from "node:child_process";
import { setImmediate } from "node:timers/promises";
import type { StackFiles } from "../preview/stack-files";
import type { Trial } from "./trial";
import { recordTrial } from "./trial";

interface Waiting {
  readonly files: StackFiles;
  readonly resolve: (trial: Trial | Promise<Trial>) => void;
}

/**
 * Tries configurations in a process beside this one, and once this one has nothing else to do, in both.
 * What was asked for before is not tried again. Where the other process fails, this one does its part.
 */
export class TrialQueue {
  private readonly known = new Map<string, Promise<Trial>>();
  private readonly waiting: Waiting[] = [];
  private readonly child: ChildProcess;
  /** What the other process was given and has not answered, in the order of its answers. */
  private readonly sent: Waiting[] = [];
  private isChildThere = true;
  private isHelping = false;
  private isBusy = false;

  /** @param directory of the project, which has to be the working directory */
  constructor(private readonly directory: string) {
    const program = require.resolve("./record-trial.cjs");
    // The program has said in this process what it says.
    this.child = fork(program, { cwd: directory, stdio: ["ignore", "ignore", "ignore", "ipc"] });
    this.child.on("message", (trial: Trial) => {
      this.sent.shift()?.resolve(trial);
      this.next();
    });
    for (const event of ["error", "exit"] as const) this.child.on(event, this.onChildGone);
  }

  /** The trial of a configuration; its rank is that of the first who asked. */
  try(files: StackFiles): Promise<Trial> {
    const key = JSON.stringify([files.stack, Object.entries(files.config).sort(byKey)]);
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const trial = new Promise<Trial>((resolve) => this.waiting.push({ files, resolve }));
    this.known.set(key, trial);
    this.next();
    return trial;
  }

  /** Lets this process take part. */
  help(): void {
    this.isHelping = true;
    this.next();
  }

  /** Ends the other process. */
  close(): void {
    this.child.off("exit", this.onChildGone);
    this.child.kill();
  }

  private readonly onChildGone = (): void => {
    this.isChildThere = false;
    this.waiting.unshift(...this.sent.splice(0));
    this.next();
  };

  private next(): void {
    while (this.isChildThere && this.sent.length < (this.isHelping ? AT_ONCE : IN_ADVANCE)) {
      const each = this.waiting.shift();
      if (each === undefined) break;
      this.sent.push(each);
      this.child.send(each.files);
    }
    if (this.isHelping && !this.isBusy) void this.recordHere();
  }

  private async recordHere(): Promise<void> {
    this.isBusy = true;
    for (let each = this.waiting.shift(); each !== undefined; each = this.waiting.shift()) {
      const trial = recordTrial(this.directory, each.files);
      each.resolve(trial);
      // Whoever asked is told of a failure.
      await trial.catch(() => undefined);
      // A recording leaves no room for the other process's answers.
      await setImmediate();
    }
    this.isBusy = false;
  }
}

/** Trials that the other process is given where both take part: one more than it works on. */
const AT_ONCE = 2;

/** The same while this process is busy, and hears nothing for a second or two. */
const IN_ADVANCE = 16;

const byKey = ([one]: readonly [string, string], [other]: readonly [string, string]): number =>
  one < other ? -1 : 1;
