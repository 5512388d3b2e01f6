import assert from "node:assert/strict";
import { compare } from "../../../tools/compare/compare";
import type { ResourceChange } from "../../../tools/compare/comparison";
import type { Bag, ResourceNode, ResourceOptions } from "../../../tools/preview/graph";
import { UNKNOWN } from "../../../tools/preview/graph";
import { aNode, sideOf } from "../../support/stack-sides";

const CLUSTER = "aws:ecs/cluster:Cluster";
const PROVIDER = "aws:ecs/capacityProvider:CapacityProvider";
const ROLE = "aws:iam/role:Role";
const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";

const changes = (
  before: readonly ResourceNode[],
  after: readonly ResourceNode[],
): Record<string, ResourceChange> =>
  Object.fromEntries(
    compare(sideOf(before), sideOf(after), { allowDestruction: [] }).changes.map((change) => [
      change.name,
      change,
    ]),
  );

const operations = (found: Record<string, ResourceChange>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(found).map(([name, { operation, deletesFirst }]) => [
      name,
      deletesFirst ? `delete-${operation}` : operation,
    ]),
  );

const cluster = (name: string): ResourceNode => aNode(CLUSTER, "cluster", { inputs: { name } });
const ofCluster = (output: string): string => `\${${cluster("").urn}#${output}}`;
const reader = (type: string, name: string, inputs: Bag, options: ResourceOptions = {}) =>
  aNode(type, name, { inputs, options });

describe("Cascade", () => {
  it("changes every value that refers to a replaced resource, inside of documents too", () => {
    const group = reader("aws:autoscaling/group:Group", "group", {
      placementGroup: ofCluster("arn"),
      tags: [{ key: "cluster", value: `of ${ofCluster("name")}` }],
    });
    const role = reader(ROLE, "role", {
      assumeRolePolicy: JSON.stringify({ Statement: [{ Sid: "Run", Resource: ofCluster("arn") }] }),
    });

    const found = changes([cluster("a"), group, role], [cluster("b"), group, role]);

    assert.deepEqual(operations(found), { cluster: "replace", group: "update", role: "update" });
    const plain = { replaces: false, lines: undefined };
    const tag = `of ${ofCluster("name")}`;
    assert.deepEqual(found["group"]?.properties, [
      { path: "placementGroup", before: ofCluster("arn"), after: UNKNOWN, ...plain },
      { path: "tags[cluster].value", before: tag, after: tag, ...plain },
    ]);
    assert.deepEqual(found["role"]?.properties, [
      {
        path: "assumeRolePolicy.Statement[Run].Resource",
        before: ofCluster("arn"),
        after: UNKNOWN,
        ...plain,
      },
    ]);
    assert.deepEqual(found["role"].follows, [cluster("").urn]);
  });

  it("carries on where what follows is replaced in turn", () => {
    const provider = reader(PROVIDER, "provider", { cluster: ofCluster("arn") });
    const association = reader("aws:ecs/clusterCapacityProviders:ClusterCapacityProviders", "all", {
      clusterName: "x",
      capacityProviders: [`\${${provider.urn}#name}`],
    });

    const found = changes(
      [cluster("a"), provider, association],
      [cluster("b"), provider, association],
    );

    assert.deepEqual(operations(found), { cluster: "replace", provider: "replace", all: "update" });
    assert.equal(found["provider"]?.properties[0]?.replaces, true);
    assert.deepEqual(found["all"]?.follows, [provider.urn]);
  });

  it("changes with an update what the update renews, and nothing else", () => {
    const template = (inputs: Bag) => aNode(TEMPLATE, "template", { inputs });
    const urn = template({}).urn;
    const version = reader("test:index:Thing", "version", { version: `\${${urn}#latestVersion}` });
    const arn = reader("test:index:Thing", "arn", { arn: `\${${urn}#arn}` });
    const rest = [version, arn];

    const image = changes(
      [template({ imageId: "1" }), ...rest],
      [template({ imageId: "2" }), ...rest],
    );
    const tags = changes([template({}), ...rest], [template({ tags: { a: "1" } }), ...rest]);

    assert.deepEqual(operations(image), { template: "update", version: "update" });
    assert.deepEqual(operations(tags), { template: "update" });
  });

  it("leaves alone what is ignored", () => {
    const group = reader(
      "aws:ecs/service:Service",
      "service",
      { taskDefinition: ofCluster("arn"), desiredCount: 1 },
      { ignoreChanges: ["taskDefinition", "desiredCount"] },
    );
    const after = { ...group, inputs: { ...group.inputs, desiredCount: 2 } };

    assert.deepEqual(operations(changes([cluster("a"), group], [cluster("b"), after])), {
      cluster: "replace",
    });
  });

  it("replaces with a resource what says so, after the same fashion", () => {
    const withCluster = reader("test:index:Thing", "thing", {}, { replaceWith: [cluster("").urn] });
    const first = { ...cluster("b"), options: { deleteBeforeReplace: true } };

    const side = changes([cluster("a"), withCluster], [cluster("b"), withCluster]);
    const before = changes([cluster("a"), withCluster], [first, withCluster]);

    assert.deepEqual(operations(side), { cluster: "replace", thing: "replace" });
    assert.deepEqual(side["thing"]?.follows, [cluster("").urn]);
    assert.deepEqual(operations(before), { cluster: "delete-replace", thing: "delete-replace" });
  });

  it("replaces first what cannot outlive a resource that is deleted first", () => {
    const bucket = (tag: string) =>
      aNode("aws:s3/bucket:Bucket", "bucket", {
        inputs: { bucket: "logs", bucketPrefix: tag },
        options: { replaceOnChanges: ["bucketPrefix"], deleteBeforeReplace: true },
      });
    const dependent = (type: string, name: string, property: string): ResourceNode =>
      aNode(type, name, {
        inputs: { [property]: "logs" },
        propertyDependencies: { [property]: [bucket("").urn] },
      });
    const policy = dependent("aws:s3/bucketPolicy:BucketPolicy", "policy", "bucket");
    const flow = dependent("aws:lb/loadBalancer:LoadBalancer", "balancer", "accessLogs");

    assert.deepEqual(
      operations(changes([bucket("a"), policy, flow], [bucket("b"), policy, flow])),
      { bucket: "delete-replace", policy: "delete-replace" },
    );
  });

  it("follows from what is created where a value comes from it", () => {
    const service = (inputs: Bag) => aNode("aws:ecs/service:Service", "service", { inputs });
    const group = aNode("aws:ec2/securityGroup:SecurityGroup", "tasks");
    const after = service({ networkConfiguration: { securityGroups: [`\${${group.urn}#id}`] } });

    assert.deepEqual(changes([service({})], [after, group])["service"]?.follows, [group.urn]);
  });

  it("changes the stack's outputs that come from what is replaced", () => {
    const [before, after] = ["a", "b"].map((name) =>
      sideOf([cluster(name)], { outputs: { cluster: ofCluster("arn"), region: "x" } }),
    );

    assert.deepEqual(compare(before, after!, { allowDestruction: [] }).outputs, [
      {
        path: "cluster",
        before: ofCluster("arn"),
        after: UNKNOWN,
        replaces: false,
        lines: undefined,
      },
    ]);
  });
});
