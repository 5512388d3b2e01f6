import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { accountOf } from "../../../../tools/simulated-aws/account";
import { applyDrift } from "../../../../tools/simulated-aws/cloud/drift";
import { inventory } from "../../../../tools/simulated-aws/cloud/inventory";
import { ACCOUNT, inAccount, refusalOf, textOf } from "./temporary-account";

const VPC = "aws:ec2/vpc:Vpc";
const CLUSTER = "aws:ecs/cluster:Cluster";
const PARAMETER = "aws:ssm/parameter:Parameter";

describe("createCloud", () => {
  it(
    "reads what it made, and nothing once it is deleted",
    inAccount(async (account) => {
      const vpc = await account.make(VPC, { cidrBlock: "10.0.0.0/16" });

      assert.deepEqual(await account.cloud.read(vpc), {
        id: vpc.id,
        inputs: vpc.inputs,
        outputs: vpc.outputs,
      });
      assert.equal(vpc.outputs["__defaults"], undefined);

      await account.delete(vpc);
      assert.equal(await account.cloud.read(vpc), undefined);
      await account.delete(vpc);
    }),
  );

  it(
    "keeps what another process of the engine made",
    inAccount(async (account) => {
      const vpc = await account.make(VPC, { cidrBlock: "10.0.0.0/16" });
      assert.equal((await account.reopened().read(vpc))?.id, vpc.id);
    }),
  );

  it(
    "gives no id twice",
    inAccount(async (account) => {
      const first = await account.make(VPC, { cidrBlock: "10.0.0.0/16" });
      await account.delete(first);
      const second = await account.make(VPC, { cidrBlock: "10.0.0.0/16" });
      assert.match(second.id, /^vpc-0[0-9a-f]{16}$/);
      assert.notEqual(second.id, first.id);
      assert.notEqual(
        second.outputs["defaultSecurityGroupId"],
        first.outputs["defaultSecurityGroupId"],
      );
    }),
  );

  it(
    "makes the replacement of a resource beside it, with a name of its own",
    inAccount(async (account) => {
      const [first, second] = [await account.make(CLUSTER, {}), await account.make(CLUSTER, {})];
      assert.notEqual(first.inputs["name"], second.inputs["name"]);
      assert.notEqual(first.id, second.id);
    }),
  );

  it(
    "makes a unique name of a prefix",
    inAccount(async (account) => {
      const role = await account.make("aws:iam/role:Role", {
        assumeRolePolicy: "{}",
        namePrefix: "web-",
      });
      assert.match(textOf(role, "name"), /^web-\d{26}$/);
      assert.equal(role.id, role.outputs["name"]);
    }),
  );

  it(
    "changes what the program changes, and leaves drift elsewhere alone",
    inAccount(async (account) => {
      const vpc = await account.make(VPC, { cidrBlock: "10.0.0.0/16", tags: { Name: "a" } });
      applyDrift(account.folder, ACCOUNT, {
        resource: vpc.id,
        property: "enableDnsHostnames",
        value: true,
      });

      const outputs = await account.change(vpc, { tags: { Name: "b" } });

      assert.equal(outputs["enableDnsHostnames"], true);
      assert.deepEqual(outputs["tagsAll"], { Name: "b" });
    }),
  );

  it(
    "takes away what the program no longer sets",
    inAccount(async (account) => {
      const vpc = await account.make(VPC, { cidrBlock: "10.0.0.0/16", tags: { Name: "a" } });
      const outputs = await account.change(vpc, { tags: undefined });
      assert.equal(outputs["tags"], undefined);
      assert.deepEqual(outputs["tagsAll"], {});
    }),
  );

  it(
    "refuses to change what is gone",
    inAccount(async (account) => {
      const vpc = await account.make(VPC, { cidrBlock: "10.0.0.0/16" });
      applyDrift(account.folder, ACCOUNT, { deleted: vpc.id });
      assert.equal(await refusalOf(account.change(vpc, { tags: {} })), "couldn't find resource");
    }),
  );

  it(
    "sees that the provider's default tags are others now",
    inAccount(async (account) => {
      const vpc = await account.make(VPC, { cidrBlock: "10.0.0.0/16" });
      const same = { olds: vpc.inputs, news: vpc.inputs, ignored: [] };
      assert.deepEqual(account.cloud.diff(vpc, same).changed, []);

      const tagged = accountOf({
        "aws:region": "eu-central-1",
        "aws:defaultTags": '{"tags":{"Owner":"platform"}}',
      });
      const cloud = account.reopened({ account: tagged });
      assert.deepEqual(cloud.diff(vpc, same).changed, ["tagsAll"]);

      await cloud.update(vpc, vpc.inputs, vpc.inputs);
      assert.deepEqual((await cloud.read(vpc))?.outputs["tagsAll"], { Owner: "platform" });
      assert.deepEqual(cloud.diff(vpc, same).changed, []);
    }),
  );

  it(
    "writes no secret into the folder, and gives it back to who knows it",
    inAccount(async (account) => {
      const parameter = await account.make(PARAMETER, { type: "SecureString", value: "s3cret" });
      assert.equal(parameter.outputs["value"], "s3cret");
      assert.doesNotMatch(everything(account.folder), /s3cret/);

      const known = await account.cloud.read({ ...parameter, state: parameter.outputs });
      assert.equal(known?.inputs["value"], "s3cret");
      assert.equal(known.outputs["value"], "s3cret");
      assert.equal((await account.cloud.read(parameter))?.inputs["value"], "[secret]");

      applyDrift(account.folder, ACCOUNT, {
        resource: parameter.id,
        property: "value",
        value: "changed",
      });
      const drifted = await account.cloud.read({ ...parameter, state: parameter.outputs });
      assert.equal(drifted?.inputs["value"], "changed");
    }),
  );

  it(
    "answers functions with what only AWS can tell",
    inAccount(async ({ cloud }) => {
      const zones = await cloud.invoke("aws:index/getAvailabilityZones:getAvailabilityZones", {});
      assert.deepEqual(zones["names"], ["eu-central-1a", "eu-central-1b", "eu-central-1c"]);
    }),
  );

  it(
    "waits for what stands in the way of a deletion and is going too",
    inAccount(async (account) => {
      const vpc = await account.make(VPC, { cidrBlock: "10.0.0.0/16" });
      const gateway = await account.make("aws:ec2/internetGateway:InternetGateway", {
        vpcId: vpc.id,
      });
      const patient = account.reopened({ patienceMilliseconds: 10_000 });

      await Promise.all([patient.delete(vpc), patient.delete(gateway)]);

      assert.deepEqual(inventory(account.folder), []);
    }),
  );
});

/** The text of every file below a folder. */
function everything(folder: string): string {
  return (readdirSync(folder, { recursive: true, encoding: "utf8" }) as readonly string[])
    .filter((file) => file.endsWith(".json"))
    .map((file) => readFileSync(join(folder, file), "utf8"))
    .join("\n");
}
