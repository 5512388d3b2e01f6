import assert from "node:assert/strict";
import type { Bag } from "../../../../../tools/preview/graph";
import { PartialFailure } from "../../../../../tools/simulated-aws/cloud/cloud";
import { makeCluster, makeLoadBalancer, makeNetwork, serviceInputs } from "../network-of";
import { inAccount, refusalOf, textOf } from "../temporary-account";

const SERVICE = "aws:ecs/service:Service";
const PROVIDER = "aws:ecs/capacityProvider:CapacityProvider";
const BREAKER = { deploymentCircuitBreaker: { enable: true, rollback: true } };

/** The partial failure of an operation. */
async function failureOf(operation: Promise<unknown>): Promise<PartialFailure> {
  try {
    await operation;
  } catch (error) {
    assert.ok(error instanceof PartialFailure);
    return error;
  }
  throw new Error("the operation did not fail");
}

describe("the behaviour of a service", () => {
  it(
    "refuses a target group that no listener sends to",
    inAccount(async (account) => {
      const network = await makeNetwork(account);
      const cluster = await makeCluster(account, network);
      const targets = await account.make("aws:lb/targetGroup:TargetGroup", {
        port: 3000,
        protocol: "HTTP",
        vpcId: network.vpc.id,
      });
      const loadBalancers = [
        { targetGroupArn: targets.id, containerName: "app", containerPort: 3000 },
      ];
      assert.equal(
        await refusalOf(account.make(SERVICE, { ...serviceInputs(cluster), loadBalancers })),
        `InvalidParameterException: The target group with targetGroupArn ${targets.id} does not have an associated load balancer.`,
      );
    }),
  );

  it(
    "refuses a container or a port that the task definition lacks",
    inAccount(async (account) => {
      const network = await makeNetwork(account);
      const cluster = await makeCluster(account, network);
      const { targets } = await makeLoadBalancer(account, network);
      const service = (containerName: string, containerPort: number): Bag => ({
        ...serviceInputs(cluster),
        loadBalancers: [{ targetGroupArn: targets.id, containerName, containerPort }],
      });
      assert.equal(
        await refusalOf(account.make(SERVICE, service("web", 3000))),
        "InvalidParameterException: The container web does not exist in the task definition.",
      );
      assert.equal(
        await refusalOf(account.make(SERVICE, service("app", 80))),
        "InvalidParameterException: The container app did not have a container port 80 defined.",
      );
      await account.make(SERVICE, service("app", 3000));
    }),
  );

  it(
    "refuses a capacity provider that its cluster is not associated with",
    inAccount(async (account) => {
      const cluster = await makeCluster(account, await makeNetwork(account));
      await account.delete(cluster.association);
      assert.equal(
        await refusalOf(account.make(SERVICE, serviceInputs(cluster))),
        "InvalidParameterException: The specified capacity provider strategy cannot contain a capacity provider that is not associated with the cluster. Associate the capacity provider with the cluster and try again.",
      );
    }),
  );

  it(
    "exists after a deployment that was rolled back, on the revision that ran before",
    inAccount(async (account) => {
      const cluster = await makeCluster(account, await makeNetwork(account));
      const inputs = { ...serviceInputs(cluster), ...BREAKER, waitForSteadyState: true };
      const service = await account.make(SERVICE, inputs);
      const next = await account.make("aws:ecs/taskDefinition:TaskDefinition", {
        ...cluster.definition.inputs,
        cpu: "512",
      });

      const rolling = account.reopened({ faults: { rollBack: true } });
      const failure = await failureOf(
        rolling.update(service, service.inputs, {
          ...service.inputs,
          taskDefinition: next.outputs["arn"] ?? null,
        }),
      );

      assert.equal(
        failure.message,
        `waiting for ECS Service (${service.id}) update: Service deployment rolled back because the circuit breaker threshold was exceeded.`,
      );
      assert.equal(failure.created.id, service.id);
      const running = cluster.definition.outputs["arn"];
      assert.equal(failure.created.outputs["taskDefinition"], running);
      assert.equal((await account.cloud.read(service))?.outputs["taskDefinition"], running);
    }),
  );

  it(
    "exists after a first deployment that never became steady",
    inAccount(async (account) => {
      const cluster = await makeCluster(account, await makeNetwork(account));
      const failing = account.reopened({ faults: { rollBack: true } });
      const create = (name: string, changes: Bag) =>
        failing.create({ type: SERVICE, name }, { ...serviceInputs(cluster), name, ...changes });

      const failure = await failureOf(create("waits", { waitForSteadyState: true }));
      assert.equal(
        failure.message,
        `waiting for ECS Service (${failure.created.id}) create: timeout while waiting for state to become 'tfSTABLE' (last state: 'tfPENDING', timeout: 20m0s)`,
      );
      const read = await account.cloud.read({
        type: SERVICE,
        name: "waits",
        id: failure.created.id,
      });
      assert.equal(read?.id, failure.created.id);
      // Who does not wait does not see it.
      await create("hurries", {});
    }),
  );
});

