import assert from "node:assert/strict";
import fc from "fast-check";
import { subnetPrefixLengths, usableAddresses } from "../../../infra/plan/network";
import { aStackPlan, planFaults } from "../../support/stack-plans";

describe("planNetwork", () => {
  it("plans /24 and /20 in a /16, nothing switched on", () => {
    assert.deepEqual(aStackPlan().network, {
      cidrBlock: "10.0.0.0/16",
      availabilityZones: 2,
      natStrategy: "Single",
      zonePrefixLength: 18,
      publicPrefixLength: 24,
      privatePrefixLength: 20,
      interfaceEndpoints: [],
      flowLogs: undefined,
    });
  });

  it("lists the endpoints that instances and tasks need, and keeps flow logs as long as all logs", () => {
    const { network } = aStackPlan({
      network: { interfaceEndpoints: true, flowLogs: true, natGateways: "None" },
      observability: { logRetentionDays: 30 },
    });
    assert.deepEqual(network.interfaceEndpoints, [
      "ecr.api",
      "ecr.dkr",
      "logs",
      "ecs",
      "ecs-agent",
      "ecs-telemetry",
      "ssm",
      "ssmmessages",
      "secretsmanager",
    ]);
    assert.deepEqual(network.flowLogs, { retentionDays: 30, deletionProtection: false });
    assert.equal(network.natStrategy, "None");
  });

  it("refuses instances without any way to AWS", () => {
    assert.deepEqual(planFaults({ network: { natGateways: "None" } }), [
      "Pulumi.dev.yaml: ecs-on-ec2:natGateways: got None, but without interfaceEndpoints no instance can reach Amazon ECS or pull the image; set interfaceEndpoints to true, or natGateways to Single",
    ]);
  });

  it("refuses one NAT gateway where the loss of a zone is survived", () => {
    const survivor = { scaling: { minTasks: 2 } };
    assert.deepEqual(planFaults({ ...survivor, network: { surviveZoneLoss: true } }), [
      "Pulumi.dev.yaml: ecs-on-ec2:natGateways: got Single, but with surviveZoneLoss the loss of its zone must not cut off the others; set natGateways to OnePerAz, or to None with interfaceEndpoints",
    ]);
    for (const network of [
      { surviveZoneLoss: true, natGateways: "OnePerAz" },
      { surviveZoneLoss: true, natGateways: "None", interfaceEndpoints: true },
    ] as const) {
      assert.deepEqual(planFaults({ ...survivor, network }), []);
    }
  });
});

describe("subnetPrefixLengths", () => {
  it("takes the preferred sizes where they fit and halves of a zone's share where not", () => {
    assert.deepEqual(
      [16, 17, 18, 21, 22, 24].map((vpc) => {
        const { zonePrefixLength, publicPrefixLength, privatePrefixLength } =
          subnetPrefixLengths(vpc);
        return [vpc, zonePrefixLength, publicPrefixLength, privatePrefixLength];
      }),
      [
        [16, 18, 24, 20],
        [17, 19, 24, 20],
        [18, 20, 24, 21],
        [21, 23, 24, 24],
        [22, 24, 25, 25],
        [24, 26, 27, 27],
      ],
    );
  });

  it("gives subnets that awsx lays out inside the block, apart from each other, in either order", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 16, max: 24 }),
        fc.integer({ min: 1, max: 4 }),
        fc.boolean(),
        (vpcPrefix, zones, publicFirst) => {
          const { zonePrefixLength, publicPrefixLength, privatePrefixLength } =
            subnetPrefixLengths(vpcPrefix);
          const prefixes = [publicPrefixLength, privatePrefixLength];
          const ordered = publicFirst ? prefixes : prefixes.reverse();
          const blocks = awsxLayout(zonePrefixLength, zones, ordered);
          const vpcSize = 2 ** (32 - vpcPrefix);
          for (const [index, { first, size }] of blocks.entries()) {
            const next = blocks[index + 1]?.first ?? vpcSize;
            assert.ok(first % size === 0 && first + size <= next);
          }
          // Another zone moves none of these.
          assert.deepEqual(
            awsxLayout(zonePrefixLength, zones + 1, ordered).slice(0, blocks.length),
            blocks,
          );
          // A load balancer takes no subnet smaller than /27.
          assert.ok(publicPrefixLength >= 16 && publicPrefixLength <= 27);
          assert.ok(privatePrefixLength >= 16 && privatePrefixLength <= 27);
        },
      ),
    );
  });
});

/** The layout of awsx's subnet strategy "Auto", as offsets from the first address of the VPC. */
function awsxLayout(zonePrefix: number, zones: number, prefixes: readonly number[]) {
  const sizes = prefixes.map((prefix) => 2 ** (32 - prefix));
  const zoneSize = 2 ** (32 - zonePrefix);
  assert.ok(sizes.reduce((sum, size) => sum + size) <= zoneSize, "awsx: subnets are too large");
  return Array.from({ length: zones }, (_, zone) => {
    let next = zone * zoneSize;
    return sizes.map((size) => {
      const first = Math.ceil(next / size) * size;
      next = first + size;
      return { first, size };
    });
  }).flat();
}

describe("usableAddresses", () => {
  it("leaves out the five that AWS keeps", () => {
    assert.equal(usableAddresses(28), 11);
    assert.equal(usableAddresses(20), 4091);
  });
});

describe("addresses of the private subnets", () => {
  const awsvpc = { networkMode: "awsvpc" } as const;
  const smallest = { vpcCidr: "10.0.0.0/24", availabilityZones: 4 };

  it("hold a deployment at full load in bridge mode, an address for each instance", () => {
    const capacity = { minInstances: 1, instanceTypes: ["t4g.small"] };
    assert.deepEqual(
      planFaults({ network: smallest, capacity: { ...capacity, maxInstances: 108 } }),
      [],
    );
    assert.deepEqual(
      planFaults({ network: smallest, capacity: { ...capacity, maxInstances: 109 } }),
      [
        "Pulumi.dev.yaml: ecs-on-ec2:vpcCidr: got 10.0.0.0/24, but its private subnets of /27 have 27 addresses each and 4 zones need 28 in each (28 instances); choose a larger block, at best a /16, or lower maxTasks",
      ],
    );
  });

  it("hold an address for each task with awsvpc", () => {
    const config = { network: smallest, service: awsvpc };
    assert.deepEqual(planFaults({ ...config, scaling: { maxTasks: 36 } }), []);
    assert.deepEqual(planFaults({ ...config, scaling: { maxTasks: 37 } }), [
      "Pulumi.dev.yaml: ecs-on-ec2:vpcCidr: got 10.0.0.0/24, but its private subnets of /27 have 27 addresses each and 4 zones need 29 in each (10 instances + 19 tasks); choose a larger block, at best a /16, or lower maxTasks",
    ]);
  });

  it("hold everything without the lost zone, endpoints and the inner load balancer included", () => {
    assert.deepEqual(
      planFaults({
        network: {
          ...smallest,
          natGateways: "OnePerAz",
          surviveZoneLoss: true,
          interfaceEndpoints: true,
        },
        scaling: { minTasks: 2, maxTasks: 12 },
        service: awsvpc,
        loadBalancer: { staticIngressIps: true },
      }),
      [
        "Pulumi.dev.yaml: ecs-on-ec2:vpcCidr: got 10.0.0.0/24, but its private subnets of /27 have 27 addresses each and 3 zones need 29 in each (4 instances + 8 tasks + 9 interface endpoints + 8 for the load balancer); choose a larger block, at best a /16, or lower maxTasks",
      ],
    );
  });
});
