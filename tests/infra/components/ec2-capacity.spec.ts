import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Ec2CapacityArgs } from "../../../infra/components/ec2-capacity";
import { Ec2Capacity } from "../../../infra/components/ec2-capacity";
import { buildUserData } from "../../../infra/lib/user-data";
import type { CapacityPlan } from "../../../infra/plan/stack-plan";
import type { Bag } from "../../../tools/preview/graph";
import { UNKNOWN } from "../../../tools/preview/graph";
import type { MockedProgram, MockRun } from "../../support/program-under-mocks";
import { underMocks } from "../../support/program-under-mocks";

const PARAMETER =
  "/aws/service/ecs/optimized-ami/amazon-linux-2023/arm64/recommended/image_id" as const;

const PLAN: CapacityPlan = {
  architecture: "arm64",
  instanceTypes: ["m7g.large", "m6g.large", "c7g.xlarge"],
  ami: { source: "pinned", amiId: "ami-0123456789abcdef0" },
  rootVolumeGiB: 40,
  minInstances: 3,
  maxInstances: 10,
  onDemandBase: 3,
  onDemandPercentageAboveBase: 50,
  usesSpot: true,
  targetCapacityPercent: 90,
  maxScalingStep: 5,
  instanceWarmupSeconds: 75,
  reservedMemoryMiB: 256,
  stopTimeoutSeconds: 45,
  deletionProtection: false,
};

const ARGS: Omit<Ec2CapacityArgs, "plan" | "clusterName"> = {
  tags: { Project: "ecs-on-ec2", Environment: "prod" },
  instanceProfileArn: "arn:aws:iam::123456789012:instance-profile/web",
  subnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
  securityGroupId: "sg-0123456789abcdef0",
};

const CLUSTER = "aws:ecs/cluster:Cluster";
const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const GROUP = "aws:autoscaling/group:Group";
const PROVIDER = "aws:ecs/capacityProvider:CapacityProvider";
const ASSOCIATION = "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders";

const declareCapacity = (plan: Partial<CapacityPlan> = {}, run?: MockRun) =>
  underMocks(() => {
    const cluster = new aws.ecs.Cluster("cluster");
    const capacity = new Ec2Capacity("web", {
      ...ARGS,
      plan: { ...PLAN, ...plan },
      clusterName: cluster.name,
    });
    return {
      clusterName: cluster.name,
      autoScalingGroupName: capacity.autoScalingGroupName,
      autoScalingGroupArn: capacity.autoScalingGroupArn,
      capacityProviderName: capacity.capacityProviderName,
    };
  }, run);

const preferences = (program: MockedProgram<unknown>): Bag => {
  const refresh = program.only(GROUP).inputs["instanceRefresh"] as Bag;
  return refresh["preferences"] as Bag;
};