describe("the behaviour of a capacity provider", () => {
  const provider = (arn: string, protection: string) => ({
    autoScalingGroupProvider: {
      autoScalingGroupArn: arn,
      managedTerminationProtection: protection,
    },
  });

  it(
    "refuses the names that AWS keeps to itself",
    inAccount(async (account) => {
      const group = await account.make("aws:autoscaling/group:Group", { minSize: 0, maxSize: 1 });
      const inputs = provider(textOf(group, "arn"), "DISABLED");
      for (const name of ["aws-web", "ECS", "fargate1"]) {
        assert.equal(
          await refusalOf(account.make(PROVIDER, { ...inputs, name })),
          'ClientException: The specified capacity provider name is invalid. Up to 255 characters are allowed, including letters (upper and lowercase), numbers, underscores, and hyphens. The name cannot be prefixed with "aws", "ecs", or "fargate". Specify a valid name and try again.',
        );
      }
    }),
  );

  it(
    "protects from termination only what the group protects from scaling in",
    inAccount(async (account) => {
      const group = await account.make("aws:autoscaling/group:Group", { minSize: 0, maxSize: 1 });
      const arn = textOf(group, "arn");
      assert.equal(
        await refusalOf(account.make(PROVIDER, provider(arn, "ENABLED"), "cp-a")),
        "ClientException: The managed termination protection setting for the capacity provider is invalid. To enable managed termination protection for a capacity provider, the Auto Scaling group must have instance protection from scale in enabled.",
      );
      await account.make(PROVIDER, provider(arn, "DISABLED"), "cp-a");
    }),
  );
});

describe("the revisions of a task definition", () => {
  it(
    "are counted, share an id, and are told apart by their ARN",
    inAccount(async (account) => {
      const make = (cpu: string) =>
        account.make("aws:ecs/taskDefinition:TaskDefinition", {
          family: "web",
          containerDefinitions: "[]",
          cpu,
        });
      const [first, second] = [await make("256"), await make("512")];
      assert.deepEqual([first.id, second.id], ["web", "web"]);
      assert.deepEqual([first.outputs["revision"], second.outputs["revision"]], [1, 2]);
      assert.equal(
        second.outputs["arn"],
        "arn:aws:ecs:eu-central-1:123456789012:task-definition/web:2",
      );
      assert.equal(second.outputs["arnWithoutRevision"], first.outputs["arnWithoutRevision"]);

      await account.delete(first);
      const read = (made: typeof first) => account.cloud.read({ ...made, state: made.outputs });
      assert.equal(await read(first), undefined);
      assert.equal((await read(second))?.inputs["cpu"], "512");
      // Without the state the newest is meant.
      assert.equal((await account.cloud.read(first))?.inputs["cpu"], "512");

      await account.delete(second);
      assert.equal((await make("1024")).outputs["revision"], 3);
    }),
  );

  it(
    "stay where the program says so",
    inAccount(async (account) => {
      const definition = await account.make("aws:ecs/taskDefinition:TaskDefinition", {
        family: "web",
        containerDefinitions: "[]",
        skipDestroy: true,
      });
      await account.delete(definition);
      assert.notEqual(await account.cloud.read(definition), undefined);
    }),
  );
});
