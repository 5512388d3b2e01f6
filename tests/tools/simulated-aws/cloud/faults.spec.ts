import assert from "node:assert/strict";
import { inventory } from "../../../../tools/simulated-aws/cloud/inventory";
import type { TemporaryAccount } from "./temporary-account";
import { inAccount, refusalOf } from "./temporary-account";

const VPC = "aws:ec2/vpc:Vpc";
const makeVpc = (account: TemporaryAccount, name: string) =>
  account.make(VPC, { cidrBlock: "10.0.0.0/16" }, name);

/** Whether a promise is still open once everything that is ready has run. */
async function isOpen(promise: Promise<unknown>): Promise<boolean> {
  const later = new Promise((resolve) => setImmediate(resolve)).then(() => "later");
  return (await Promise.race([promise, later])) === "later";
}

describe("FaultInjection", () => {
  it(
    "refuses the creation with the number, and no other",
    inAccount(
      async (account) => {
        await makeVpc(account, "one");
        assert.equal(
          await refusalOf(makeVpc(account, "two")),
          "ServiceUnavailable: Service is unavailable. Please try again shortly.",
        );
        await makeVpc(account, "three");
        assert.deepEqual(
          inventory(account.folder)
            .map(({ name }) => name)
            .sort(),
          ["one", "three"],
        );
      },
      { faults: { failCreate: 2 } },
    ),
  );

  it(
    "counts one type alone",
    inAccount(
      async (account) => {
        await account.make("aws:ecs/cluster:Cluster", {});
        await refusalOf(makeVpc(account, "one"));
      },
      { faults: { failCreate: 1, type: VPC } },
    ),
  );

  it(
    "hangs before a creation, or after it",
    inAccount(async (account) => {
      const create = (faults: object, name: string) =>
        account.reopened({ faults }).create({ type: VPC, name }, { cidrBlock: "10.0.0.0/16" });
      assert.ok(await isOpen(create({ hangCreate: 1 }, "before")));
      assert.ok(await isOpen(create({ loseCreate: 1 }, "after")));
      assert.deepEqual(
        inventory(account.folder).map(({ name }) => name),
        ["after"],
      );
    }),
  );

  it(
    "refuses and hangs changes and deletions",
    inAccount(async (account) => {
      const vpc = await makeVpc(account, "web");
      const unavailable = "ServiceUnavailable: Service is unavailable. Please try again shortly.";
      const failing = account.reopened({ faults: { failUpdate: 1, failDelete: 1 } });
      const hanging = account.reopened({ faults: { hangUpdate: 1, hangDelete: 1 } });

      assert.equal(await refusalOf(failing.update(vpc, vpc.inputs, vpc.inputs)), unavailable);
      assert.equal(await refusalOf(failing.delete(vpc)), unavailable);
      assert.ok(await isOpen(hanging.update(vpc, vpc.inputs, vpc.inputs)));
      assert.ok(await isOpen(hanging.delete(vpc)));
      assert.equal(inventory(account.folder).length, 1);
    }),
  );

  it(
    "takes the time that it is told",
    inAccount(
      async (account) => {
        const start = performance.now();
        await makeVpc(account, "web");
        assert.ok(performance.now() - start >= 19);
      },
      { faults: { delayMilliseconds: 20 } },
    ),
  );
});
