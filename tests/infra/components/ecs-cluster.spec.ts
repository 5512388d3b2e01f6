import assert from "node:assert/strict";
import { EcsCluster } from "../../../infra/components/ecs-cluster";
import type { ClusterPlan } from "../../../infra/plan/stack-plan";
import { underMocks } from "../../support/program-under-mocks";

const PLAN: ClusterPlan = {
  containerInsights: "disabled",
  logRetentionDays: 7,
  deletionProtection: false,
};

const declareCluster = (plan: ClusterPlan) =>
  underMocks(() => {
    const { clusterName, clusterArn, sessionLogGroupArn } = new EcsCluster("cluster", { plan });
    return { clusterName, clusterArn, sessionLogGroupArn };
  });

describe("EcsCluster", () => {
  it("declares a cluster and the log group of its sessions", async () => {
    const program = await declareCluster(PLAN);

    assert.deepEqual(program.resources.map(({ type, name }) => `${type} ${name}`).sort(), [
      "aws:cloudwatch/logGroup:LogGroup cluster-sessions",
      "aws:ecs/cluster:Cluster cluster",
      "ecs-on-ec2:index:EcsCluster cluster",
    ]);
  });

  it("keeps the record of the sessions when a protected cluster goes", async () => {
    const retained = async (deletionProtection: boolean) =>
      (await declareCluster({ ...PLAN, deletionProtection })).only(
        "aws:cloudwatch/logGroup:LogGroup",
      ).retainOnDelete;

    assert.deepEqual([await retained(true), await retained(false)], [true, false]);
  });

  it("writes the sessions to the log group, which keeps them as long as planned", async () => {
    const program = await declareCluster({ ...PLAN, logRetentionDays: 90 });

    const logGroup = program.only("aws:cloudwatch/logGroup:LogGroup");
    assert.deepEqual(logGroup.inputs, { retentionInDays: 90 });
    const cluster = program.only("aws:ecs/cluster:Cluster");
    const arn = program.outputs["sessionLogGroupArn"] as string;
    assert.deepEqual(cluster.inputs["configuration"], {
      executeCommandConfiguration: {
        logging: "OVERRIDE",
        logConfiguration: { cloudWatchLogGroupName: arn.split(":")[6] },
      },
    });
    assert.ok(cluster.dependencies.includes(logGroup.urn));
  });

  for (const containerInsights of ["disabled", "enabled", "enhanced"] as const) {
    it(`sets Container Insights to ${containerInsights}`, async () => {
      const program = await declareCluster({ ...PLAN, containerInsights });

      assert.deepEqual(program.only("aws:ecs/cluster:Cluster").inputs["settings"], [
        { name: "containerInsights", value: containerInsights },
      ]);
    });
  }

  it("puts out the cluster's name and ARN", async () => {
    const { outputs } = await declareCluster(PLAN);

    assert.match(outputs["clusterName"] as string, /^cluster-[0-9a-f]{7}$/);
    assert.equal(
      outputs["clusterArn"],
      `arn:aws:ecs:eu-central-1:123456789012:cluster/${outputs["clusterName"] as string}`,
    );
  });
});
