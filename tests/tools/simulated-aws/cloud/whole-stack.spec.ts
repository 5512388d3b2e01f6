import assert from "node:assert/strict";
import type { Changes } from "../../../support/stacks";
import { mocked } from "../../../support/stacks";
import { applyDrift } from "../../../../tools/simulated-aws/cloud/drift";
import { withoutDefaults } from "../../../../tools/simulated-aws/cloud/provider-defaults";
import { inventory } from "../../../../tools/simulated-aws/cloud/inventory";
import type { Made } from "./temporary-account";
import {
  ACCOUNT,
  inDependencyOrder,
  refusalOf,
  TemporaryAccount,
  textOf,
} from "./temporary-account";

/** Everything that the program can declare beyond dev and prod, in one stack. */
const EVERYTHING: Changes = {
  "ecs-on-ec2:accessLogs": "true",
  "ecs-on-ec2:alarmEmail": "operators@example.com",
  "ecs-on-ec2:certificateArn":
    "arn:aws:acm:eu-central-1:123456789012:certificate/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0",
  "ecs-on-ec2:flowLogs": "true",
  "ecs-on-ec2:interfaceEndpoints": "true",
  "ecs-on-ec2:networkMode": "awsvpc",
  "ecs-on-ec2:scheduledScaling":
    '[{"name":"night","schedule":"cron(0 22 * * ? *)","timezone":"Europe/Berlin","minTasks":1,"maxTasks":2}]',
  "ecs-on-ec2:staticIngressIps": "true",
  "ecs-on-ec2:webAcl": "true",
};

/** A whole stack that was made in the order of its dependencies. */
interface Deployed {
  readonly account: TemporaryAccount;
  readonly made: readonly Made[];
}

const programs = new Map<string, ReturnType<typeof mocked>>();

/** What the program declares; the same for the same settings. */
function program(stack: string, changes: Changes): ReturnType<typeof mocked> {
  const key = JSON.stringify([stack, changes]);
  const known = programs.get(key) ?? mocked(stack, changes);
  programs.set(key, known);
  return known;
}

async function deploy(stack: string, changes: Changes = {}): Promise<Deployed> {
  const account = new TemporaryAccount();
  const made: Made[] = [];
  for (const { type, name, inputs } of inDependencyOrder(
    (await program(stack, changes)).resources,
  )) {
    made.push(await account.make(type, inputs, name));
  }
  return { account, made };
}

/** Deletes in the reverse order and says what was refused. */
async function destroy({ account, made }: Deployed): Promise<string[]> {
  const refused: string[] = [];
  for (const resource of [...made].reverse()) {
    await account.delete(resource).catch((error: unknown) => {
      refused.push(`${resource.type} ${resource.name}: ${(error as Error).message}`);
    });
  }
  return refused;
}

for (const [title, stack, changes] of [
  ["dev", "dev", {}],
  ["prod", "prod", {}],
  ["dev with everything", "dev", EVERYTHING],
] as const) {
  describe(`the simulated account with the whole stack ${title}`, () => {
    let deployed: Deployed;

    before(async () => {
      deployed = await deploy(stack, changes);
    });
    after(() => {
      deployed.account.remove();
    });

    it("takes every resource in the order of dependencies", () => {
      const { account, made } = deployed;
      const managed = inventory(account.folder).filter((held) => held.managed);
      assert.equal(managed.length, made.length);
    });

    it("finds nothing to change in the same program", () => {
      const { account, made } = deployed;
      for (const resource of made) {
        const { inputs: olds } = resource;
        const { inputs: news, failures } = account.cloud.check(
          resource,
          withoutDefaults(olds),
          olds,
        );
        const diff = account.cloud.diff(resource, { olds, news, ignored: [] });
        assert.deepEqual([news, diff.changed, failures], [olds, [], []], resource.id);
      }
    });

    it("reads back what the engine knows", async () => {
      const { account, made } = deployed;
      for (const resource of made) {
        const read = await account.cloud.read({ ...resource, state: resource.outputs });
        const name = `${resource.type} ${resource.name}`;
        assert.deepEqual(read?.inputs, resource.inputs, name);
        // Its validation has issued the certificate since.
        const outputs = resource.type.endsWith(":Certificate")
          ? { ...resource.outputs, status: "ISSUED" }
          : resource.outputs;
        assert.deepEqual(read.outputs, outputs, name);
      }
    });
  });
}

