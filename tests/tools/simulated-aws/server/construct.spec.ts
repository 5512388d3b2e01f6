import assert from "node:assert/strict";
import type * as grpc from "@grpc/grpc-js";
import { version } from "@pulumi/aws/package.json";
import { ConstructRequest } from "@pulumi/pulumi/proto/provider_pb";
import { ResourceRecorder } from "../../../../tools/preview/resource-recorder";
import { fromStruct, toStruct } from "../../../../tools/simulated-aws/resource-monitor";
import { construct } from "../../../../tools/simulated-aws/server/construct";
import { serve } from "../../../../tools/simulated-aws/server/grpc-server";
import { ACCOUNT } from "./tiny-cloud";

/* eslint-disable-next-line @typescript-eslint/no-require-imports -- the typings leave services out */
const { ResourceMonitorService } = require("@pulumi/pulumi/proto/resource_grpc_pb") as {
  ResourceMonitorService: grpc.ServiceDefinition;
};

const IDENTITY = { project: "shop", stack: "dev", root: "file:///shop/" };
const SOURCE = "urn:pulumi:dev::shop::aws:ec2/x:X::source";

function request(type: string): ConstructRequest {
  const asked = new ConstructRequest();
  asked.setType(type);
  asked.setName("net");
  asked.setInputs(
    toStruct({ subnetStrategy: "Auto", numberOfAvailabilityZones: 2, tags: { Team: "a" } }),
  );
  asked.setProtect(true);
  asked.setDependenciesList([SOURCE]);
  asked.getProvidersMap().set("aws", "urn:provider::id");
  const dependencies = new ConstructRequest.PropertyDependencies();
  dependencies.setUrnsList([SOURCE]);
  asked.getInputdependenciesMap().set("tags", dependencies);
  return asked;
}

describe("construct", () => {
  const recorder = new ResourceRecorder(
    IDENTITY,
    () => ACCOUNT,
    new Map(),
    () => undefined,
  );

  it("registers component and children with the monitor whose address it is given", async () => {
    const server = await serve(ResourceMonitorService, recorder.rpcs);
    const asked = request("awsx:ec2:Vpc");
    asked.setMonitorendpoint(`127.0.0.1:${String(server.port)}`);

    const response = await construct(asked).finally(server.stop);

    const urn = "urn:pulumi:dev::shop::awsx:ec2:Vpc::net";
    assert.equal(response.getUrn(), urn);
    assert.ok("privateSubnetIds" in fromStruct(response.getState()));
    const vpcUrn = "urn:pulumi:dev::shop::awsx:ec2:Vpc$aws:ec2/vpc:Vpc::net";
    assert.ok(response.getStatedependenciesMap().get("vpcId")?.getUrnsList().includes(vpcUrn));
    const component = recorder.nodes.get(urn);
    assert.deepEqual(component?.dependencies, [SOURCE]);
    assert.deepEqual(component.options, { protect: true });
    const vpc = recorder.nodes.get(vpcUrn);
    assert.deepEqual(vpc?.propertyDependencies, { tags: [SOURCE] });
    assert.deepEqual(vpc.options, { protect: true, provider: "urn:provider::id", version });
  });

  it("refuses other components", async () => {
    const asked = request("awsx:lb:ApplicationLoadBalancer");
    asked.setMonitorendpoint("127.0.0.1:1");

    await assert.rejects(construct(asked), {
      message:
        'resource "net" is a remote component of the type "awsx:lb:ApplicationLoadBalancer", which is not simulated; ' +
        'only "awsx:ec2:Vpc" is: declare its parts with @pulumi/aws, or add it to tools/simulated-aws/remote-components.ts',
    });
  });
});
