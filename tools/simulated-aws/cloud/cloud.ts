import type { Bag } from "../../preview/graph";

/** A resource of the simulated account as the engine asks about it. */
export interface ResourceReference {
  /** Pulumi's type token, for example `aws:ecs/service:Service`. */
  readonly type: string;
  /** Logical name in the program. */
  readonly name: string;
  /** Id in the provider's state. */
  readonly id: string;
  /**
   * Outputs in the engine's state. They tell apart what shares an id (the revisions of a task
   * definition, by ARN), and `read` takes from them the secrets that the account keeps to itself.
   */
  readonly state?: Bag;
}

/** One input that the provider does not accept. */
export interface CheckFailure {
  /** Property path, for example `healthCheck.path`; empty for the resource as a whole. */
  readonly property: string;
  readonly reason: string;
}

/** What a change of inputs means for a resource. */
export interface ResourceDiff {
  /** Top-level properties that differ; empty where nothing does. */
  readonly changed: readonly string[];
  /** Those of `changed` that cannot be changed in place. */
  readonly replaces: readonly string[];
  /** True where old and new cannot exist side by side. */
  readonly deleteBeforeReplace: boolean;
}

export interface Created {
  readonly id: string;
  readonly outputs: Bag;
}

export interface ReadResource {
  readonly id: string;
  /** Inputs as the account holds them now: drift shows here. */
  readonly inputs: Bag;
  readonly outputs: Bag;
}

/**
 * The simulated account as a provider sees it. Bags hold unwrapped secrets; in a preview an input may be UNKNOWN.
 * Whatever AWS would refuse rejects with an AwsError in AWS's wording, and leaves the account as it was,
 * unless the error says that the resource exists nevertheless (PartialFailure).
 */
export interface Cloud {
  /** Fills in autonames (`olds` keep theirs) and the provider's defaults, and names every fault of the inputs. */
  check(
    resource: Omit<ResourceReference, "id" | "state">,
    news: Bag,
    olds: Bag | undefined,
  ): { readonly inputs: Bag; readonly failures: readonly CheckFailure[] };
  /** Compares the inputs; `ignored` are the top-level properties or paths that ignoreChanges names. */
  diff(
    resource: ResourceReference,
    inputs: { readonly olds: Bag; readonly news: Bag; readonly ignored: readonly string[] },
  ): ResourceDiff;
  create(resource: Omit<ResourceReference, "id" | "state">, inputs: Bag): Promise<Created>;
  update(resource: ResourceReference, olds: Bag, news: Bag): Promise<Bag>;
  /** What the account holds, or undefined where the resource is gone. */
  read(resource: ResourceReference): Promise<ReadResource | undefined>;
  /** Succeeds where the resource is gone already, as the AWS provider does. */
  delete(resource: ResourceReference): Promise<void>;
  invoke(token: string, args: Bag): Promise<Bag>;
}

/** What AWS answers to a request that it refuses. */
export class AwsError extends Error {
  override readonly name: string = "AwsError";

  /**
   * @param code AWS's error code, for example `DependencyViolation`; empty where the provider
   *   itself refuses, or gives up waiting
   * @param message AWS's own wording
   */
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(code === "" ? message : `${code}: ${message}`);
  }
}

/** The resource exists, but what was to come of it did not, as when ECS rolls a deployment back. */
export class PartialFailure extends AwsError {
  override readonly name = "PartialFailure";

  constructor(
    code: string,
    message: string,
    readonly created: Created,
  ) {
    super(code, message);
  }
}