describe("the simulated account that a whole stack leaves", () => {
  it("is empty after dev but for what the program keeps", async () => {
    const deployed = await deploy("dev");
    try {
      assert.deepEqual(await destroy(deployed), []);
      // Task definitions have skipDestroy, so that a rollback finds its revision.
      assert.deepEqual(
        inventory(deployed.account.folder).map(({ type, name }) => `${type} ${name}`),
        ["aws:ecs/taskDefinition:TaskDefinition web"],
      );
    } finally {
      deployed.account.remove();
    }
  });

  it("refuses what is protected in prod, until it is unprotected", async () => {
    const deployed = await deploy("prod");
    const { account, made } = deployed;
    try {
      const refused = await destroy(deployed);
      const balancer = made.find(({ type }) => type === "aws:lb/loadBalancer:LoadBalancer");
      assert.deepEqual(refused.slice(0, 1), [
        `aws:lb/loadBalancer:LoadBalancer web: OperationNotPermitted: Load balancer '${balancer?.id ?? ""}' cannot be deleted because deletion protection is enabled`,
      ]);

      for (const [type, property, value] of [
        ["aws:lb/loadBalancer:LoadBalancer", "enableDeletionProtection", false],
        ["aws:s3/bucket:Bucket", "forceDestroy", true],
        ["aws:ecr/repository:Repository", "forceDelete", true],
      ] as const) {
        const found = made.find((each) => each.type === type);
        const resource = found === undefined ? "" : textOf(found, "arn");
        applyDrift(account.folder, ACCOUNT, { resource, property, value });
      }
      assert.deepEqual(await destroy(deployed), []);
      assert.deepEqual(
        inventory(account.folder).map(({ type }) => type),
        ["aws:ecs/taskDefinition:TaskDefinition"],
      );
    } finally {
      account.remove();
    }
  });

  it("refuses to go in the order in which it came", async () => {
    const { account, made } = await deploy("dev");
    try {
      const refused = new Map<string, string>();
      for (const resource of made) {
        const message = await refusalOf(account.delete(resource)).catch(() => "deleted");
        refused.set(`${resource.type} ${resource.name}`, message.split(":")[0] ?? "");
      }
      assert.deepEqual(
        [
          "aws:ec2/vpc:Vpc web",
          "aws:ec2/subnet:Subnet web-public-1",
          "aws:ec2/securityGroup:SecurityGroup web-instances",
          "aws:iam/role:Role web-execution",
          "aws:ecs/cluster:Cluster web",
          "aws:ecs/capacityProvider:CapacityProvider cp-web",
          "aws:lb/targetGroup:TargetGroup web-target",
        ].map((name) => `${name}: ${refused.get(name) ?? "not made"}`),
        [
          "aws:ec2/vpc:Vpc web: DependencyViolation",
          "aws:ec2/subnet:Subnet web-public-1: DependencyViolation",
          "aws:ec2/securityGroup:SecurityGroup web-instances: DependencyViolation",
          "aws:iam/role:Role web-execution: DeleteConflict",
          "aws:ecs/cluster:Cluster web: ClusterContainsServicesException",
          "aws:ecs/capacityProvider:CapacityProvider cp-web: ResourceInUseException",
          "aws:lb/targetGroup:TargetGroup web-target: ResourceInUse",
        ],
      );
    } finally {
      account.remove();
    }
  });
});
