import type { AccountFolder } from "../account-folder";
import type { AwsAccount } from "../../account";
import type { StoredResource } from "../stored-resource";

/** What AWS does with a type beyond keeping its settings. All members are optional. */
interface Behaviour {
  /**
   * Refuses settings for a reason that no table holds.
   *
   * @param before the resource as it is; undefined at creation
   * @throws AwsError
   */
  readonly refuse?: (
    resource: StoredResource,
    context: BehaviourContext,
    before?: StoredResource,
  ) => void;
  /** The resource with what AWS adds to it, such as a count or a version. */
  readonly complete?: (
    resource: StoredResource,
    context: BehaviourContext,
    before?: StoredResource,
  ) => StoredResource;
  /**
   * What follows once the resource is there: instances start, an image is pushed.
   *
   * @throws PartialFailure where the resource exists and what was to come of it does not
   */
  readonly follow?: (
    resource: StoredResource,
    context: BehaviourContext,
    before?: StoredResource,
  ) => void;
}

export type Behaviours = Readonly<Record<string, Behaviour>>;

/** The account that a behaviour acts in. */
export interface BehaviourContext {
  readonly folder: AccountFolder;
  readonly account: AwsAccount;
  /** True where deployments fail. */
  readonly rollsBack: boolean;
  /** Properties that an update changes, secret ones too, which the account writes no value of. */
  readonly changed: readonly string[];
}

/** A copy with other answers of AWS. */
export function withComputed(
  resource: StoredResource,
  computed: StoredResource["computed"],
): StoredResource {
  return { ...resource, computed: { ...resource.computed, ...computed } };
}
