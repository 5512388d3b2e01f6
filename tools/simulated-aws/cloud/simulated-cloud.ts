import { isDeepStrictEqual } from "node:util";
import type { Bag } from "../../preview/graph";
import type { AwsAccount } from "../account";
import { invokeFunction } from "../functions";
import { isBag } from "../protocol-values";
import type { AccountFolder } from "./account-folder";
import { openAccount } from "./account-folder";
import type { BehaviourContext } from "./behaviours/behaviour";
import { refuseMissingImage } from "./behaviours/image";
import { BEHAVIOURS } from "./behaviours/table";
import { checkInputs } from "./check";
import type { Cloud, Created, ReadResource, ResourceDiff, ResourceReference } from "./cloud";
import { AwsError } from "./cloud";
import { diffInputs } from "./diff";
import { draftChanged, draftNew } from "./drafts";
import type { Faults } from "./faults";
import { FaultInjection } from "./faults";
import { withoutList } from "./provider-defaults";
import {
  companionsOf,
  obstacleTo,
  refuseDanglingReferences,
  refuseSecondOwner,
} from "./references";
import { propertiesOf } from "./rules/rule";
import { restored } from "./secrets";
import type { StoredResource } from "./stored-resource";
import { sharesId } from "./stored-resource";

/** What a simulated account is made of. */
export interface CloudSettings {
  /** Number, region and default tags. */
  readonly account: AwsAccount;
  /** Where the account's resources are kept; need not exist yet. */
  readonly folder: string;
  /** What goes wrong on purpose. @default nothing */
  readonly faults?: Faults;
  /**
   * How long a deletion waits for what stands in its way and may be going itself. The AWS provider
   * waits for minutes, since the engine deletes side by side what does not depend on each other.
   *
   * @default 10000
   */
  readonly patienceMilliseconds?: number;
  /** Where relative paths of the program begin. @default the working directory */
  readonly programFolder?: string;
}

/** Time between two looks at what stands in the way of a deletion. */
const LOOK_AGAIN_MILLISECONDS = 20;

/**
 * A simulated AWS account whose resources live in a folder. Secrets are not written there (see
 * secrets.ts), and what is deleted moves to its subfolder `deleted`.
 *
 * @throws where the folder holds a file that is no resource, naming the file and what to do
 */
export function createCloud(settings: CloudSettings): Cloud {
  const folder = openAccount(settings.folder);
  // A corrupt file stops here, before anything is done.
  folder.all();
  return new SimulatedCloud(folder, settings);
}

class SimulatedCloud implements Cloud {
  private readonly faults: FaultInjection;

  constructor(
    private readonly folder: AccountFolder,
    private readonly settings: CloudSettings,
  ) {
    this.faults = new FaultInjection(settings.faults);
  }

  check(
    resource: Pick<ResourceReference, "type" | "name">,
    news: Bag,
    olds: Bag | undefined,
  ): ReturnType<Cloud["check"]> {
    return checkInputs(resource, news, olds, {
      isTaken: (type, property, name) =>
        this.folder
          .ofType(type)
          .some(({ inputs, computed }) => (inputs[property] ?? computed[property]) === name),
      folder: this.settings.programFolder ?? process.cwd(),
    });
  }

  diff(resource: ResourceReference, inputs: Parameters<Cloud["diff"]>[1]): ResourceDiff {
    const diff = diffInputs(resource.type, inputs);
    return this.hasOtherDefaultTags(resource, inputs.news)
      ? { ...diff, changed: [...diff.changed, "tagsAll"] }
      : diff;
  }

  create(resource: Pick<ResourceReference, "type" | "name">, inputs: Bag): Promise<Created> {
    return this.faults.around("create", resource.type, async () => {
      const { type } = resource;
      const context = this.context([]);
      const draft = draftNew(resource, inputs, this.folder, this.settings.account);
      refuseSecondOwner(draft, this.folder);
      refuseDanglingReferences(type, draft.inputs, this.folder);
      BEHAVIOURS[type]?.refuse?.(draft, context);
      const created = BEHAVIOURS[type]?.complete?.(draft, context) ?? draft;
      this.folder.write(created);
      BEHAVIOURS[type]?.follow?.(created, context);
      return Promise.resolve({ id: created.id, outputs: outputsOf(created, inputs) });
    });
  }

