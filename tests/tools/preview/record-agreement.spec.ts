import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import * as awsx from "@pulumi/awsx";
import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import { SECRET } from "../../../tools/preview/graph";
import { recordStack } from "../../../tools/preview/record";
import { underMocks } from "../../support/program-under-mocks";

const RUN = {
  project: "shop",
  stack: "dev",
  config: { "aws:region": "eu-central-1" },
  secretKeys: [],
};

function program(): { url: pulumi.Output<string> } {
  const vpc = new awsx.ec2.Vpc("web", { subnetStrategy: "Auto", numberOfAvailabilityZones: 2 });
  const repository = new aws.ecr.Repository("web", {}, { protect: true });
  const token = aws.ecr.getAuthorizationTokenOutput({ registryId: repository.registryId });
  new docker.Image("web", {
    imageName: pulumi.interpolate`${repository.repositoryUrl}:tag`,
    build: { context: "app", platform: "linux/arm64" },
    registry: {
      server: repository.repositoryUrl,
      username: token.userName,
      password: pulumi.secret("p4ssword"),
    },
  });
  const balancer = new aws.lb.LoadBalancer("web", { subnets: vpc.publicSubnetIds });
  return { url: pulumi.interpolate`http://${balancer.dnsName}` };
}

describe("the recorder and the mocks", () => {
  it("see the same resources with the same inputs, dependencies and outputs", async () => {
    const graph = await recordStack(program, RUN);
    const mocked = await underMocks(program, { ...RUN, preview: true });

    const byUrn = (one: { urn: string }, other: { urn: string }) => (one.urn < other.urn ? -1 : 1);
    assert.deepEqual(
      graph.resources
        .filter(({ parent }) => parent !== undefined)
        .map(({ urn, parent, custom, inputs, dependencies }) => ({
          urn,
          parent,
          custom,
          inputs: JSON.stringify(inputs).replaceAll(SECRET, "p4ssword"),
          dependencies,
        })),
      [...mocked.resources].sort(byUrn).map(({ urn, parent, custom, inputs, dependencies }) => ({
        urn,
        parent,
        custom,
        inputs: JSON.stringify(inputs),
        dependencies,
      })),
    );
    assert.deepEqual(graph.outputs, mocked.outputs);
  });
});