describe("Ec2Capacity", () => {
  it("declares launch template, group, capacity provider and its association", async () => {
    const program = await declareCapacity();

    assert.deepEqual(program.resources.map(({ type, name }) => `${type} ${name}`).sort(), [
      `${GROUP} web`,
      `${TEMPLATE} web`,
      `${PROVIDER} cp-web`,
      `${CLUSTER} cluster`,
      `${ASSOCIATION} web-association`,
      "ecs-on-ec2:index:Ec2Capacity web",
    ]);
  });

  describe("launch template", () => {
    it("requires IMDSv2, encrypts the volume and configures the ECS agent", async () => {
      const program = await declareCapacity();

      const { userData, ...rest } = program.only(TEMPLATE).inputs;
      const tags = { Project: "ecs-on-ec2", Environment: "prod", Name: "web" };
      assert.deepEqual(rest, {
        description: "Container instances",
        imageId: "ami-0123456789abcdef0",
        iamInstanceProfile: { arn: "arn:aws:iam::123456789012:instance-profile/web" },
        vpcSecurityGroupIds: ["sg-0123456789abcdef0"],
        metadataOptions: {
          httpEndpoint: "enabled",
          httpTokens: "required",
          httpPutResponseHopLimit: 1,
        },
        blockDeviceMappings: [
          {
            deviceName: "/dev/xvda",
            ebs: {
              volumeType: "gp3",
              volumeSize: 40,
              encrypted: "true",
              deleteOnTermination: "true",
            },
          },
        ],
        ebsOptimized: "true",
        monitoring: { enabled: true },
        updateDefaultVersion: true,
        tagSpecifications: [
          { resourceType: "instance", tags },
          { resourceType: "volume", tags },
        ],
      });
      assert.equal(
        Buffer.from(userData as string, "base64").toString("utf8"),
        buildUserData({
          clusterName: program.outputs["clusterName"] as string,
          reservedMemoryMiB: 256,
          stopTimeoutSeconds: 45,
        }),
      );
    });

    it("takes the newest image of the deployment with the source latest", async () => {
      const ami = { source: "latest", parameter: PARAMETER } as const;

      const deployed = (await declareCapacity({ ami })).only(TEMPLATE);
      const previewed = (await declareCapacity({ ami }, { preview: true })).only(TEMPLATE);

      assert.match(deployed.inputs["imageId"] as string, /^ami-[0-9a-f]{17}$/);
      assert.deepEqual(deployed.secretInputs, []);
      assert.equal(previewed.inputs["imageId"], UNKNOWN);
    });

    it("has EC2 resolve the image at every launch with the source launch", async () => {
      const program = await declareCapacity({ ami: { source: "launch", parameter: PARAMETER } });

      assert.equal(program.only(TEMPLATE).inputs["imageId"], `resolve:ssm:${PARAMETER}`);
    });
  });

  describe("Auto Scaling group", () => {
    it("is declared as planned, protected from scale-in and replaced instance by instance", async () => {
      const program = await declareCapacity();

      const { mixedInstancesPolicy, tags, ...rest } = program.only(GROUP).inputs;
      assert.ok(mixedInstancesPolicy !== undefined && tags !== undefined);
      assert.deepEqual(rest, {
        vpcZoneIdentifiers: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
        minSize: 3,
        maxSize: 10,
        desiredCapacity: 3,
        capacityRebalance: true,
        protectFromScaleIn: true,
        instanceMaintenancePolicy: { minHealthyPercentage: 100, maxHealthyPercentage: 150 },
        instanceRefresh: {
          strategy: "Rolling",
          preferences: {
            minHealthyPercentage: 100,
            maxHealthyPercentage: 150,
            autoRollback: true,
            skipMatching: true,
            instanceWarmup: "75",
            scaleInProtectedInstances: "Refresh",
            standbyInstances: "Terminate",
          },
        },
        defaultInstanceWarmup: 75,
        healthCheckType: "EC2",
        healthCheckGracePeriod: 75,
        terminationPolicies: ["OldestLaunchTemplate", "AllocationStrategy", "Default"],
        enabledMetrics: [
          "GroupMinSize",
          "GroupMaxSize",
          "GroupDesiredCapacity",
          "GroupInServiceInstances",
          "GroupPendingInstances",
          "GroupStandbyInstances",
          "GroupTerminatingInstances",
          "GroupTotalInstances",
        ],
        metricsGranularity: "1Minute",
        waitForCapacityTimeout: "0",
        forceDelete: true,
      });
    });

    it("prefers the instance types in the planned order and shares them between markets", async () => {
      const program = await declareCapacity();

      const policy = program.only(GROUP).inputs["mixedInstancesPolicy"] as Bag;
      assert.deepEqual(policy["instancesDistribution"], {
        onDemandAllocationStrategy: "prioritized",
        onDemandBaseCapacity: 3,
        onDemandPercentageAboveBaseCapacity: 50,
        spotAllocationStrategy: "price-capacity-optimized",
      });
      assert.deepEqual((policy["launchTemplate"] as Bag)["overrides"], [
        { instanceType: "m7g.large" },
        { instanceType: "m6g.large" },
        { instanceType: "c7g.xlarge" },
      ]);
    });

    it("launches the numbered version of the template, so that a change refreshes instances", async () => {
      const deployed = await declareCapacity();
      const previewed = await declareCapacity({}, { preview: true });

      const versionOf = (program: MockedProgram<unknown>) => {
        const policy = program.only(GROUP).inputs["mixedInstancesPolicy"] as Bag;
        const template = (policy["launchTemplate"] as Bag)["launchTemplateSpecification"] as Bag;
        return template["version"];
      };
      assert.equal(versionOf(deployed), "1");
      assert.equal(versionOf(previewed), UNKNOWN);
    });

    it("tags itself and its instances, with the tag that ECS would add", async () => {
      const program = await declareCapacity();

      assert.deepEqual(program.only(GROUP).inputs["tags"], [
        { key: "Project", value: "ecs-on-ec2", propagateAtLaunch: true },
        { key: "Environment", value: "prod", propagateAtLaunch: true },
        { key: "Name", value: "web", propagateAtLaunch: true },
        { key: "AmazonECSManaged", value: "", propagateAtLaunch: true },
      ]);
    });

    it("leaves its size to ECS and has time to drain when it is deleted", async () => {
      const group = (await declareCapacity()).only(GROUP);

      assert.deepEqual(group.ignoreChanges, ["desiredCapacity"]);
      assert.equal(group.customTimeouts.delete, "30m");
    });

    it("rebalances no capacity without Spot instances", async () => {
      const program = await declareCapacity({ usesSpot: false, onDemandPercentageAboveBase: 100 });

      assert.equal(program.only(GROUP).inputs["capacityRebalance"], false);
    });

    it("drains instances before it goes with deletion protection", async () => {
      const program = await declareCapacity({ deletionProtection: true });

      assert.equal(program.only(GROUP).inputs["forceDelete"], false);
    });

    for (const [ami, allowed] of [
      [{ source: "latest", parameter: PARAMETER }, true],
      [{ source: "pinned", amiId: "ami-0123456789abcdef0" }, true],
      [{ source: "launch", parameter: PARAMETER }, false],
    ] as const) {
      it(`${allowed ? "rolls a failed refresh back and skips" : "neither rolls a failed refresh back nor skips"} what matches with the image source ${ami.source}`, async () => {
        const { autoRollback, skipMatching } = preferences(await declareCapacity({ ami }));

        assert.deepEqual([autoRollback, skipMatching], [allowed, allowed]);
      });
    }
  });

  describe("capacity provider", () => {
    it("scales, drains and protects the group for ECS", async () => {
      const program = await declareCapacity();

      assert.deepEqual(program.only(PROVIDER).inputs, {
        autoScalingGroupProvider: {
          autoScalingGroupArn: program.outputs["autoScalingGroupArn"],
          managedScaling: {
            status: "ENABLED",
            targetCapacity: 90,
            minimumScalingStepSize: 1,
            maximumScalingStepSize: 5,
            instanceWarmupPeriod: 75,
          },
          managedDraining: "ENABLED",
          managedTerminationProtection: "ENABLED",
        },
      });
    });

    for (const name of ["aws-shop", "ecs-shop", "fargate-shop"]) {
      it(`has a name that ECS takes in a stack called ${name}`, async () => {
        const program = await underMocks(() => {
          const { capacityProviderName } = new Ec2Capacity(name, {
            ...ARGS,
            plan: PLAN,
            clusterName: "cluster",
          });
          return { capacityProviderName };
        });

        const physicalName = program.outputs["capacityProviderName"] as string;
        assert.match(physicalName, /^(?!aws|ecs|fargate)[A-Za-z0-9_-]{1,255}$/i);
      });
    }

    it("is the cluster's default", async () => {
      const program = await declareCapacity();

      const { capacityProviderName, clusterName } = program.outputs;
      assert.deepEqual(program.only(ASSOCIATION).inputs, {
        clusterName,
        capacityProviders: [capacityProviderName],
        defaultCapacityProviderStrategies: [{ capacityProvider: capacityProviderName, weight: 1 }],
      });
    });

    it("leaves the cluster's list before another one takes its place", async () => {
      const deleteBeforeReplace: Record<string, boolean | undefined> = {};
      const program = await underMocks(() => {
        pulumi.runtime.registerStackTransformation(({ type, opts }) => {
          deleteBeforeReplace[type] = (opts as pulumi.CustomResourceOptions).deleteBeforeReplace;
          return undefined;
        });
        new Ec2Capacity("web", { ...ARGS, plan: PLAN, clusterName: "cluster" });
        return {};
      });

      assert.deepEqual(program.only(ASSOCIATION).replaceWith, [program.only(PROVIDER).urn]);
      assert.equal(deleteBeforeReplace[ASSOCIATION], true);
    });
  });

  it("goes in the order that AWS accepts: association, provider, group, template, cluster", async () => {
    const program = await declareCapacity();

    for (const [user, used] of [
      [ASSOCIATION, PROVIDER],
      [PROVIDER, GROUP],
      [GROUP, TEMPLATE],
      [TEMPLATE, CLUSTER],
    ] as const) {
      assert.ok(program.only(user).dependencies.includes(program.only(used).urn), user);
    }
  });
});
