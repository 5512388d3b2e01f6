import * as pulumi from "@pulumi/pulumi";
import type { LogRequest } from "@pulumi/pulumi/proto/engine_pb";
import {
  LogSeverity,
  RequirePulumiVersionResponse,
  SetRootResourceResponse,
} from "@pulumi/pulumi/proto/engine_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { accountOf } from "../simulated-aws/account";
import type { CloudAnswers } from "./cloud-answers";
import { PREVIEW_ANSWERS } from "./cloud-answers";
import { DeclaredResources } from "./declared-resources";
import type { ResourceGraph } from "./graph";
import { inProcessClient } from "./in-process-client";
import { FaultCollector, RecordingError } from "./recording-faults";
import { urlOf } from "./registration";
import { ResourceRecorder } from "./resource-recorder";
import type { ProgramFunctions } from "./sdk-internals";
import { connect, inOwnState, NO_ADDRESS } from "./sdk-internals";

/** What a program runs as. */
export interface ProgramRun {
  readonly project: string;
  readonly stack: string;
  /** Every value by its full key, defaults included, as the engine hands them over. */
  readonly config: Readonly<Record<string, string>>;
  /** Keys of `config` that are secret. The value of an encrypted one is UNKNOWN. */
  readonly secretKeys: readonly string[];
  /** Absolute path of the project, which source positions are told from. @default the working directory */
  readonly root?: string;
  /** Takes what the program logs as information or warning. @default the standard error stream */
  readonly onMessage?: (severity: "info" | "warning", text: string) => void;
  /** What answers for AWS. @default what is known in a preview */
  readonly answers?: CloudAnswers;
}

/**
 * Runs a program in this process and without an engine, and records what it declares: what the real
 * engine would get, over the same protocol. In preview mode, as it is without `answers`, what only AWS
 * can tell is left unknown.
 *
 * @param program declares the resources when it is called; what it returns are the stack's outputs
 * @throws RecordingError with every fault of the run, each once
 */
export async function recordStack(program: () => unknown, run: ProgramRun): Promise<ResourceGraph> {
  const {
    project,
    stack,
    config,
    secretKeys,
    root = process.cwd(),
    answers = PREVIEW_ANSWERS,
  } = run;
  const faults = new FaultCollector(root);
  const declared = new DeclaredResources();
  const functions: ProgramFunctions = new Map();
  const identity = { project, stack, root: urlOf(root) };
  const account = () => accountOf(config);
  const recorder = new ResourceRecorder(identity, account, functions, faults.add, answers);

  await faults.during(() =>
    inOwnState(async () => {
      pulumi.runtime.resetOptions(
        project,
        stack,
        PARALLEL,
        "",
        NO_ADDRESS,
        answers.preview,
        ORGANIZATION,
      );
      pulumi.runtime.setAllConfig({ ...config }, [...secretKeys]);
      connect(
        inProcessClient(recorder.rpcs, faults.add),
        inProcessClient(engineRpcs(run, faults), faults.add),
        functions,
      );
      await pulumi.runtime
        .runInPulumiStack(async () => {
          declared.watch();
          return (await program()) as pulumi.Inputs;
        })
        .catch(faults.add);
      // After a failure too: answers on their way belong to this run.
      await pulumi.runtime.disconnect(true);
    }),
  );
  const found = faults.conclude(() => declared.missingFrom(recorder.registered));
  if (found.length > 0) {
    throw new RecordingError(found);
  }
  return { project, stack, ...recorder.graph() };
}

/** Registrations at a time; 1 would serialise them. */
const PARALLEL = 64;
const ORGANIZATION = "organization";

/** The methods of the protocol's service Engine. */
function engineRpcs({ onMessage }: ProgramRun, faults: FaultCollector) {
  const say = onMessage ?? ((severity, text) => process.stderr.write(`${severity}: ${text}\n`));
  return {
    log: (request: LogRequest) => {
      const severity = request.getSeverity();
      if (severity === LogSeverity.ERROR) {
        faults.addLog(request.getMessage());
      } else if (severity !== LogSeverity.DEBUG) {
        say(severity === LogSeverity.WARNING ? "warning" : "info", request.getMessage());
      }
      return EMPTY;
    },
    setRootResource: () => new SetRootResourceResponse(),
    requirePulumiVersion: () => new RequirePulumiVersionResponse(),
    startDebugging: () => EMPTY,
  };
}

const EMPTY = new Empty();
