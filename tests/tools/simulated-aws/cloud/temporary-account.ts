import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Bag } from "../../../../tools/preview/graph";
import { accountOf } from "../../../../tools/simulated-aws/account";
import type { Cloud } from "../../../../tools/simulated-aws/cloud/cloud";
import type { CloudSettings } from "../../../../tools/simulated-aws/cloud/simulated-cloud";
import { createCloud } from "../../../../tools/simulated-aws/cloud/simulated-cloud";
import type { MockedResource } from "../../../support/program-under-mocks";

export const ACCOUNT = accountOf({ "aws:region": "eu-central-1" });

/** A resource as a test made it. */
export interface Made {
  readonly type: string;
  readonly name: string;
  readonly id: string;
  readonly inputs: Bag;
  readonly outputs: Bag;
}

/** An output that is a text; empty where it is none. */
export function textOf({ outputs }: Pick<Made, "outputs">, property: string): string {
  const value = outputs[property];
  return typeof value === "string" ? value : "";
}

/** A simulated account in a folder of its own, which goes with `remove`. */
export class TemporaryAccount {
  readonly folder = mkdtempSync(join(tmpdir(), "simulated-account-"));
  readonly cloud: Cloud;

  constructor(settings: Partial<CloudSettings> = {}) {
    this.cloud = this.reopened(settings);
  }

  /** The same account as another process of the engine sees it. Deletions do not wait. */
  reopened(settings: Partial<CloudSettings> = {}): Cloud {
    return createCloud({
      account: ACCOUNT,
      folder: this.folder,
      patienceMilliseconds: 0,
      ...settings,
    });
  }

  /** Checks and creates; a name of the logical kind is the type's own last part in lower case. */
  async make(
    type: string,
    inputs: Bag,
    name = (type.split(":")[2] ?? type).toLowerCase(),
  ): Promise<Made> {
    const checked = this.cloud.check({ type, name }, inputs, undefined);
    if (checked.failures.length > 0) {
      throw new Error(checked.failures.map(({ reason }) => reason).join("; "));
    }
    const { id, outputs } = await this.cloud.create({ type, name }, checked.inputs);
    return { type, name, id, inputs: checked.inputs, outputs };
  }

  /** Changes some inputs, and takes away those that are undefined. */
  async change(made: Made, changes: Record<string, Bag[string] | undefined>): Promise<Bag> {
    const entries = Object.entries({ ...made.inputs, ...changes });
    const news = Object.fromEntries(
      entries.filter((entry): entry is [string, Bag[string]] => entry[1] !== undefined),
    );
    return this.cloud.update({ ...made, state: made.outputs }, made.inputs, news);
  }

  delete(made: Made): Promise<void> {
    return this.cloud.delete({ ...made, state: made.outputs });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Runs a test in an account of its own. */
export const inAccount =
  (test: (account: TemporaryAccount) => Promise<void>, settings: Partial<CloudSettings> = {}) =>
  async (): Promise<void> => {
    const account = new TemporaryAccount(settings);
    try {
      await test(account);
    } finally {
      account.remove();
    }
  };

/** What an operation was refused with; fails where it was not. */
export async function refusalOf(operation: Promise<unknown>): Promise<string> {
  try {
    await operation;
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("the operation was not refused");
}

/** The resources that a provider makes, each after everything that it depends on. */
export function inDependencyOrder(resources: readonly MockedResource[]): MockedResource[] {
  const left = resources.filter(({ custom, type }) => custom && !type.startsWith("pulumi:"));
  const ordered: MockedResource[] = [];
  while (left.length > 0) {
    const index = left.findIndex(({ dependencies }) =>
      dependencies.every((urn) => !left.some((other) => other.urn === urn)),
    );
    ordered.push(...left.splice(index, 1));
  }
  return ordered;
}
