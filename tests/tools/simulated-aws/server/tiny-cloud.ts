import type { Bag } from "../../../../tools/preview/graph";
import type { Cloud, Created, ReadResource } from "../../../../tools/simulated-aws/cloud/cloud";
import type { AwsAccount } from "../../../../tools/simulated-aws/account";

export const ACCOUNT: AwsAccount = {
  accountId: "123456789012",
  region: "eu-central-1",
  partition: "aws",
  dnsSuffix: "amazonaws.com",
  defaultTags: { Owner: "platform" },
};

/** A cloud that remembers what it was asked and answers as a test wants. */
export class TinyCloud implements Cloud {
  readonly asked: [operation: string, ...args: unknown[]][] = [];
  created: () => Promise<Created> = () =>
    Promise.resolve({ id: "web-1", outputs: { name: "web-1", arn: "arn:web-1" } });
  found: ReadResource | undefined = undefined;
  deleted: () => Promise<void> = () => Promise.resolve();

  check(resource: object, news: Bag, olds: Bag | undefined) {
    this.asked.push(["check", resource, news, olds]);
    return {
      inputs: { name: "web-made-up", ...news },
      failures: "wrong" in news ? [{ property: "wrong", reason: "got true, must be absent" }] : [],
    };
  }

  diff(...args: unknown[]) {
    this.asked.push(["diff", ...args]);
    return { changed: ["name", "tags"], replaces: ["name"], deleteBeforeReplace: true };
  }

  create(...args: unknown[]): Promise<Created> {
    this.asked.push(["create", ...args]);
    return this.created();
  }

  update(...args: unknown[]): Promise<Bag> {
    this.asked.push(["update", ...args]);
    return Promise.resolve({ name: "web-1", arn: "arn:web-1" });
  }

  read(...args: unknown[]): Promise<ReadResource | undefined> {
    this.asked.push(["read", ...args]);
    return Promise.resolve(this.found);
  }

  delete(...args: unknown[]): Promise<void> {
    this.asked.push(["delete", ...args]);
    return this.deleted();
  }

  invoke(...args: unknown[]): Promise<Bag> {
    this.asked.push(["invoke", ...args]);
    return Promise.resolve({ names: ["eu-central-1a"] });
  }
}
