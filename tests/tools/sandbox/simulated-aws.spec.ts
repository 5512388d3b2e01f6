import assert from "node:assert/strict";
import { connect } from "node:net";
import { join } from "node:path";
import * as grpc from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import type { CheckResponse } from "@pulumi/pulumi/proto/provider_pb";
import { CheckRequest } from "@pulumi/pulumi/proto/provider_pb";
import { isAlive } from "../../../tools/sandbox/process-life";
import { startSimulatedAws } from "../../../tools/sandbox/simulated-aws";
import { toStruct } from "../../../tools/simulated-aws/resource-monitor";
import { temporaryFolder, write } from "./sandbox-places";

const account = { region: "eu-central-1", defaultTags: { Owner: "platform" } };

describe("startSimulatedAws", () => {
  const folder = temporaryFolder();

  it("serves until it is stopped, and says what keeps it from that", async () => {
    const aws = await startSimulatedAws({ account, folder });
    try {
      await new Promise<void>((connected, failed) => {
        const socket = connect(aws.ports.docker, "127.0.0.1");
        socket.once("error", failed).once("connect", () => {
          socket.destroy();
          connected();
        });
      });
      await assert.rejects(startSimulatedAws({ account, folder, port: aws.ports.aws }), {
        name: "SandboxError",
        message: `the simulated AWS did not start: 127.0.0.1:${String(aws.ports.aws)} is taken by another process; choose another port, or leave the port out to take a free one`,
      });
    } finally {
      await aws.stop();
    }
    assert.equal(isAlive(aws.pid), false);
  });

  it("takes relative paths of the program from the project's folder", async () => {
    const directory = temporaryFolder();
    write(join(directory, "service", "Dockerfile"), "FROM scratch\n");
    const aws = await startSimulatedAws({ account, folder, directory });
    try {
      assert.deepEqual(await checkFailures(aws.ports.docker, "service/Dockerfile"), []);
      assert.deepEqual(await checkFailures(aws.ports.docker, "missing/Dockerfile"), [
        "build.dockerfile",
      ]);
    } finally {
      await aws.stop();
    }
  });

  it("refuses an account whose folder holds something else", async () => {
    const corrupt = temporaryFolder();
    const file = write(join(corrupt, "ecs", "Cluster.web.00000000.json"), "{");

    await assert.rejects(
      startSimulatedAws({ account, folder: corrupt }),
      ({ message }: Error) =>
        message.startsWith(
          `the simulated AWS did not start: ${file} is not a resource of the simulated account: `,
        ) && !message.includes("\n"),
    );
  });
});

/** Properties that the provider finds wrong with an image of this Dockerfile. */
function checkFailures(port: number, dockerfile: string): Promise<string[]> {
  const client = new ResourceProviderClient(
    `127.0.0.1:${String(port)}`,
    grpc.credentials.createInsecure(),
  );
  const request = new CheckRequest();
  request.setUrn("urn:pulumi:dev::shop::docker:index/image:Image::web");
  request.setType("docker:index/image:Image");
  request.setName("web");
  request.setNews(toStruct({ imageName: "web", build: { context: "service", dockerfile } }));
  return new Promise((answered, failed) => {
    client.check(request, (error: Error | null, response: CheckResponse) => {
      client.close();
      if (error === null) {
        answered(response.getFailuresList().map((failure) => failure.getProperty()));
      } else {
        failed(error);
      }
    });
  });
}
