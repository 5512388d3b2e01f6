import assert from "node:assert/strict";
import { openAccount } from "../../../../tools/simulated-aws/cloud/account-folder";
import { applyDrift } from "../../../../tools/simulated-aws/cloud/drift";
import { inventory, isEmpty } from "../../../../tools/simulated-aws/cloud/inventory";
import { makeCluster, makeNetwork, serviceInputs } from "./network-of";
import { ACCOUNT, inAccount } from "./temporary-account";

const CLUSTER = "aws:ecs/cluster:Cluster";

describe("applyDrift", () => {
  it(
    "changes a setting, which a refresh then sees",
    inAccount(async (account) => {
      const cluster = await account.make(CLUSTER, {
        settings: [{ name: "containerInsights", value: "enhanced" }],
      });
      const before = applyDrift(account.folder, ACCOUNT, {
        resource: "cluster",
        property: "settings[0].value",
        value: "disabled",
      });

      const settings = [{ name: "containerInsights", value: "disabled" }];
      const read = await account.cloud.read(cluster);
      assert.deepEqual(read?.inputs["settings"], settings);
      assert.deepEqual(read.outputs["settings"], settings);
      assert.deepEqual(before.inputs["settings"], cluster.inputs["settings"]);
    }),
  );

  it(
    "changes what AWS says, where no setting has the name",
    inAccount(async (account) => {
      const certificate = await account.make("aws:acm/certificate:Certificate", {
        domainName: "a.example",
      });
      applyDrift(account.folder, ACCOUNT, {
        resource: certificate.id,
        property: "status",
        value: "EXPIRED",
      });
      const read = await account.cloud.read(certificate);
      assert.equal(read?.outputs["status"], "EXPIRED");
      assert.equal(read.inputs["status"], undefined);
    }),
  );

  it(
    "deletes, by URN as well",
    inAccount(async (account) => {
      await account.make(CLUSTER, {}, "web");
      applyDrift(account.folder, ACCOUNT, {
        deleted: `urn:pulumi:dev::ecs-on-ec2::ecs-on-ec2:index:EcsCluster$${CLUSTER}::web`,
      });
      assert.ok(isEmpty(account.folder));
    }),
  );

  it(
    "lets a group run as many instances as its autoscaler wants, and a service keep its count",
    inAccount(async (account) => {
      const cluster = await makeCluster(account, await makeNetwork(account));
      const service = await account.make("aws:ecs/service:Service", serviceInputs(cluster));
      const instances = () =>
        inventory(account.folder).filter(({ type }) => type === "aws:ec2/instance:Instance").length;
      assert.equal(instances(), 2);
      for (const value of [4, 1]) {
        applyDrift(account.folder, ACCOUNT, {
          resource: cluster.group.id,
          property: "desiredCapacity",
          value,
        });
        assert.equal(instances(), value);
      }

      applyDrift(account.folder, ACCOUNT, {
        resource: service.id,
        property: "desiredCount",
        value: 5,
      });
      await account.change(service, { enableExecuteCommand: true });
      assert.equal((await account.cloud.read(service))?.outputs["desiredCount"], 5);
    }),
  );

  it(
    "takes a name for the program's own before one that AWS gave",
    inAccount(async (account) => {
      await account.make(CLUSTER, {}, "web");
      openAccount(account.folder).write({
        type: "aws:ec2/instance:Instance",
        name: "web",
        id: "i-1",
        incarnation: 0,
        inputs: {},
        computed: {},
        unmanaged: true,
      });
      applyDrift(account.folder, ACCOUNT, { deleted: "web" });
      assert.deepEqual(
        inventory(account.folder).map(({ id }) => id),
        ["i-1"],
      );
    }),
  );

  it(
    "says what the account holds where nothing has the name, and how to tell apart what has",
    inAccount(async (account) => {
      const drift = { resource: "web", property: "a", value: 1 };
      assert.throws(() => applyDrift(account.folder, ACCOUNT, drift), {
        message: 'no resource of the simulated account is called "web"; it holds nothing',
      });
      await account.make(CLUSTER, {}, "other");
      assert.throws(() => applyDrift(account.folder, ACCOUNT, drift), {
        message: `no resource of the simulated account is called "web"; it holds other (${CLUSTER})`,
      });
      const vpc = await account.make("aws:ec2/vpc:Vpc", { cidrBlock: "10.0.0.0/16" }, "web");
      const cluster = await account.make(CLUSTER, {}, "web");
      assert.throws(() => applyDrift(account.folder, ACCOUNT, drift), {
        message: `"web" is the name of 2 resources; name one by its id: ${vpc.id} (aws:ec2/vpc:Vpc), ${cluster.id} (${CLUSTER})`,
      });
    }),
  );
});
