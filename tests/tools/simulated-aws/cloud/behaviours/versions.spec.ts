import assert from "node:assert/strict";
import { inAccount } from "../temporary-account";

describe("the versions that AWS counts", () => {
  it(
    "count every change of a parameter but its tags, a secret value too",
    inAccount(async (account) => {
      const parameter = await account.make("aws:ssm/parameter:Parameter", {
        type: "String",
        value: "one",
      });
      assert.equal(parameter.outputs["version"], 1);
      assert.equal((await account.change(parameter, { value: "two" }))["version"], 2);
      assert.equal((await account.change(parameter, { tags: { a: "b" } }))["version"], 2);
      assert.equal((await account.change(parameter, { description: "text" }))["version"], 3);
    }),
  );

  it(
    "count the changes of a launch template, whose default follows where it is told to",
    inAccount(async (account) => {
      const make = (name: string, inputs: Record<string, boolean>) =>
        account.make(
          "aws:ec2/launchTemplate:LaunchTemplate",
          { imageId: "ami-1", ...inputs },
          name,
        );
      const versions = async (name: string, inputs: Record<string, boolean>) => {
        const made = await make(name, inputs);
        const { latestVersion, defaultVersion } = await account.change(made, { imageId: "ami-2" });
        return [latestVersion, defaultVersion];
      };
      assert.deepEqual(await versions("stays", {}), [2, 1]);
      assert.deepEqual(await versions("follows", { updateDefaultVersion: true }), [2, 2]);

      const tagged = await make("tagged", {});
      assert.equal((await account.change(tagged, { tags: { a: "b" } }))["latestVersion"], 1);
    }),
  );
});
