import * as pulumi from "@pulumi/pulumi";
import type { Bag } from "../../tools/preview/graph";
import { DeclaredResources } from "../../tools/preview/declared-resources";
import { FaultCollector, RecordingError } from "../../tools/preview/recording-faults";
import { inOwnState, serialized } from "../../tools/preview/sdk-internals";
import { plainBag } from "../../tools/simulated-aws/protocol-values";
import { MockRecording } from "./mock-recording";
import type { MockedResource, MockRun } from "./mock-recording";

export type { MockedResource, MockRun };

export interface MockedProgram<T> {
  /** Without the stack, in the order of registration, with the children of remote components. */
  readonly resources: readonly MockedResource[];
  /** What the program returned. */
  readonly result: T;
  /** The result's own properties: secrets unwrapped, unknown values UNKNOWN, resources by id. */
  readonly outputs: Bag;
  /** Paths of the outputs that are secret. */
  readonly secretOutputs: readonly string[];
  /** The resources of one type. */
  readonly ofType: (type: string) => readonly MockedResource[];
  /** The only resource of one type. Throws where there is none or more than one. */
  readonly only: (type: string) => MockedResource;
  /** The resource of that type and name. Throws where there is none. */
  readonly named: (type: string, name: string) => MockedResource;
}

/**
 * Runs a program, or a part of one, on Pulumi's mocks with the simulated AWS's answers.
 *
 * @param program declares resources; what it returns is the result
 * @throws RecordingError with every fault of the run: a throw anywhere, also inside an apply, a lost
 *   promise, an error log, a duplicate URN, an unknown type or function, or a resource that was
 *   declared and never reached the mocks
 */
export async function underMocks<T>(
  program: () => T | Promise<T>,
  run: MockRun = {},
): Promise<MockedProgram<T>> {
  const faults = new FaultCollector();
  const declared = new DeclaredResources();
  const recording = new MockRecording(run);
  const finished: Pick<MockedProgram<T>, "result" | "outputs" | "secretOutputs">[] = [];

  await faults.during(() =>
    inOwnState(async () => {
      await recording.install();
      const results: T[] = [];
      await pulumi.runtime
        .runInPulumiStack(async () => {
          declared.watch();
          results.push(await program());
        })
        .catch(faults.add);
      await pulumi.runtime.disconnect();
      for (const result of results) {
        finished.push({ result, ...(await resolved(result)) });
      }
    }),
  );
  const found = faults.conclude(() => declared.missingFrom(recording.registered));
  const [outcome] = finished;
  if (found.length > 0 || outcome === undefined) {
    throw new RecordingError(found);
  }
  const { resources } = recording;
  const ofType = (type: string) => resources.filter((resource) => resource.type === type);
  return {
    ...outcome,
    resources,
    ofType,
    only: (type) => exactlyOne(ofType(type), type, resources),
    named: (type, name) =>
      exactlyOne(
        ofType(type).filter((resource) => resource.name === name),
        `${type} "${name}"`,
        resources,
      ),
  };
}

/** The result's properties but those that the SDK keeps on a resource for itself. */
async function resolved(result: unknown): Promise<{ outputs: Bag; secretOutputs: string[] }> {
  const properties =
    result !== null && typeof result === "object" && !pulumi.Output.isInstance(result)
      ? Object.fromEntries(Object.entries(result).filter(([key]) => !/^(__|urn$)/.test(key)))
      : {};
  const secretOutputs: string[] = [];
  const outputs = plainBag(await serialized("outputs", properties), (value, path) => {
    secretOutputs.push(path);
    return value;
  });
  return { outputs, secretOutputs };
}

function exactlyOne(
  found: readonly MockedResource[],
  wanted: string,
  all: readonly MockedResource[],
): MockedResource {
  const [only] = found;
  if (only === undefined || found.length > 1) {
    const list = (found.length > 0 ? found : all).map(({ type, name }) => `${type} "${name}"`);
    throw new Error(`${found.length} resources for ${wanted} among:\n${list.sort().join("\n")}`);
  }
  return only;
}