  update(resource: ResourceReference, olds: Bag, news: Bag): Promise<Bag> {
    return this.faults.around("update", resource.type, async () => {
      const { type } = resource;
      const before = this.find(resource);
      if (before === undefined) {
        throw new AwsError("", "couldn't find resource");
      }
      const changed = [...new Set([...Object.keys(olds), ...Object.keys(news)])].filter(
        (property) => !isDeepStrictEqual(olds[property], news[property]),
      );
      const context = this.context(changed);
      // What the program does not change stays as the account has it, drifted or not.
      const inputs = merged(before.inputs, news, changed);
      const draft = draftChanged(before, inputs, this.settings.account);
      refuseSecondOwner(draft, this.folder);
      refuseDanglingReferences(type, draft.inputs, this.folder, before.inputs);
      BEHAVIOURS[type]?.refuse?.(draft, context, before);
      const updated = BEHAVIOURS[type]?.complete?.(draft, context, before) ?? draft;
      this.folder.write(updated);
      BEHAVIOURS[type]?.follow?.(updated, context, before);
      return Promise.resolve(outputsOf(updated, news));
    });
  }

  read(resource: ResourceReference): Promise<ReadResource | undefined> {
    const { type, id, state = {} } = resource;
    const found = this.find(resource);
    return Promise.resolve(
      found === undefined
        ? undefined
        : {
            id,
            inputs: restored(type, found.inputs, state),
            outputs: outputsOf(found, state),
          },
    );
  }

  delete(resource: ResourceReference): Promise<void> {
    return this.faults.around("delete", resource.type, async () => {
      const found = this.find(resource);
      if (found === undefined || found.inputs["skipDestroy"] === true) {
        return;
      }
      await this.untilFree(found);
      for (const companion of companionsOf(found, this.folder)) {
        this.folder.delete(companion);
      }
      this.folder.delete(found);
    });
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- what is refused rejects, as in all operations
  async invoke(token: string, args: Bag): Promise<Bag> {
    refuseMissingImage(token, args, this.folder);
    return invokeFunction(token, args, this.settings.account, false);
  }

  private context(changed: readonly string[]): BehaviourContext {
    const { folder, faults } = this;
    return { folder, account: this.settings.account, rollsBack: faults.rollsBack, changed };
  }

  /** A family's revisions share an id: the state tells them apart, or else the newest is meant. */
  private find({ type, id, state }: ResourceReference): StoredResource | undefined {
    if (!sharesId(type)) {
      return this.folder.find(type, id);
    }
    const arn = state?.["arn"];
    return typeof arn === "string"
      ? this.folder.find(type, arn)
      : this.folder
          .ofType(type)
          .filter((revision) => revision.id === id)
          .sort((one, other) => other.incarnation - one.incarnation)[0];
  }

  /** Waits until nothing stands in the way, as far as the provider would. */
  private async untilFree(resource: StoredResource): Promise<void> {
    const { patienceMilliseconds = 10_000 } = this.settings;
    const end = Date.now() + patienceMilliseconds;
    for (;;) {
      const obstacle = obstacleTo(resource, { folder: this.folder });
      if (obstacle === undefined) {
        return;
      }
      if (!obstacle.waits || Date.now() >= end) {
        throw obstacle.refusal;
      }
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MILLISECONDS));
    }
  }

  /** True where the provider's default tags are not those that the resource has. */
  private hasOtherDefaultTags(resource: ResourceReference, news: Bag): boolean {
    const found = this.find(resource);
    const tags = found?.computed["tagsAll"];
    const own = news["tags"] ?? {};
    return (
      tags !== undefined &&
      isBag(own) &&
      isDeepStrictEqual(found?.inputs["tags"] ?? {}, own) &&
      !isDeepStrictEqual(tags, { ...this.settings.account.defaultTags, ...own })
    );
  }
}

function merged(before: Bag, news: Bag, changed: readonly string[]): Bag {
  const inputs: Bag = { ...before };
  for (const property of changed) {
    const value = news[property];
    if (value === undefined) {
      // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- a bag is a map of properties
      delete inputs[property];
    } else {
      inputs[property] = value;
    }
  }
  return inputs;
}

/** The outputs as the engine gets them, with the secrets that it knows anyway. */
function outputsOf(resource: StoredResource, known: Bag): Bag {
  return restored(resource.type, withoutList(propertiesOf(resource)), known);
}
