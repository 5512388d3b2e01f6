import assert from "node:assert/strict";
import * as grpc from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import type { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { UNKNOWN } from "../../../../tools/preview/graph";
import { AwsError, PartialFailure } from "../../../../tools/simulated-aws/cloud/cloud";
import { secretValue } from "../../../../tools/simulated-aws/protocol-values";
import { fromStruct, toStruct } from "../../../../tools/simulated-aws/resource-monitor";
import { debugProviders, serveAws } from "../../../../tools/simulated-aws/server/serve";
import type { ServedAws } from "../../../../tools/simulated-aws/server/serve";
import { ACCOUNT, TinyCloud } from "./tiny-cloud";

const TYPE = "aws:ecs/cluster:Cluster";
const URN = `urn:pulumi:dev::shop::${TYPE}::web`;

/** The engine's side of the protocol. */
class Engine {
  private readonly client: ResourceProviderClient;

  constructor(port: number) {
    const address = `127.0.0.1:${String(port)}`;
    this.client = new ResourceProviderClient(address, grpc.credentials.createInsecure());
  }

  call<Response>(rpc: string, request: object): Promise<Response> {
    type Method = (request: object, done: (error: Error | null, answer: Response) => void) => void;
    const method = (this.client as unknown as Record<string, Method>)[rpc];
    return new Promise((answered, failed) => {
      method?.call(this.client, request, (error, answer) => {
        if (error === null) {
          answered(answer);
        } else {
          failed(error);
        }
      });
    });
  }

  close(): void {
    this.client.close();
  }
}

/** A request about the cluster; setters of the request by the name of their field. */
function about<T extends object>(request: T, fields: Record<string, unknown>): T {
  for (const [field, value] of Object.entries({ urn: URN, type: TYPE, name: "web", ...fields })) {
    const setter = `set${field.slice(0, 1).toUpperCase()}${field.slice(1)}`;
    (request as Record<string, (value: unknown) => void>)[setter]?.(value);
  }
  return request;
}

describe("serveAws", () => {
  let cloud: TinyCloud;
  let served: ServedAws;
  let engine: Engine;

  beforeEach(async () => {
    cloud = new TinyCloud();
    served = await serveAws(cloud, ACCOUNT);
    engine = new Engine(served.ports.aws);
  });

  afterEach(() => {
    grpc.setLogVerbosity(grpc.logVerbosity.ERROR);
    engine.close();
    served.stop();
  });

  it("attaches an engine to every package at once", () => {
    const { aws, awsx, docker } = served.ports;

    assert.deepEqual([awsx, docker], [aws, aws]);
    assert.equal(
      debugProviders(served.ports),
      `aws:${String(aws)},awsx:${String(aws)},docker:${String(aws)}`,
    );
  });

  it("says of a taken port what to do", async () => {
    grpc.setLogVerbosity(grpc.logVerbosity.NONE);
    await assert.rejects(serveAws(cloud, ACCOUNT, served.ports.aws), {
      message: `127.0.0.1:${String(served.ports.aws)} is taken by another process; choose another port, or leave the port out to take a free one`,
    });
  });

  it("says what it can before it is configured and when it is", async () => {
    const handshake = await engine.call<proto.ProviderHandshakeResponse>(
      "handshake",
      new proto.ProviderHandshakeRequest(),
    );
    const info = await engine.call<PluginInfo>("getPluginInfo", new Empty());
    const configured = await engine.call<proto.ConfigureResponse>(
      "configure",
      new proto.ConfigureRequest(),
    );

    assert.equal(handshake.getAcceptSecrets(), true);
    assert.equal(info.getVersion(), "999.0.0");
    // Not outputs: a component's inputs would come as output values in place of plain ones.
    assert.deepEqual(configured.toObject(), {
      acceptsecrets: true,
      acceptresources: true,
      supportspreview: true,
      acceptoutputs: false,
      supportsAutonamingConfiguration: false,
    });
  });

  it("refuses a provider of another region than the account's", async () => {
    const check = async (region: string) => {
      const request = about(new proto.CheckRequest(), { news: toStruct({ region }) });
      const response = await engine.call<proto.CheckResponse>("checkConfig", request);
      return response.getFailuresList().map((failure) => failure.toObject());
    };

    assert.deepEqual(await check("eu-central-1"), []);
    assert.deepEqual(await check("us-east-1"), [
      {
        property: "region",
        reason:
          'got "us-east-1", the simulated account is in "eu-central-1"; start it with the stack\'s region',
      },
    ]);
  });

  it("replaces nothing when the settings of a provider change", async () => {
    const request = about(new proto.DiffRequest(), {
      oldInputs: toStruct({ region: "eu-central-1", defaultTags: "a" }),
      news: toStruct({ region: "eu-central-1", defaultTags: "b" }),
    });
    const response = await engine.call<proto.DiffResponse>("diffConfig", request);

    assert.deepEqual(response.getDiffsList(), ["defaultTags"]);
    assert.deepEqual(response.getReplacesList(), []);
  });

  it("checks plain inputs, and gives back secrets and every fault", async () => {
    const request = about(new proto.CheckRequest(), {
      news: toStruct({ key: secretValue("hunter22"), wrong: true }),
    });
    const response = await engine.call<proto.CheckResponse>("check", request);

    assert.deepEqual(cloud.asked, [
      ["check", { type: TYPE, name: "web" }, { key: "hunter22", wrong: true }, undefined],
    ]);
    assert.deepEqual(fromStruct(response.getInputs()), {
      name: "web-made-up",
      key: secretValue("hunter22"),
      wrong: true,
    });
    assert.deepEqual(
      response.getFailuresList().map((failure) => failure.toObject()),
      [{ property: "wrong", reason: "got true, must be absent" }],
    );
  });

  it("previews a creation from what the program declared, without asking AWS", async () => {
    await engine.call("check", about(new proto.CheckRequest(), { news: toStruct({ tags: {} }) }));
    const response = await engine.call<proto.CreateResponse>(
      "create",
      about(new proto.CreateRequest(), {
        preview: true,
        properties: toStruct({ tags: {}, name: "web-made-up" }),
      }),
    );

    const properties = fromStruct(response.getProperties());
    assert.equal(response.getId(), "");
    assert.equal(properties["name"], UNKNOWN);
    assert.deepEqual(properties["tagsAll"], { Owner: "platform" });
    assert.deepEqual(
      cloud.asked.map(([operation]) => operation),
      ["check"],
    );
  });

  it("previews an update without asking AWS", async () => {
    const response = await engine.call<proto.UpdateResponse>(
      "update",
      about(new proto.UpdateRequest(), {
        preview: true,
        id: "web-1",
        olds: toStruct({ name: "web-1", arn: "arn:web-1" }),
        news: toStruct({ name: "web-1", tags: { A: "b" } }),
      }),
    );

    const properties = fromStruct(response.getProperties());
    assert.deepEqual(
      [properties["arn"], properties["tagsAll"]],
      ["arn:web-1", { Owner: "platform", A: "b" }],
    );
    assert.deepEqual(cloud.asked, []);
  });

  it("compares plain inputs, and passes on what is ignored and what the state says", async () => {
    const response = await engine.call<proto.DiffResponse>(
      "diff",
      about(new proto.DiffRequest(), {
        id: "web-1",
        oldInputs: toStruct({ name: secretValue("a") }),
        olds: toStruct({ arn: "arn:web-1" }),
        news: toStruct({ name: "b", tags: {} }),
        ignorechangesList: ["tags"],
      }),
    );

    assert.deepEqual(cloud.asked, [
      [
        "diff",
        { type: TYPE, name: "web", id: "web-1", state: { arn: "arn:web-1" } },
        { olds: { name: "a" }, news: { name: "b", tags: {} }, ignored: ["tags"] },
      ],
    ]);
    assert.deepEqual(response.getReplacesList(), ["name"]);
    assert.equal(response.getDeletebeforereplace(), true);
  });

  it("creates with plain inputs, and answers with secrets where they were", async () => {
    cloud.created = () =>
      Promise.resolve({ id: "web-1", outputs: { key: "hunter22", log: "used hunter22", n: 1 } });
    const response = await engine.call<proto.CreateResponse>(
      "create",
      about(new proto.CreateRequest(), { properties: toStruct({ key: secretValue("hunter22") }) }),
    );

    assert.deepEqual(cloud.asked, [["create", { type: TYPE, name: "web" }, { key: "hunter22" }]]);
    assert.equal(response.getId(), "web-1");
    assert.deepEqual(fromStruct(response.getProperties()), {
      key: secretValue("hunter22"),
      log: secretValue("used hunter22"),
      n: 1,
    });
  });

  it("updates from the old inputs to the new ones", async () => {
    const response = await engine.call<proto.UpdateResponse>(
      "update",
      about(new proto.UpdateRequest(), {
        id: "web-1",
        oldInputs: toStruct({ name: "a" }),
        olds: toStruct({ arn: "arn:web-1" }),
        news: toStruct({ name: "b" }),
      }),
    );

    assert.deepEqual(cloud.asked, [
      [
        "update",
        { type: TYPE, name: "web", id: "web-1", state: { arn: "arn:web-1" } },
        { name: "a" },
        { name: "b" },
      ],
    ]);
    assert.deepEqual(fromStruct(response.getProperties()), { name: "web-1", arn: "arn:web-1" });
  });

  it("reads what the account holds, secret where the state has it secret", async () => {
    cloud.found = { id: "web-1", inputs: { key: "drifted" }, outputs: { key: "drifted", n: 1 } };
    const request = about(new proto.ReadRequest(), {
      id: "web-1",
      inputs: toStruct({ key: secretValue("hunter22") }),
      properties: toStruct({ key: secretValue("hunter22") }),
    });
    const response = await engine.call<proto.ReadResponse>("read", request);

    assert.deepEqual(cloud.asked, [
      ["read", { type: TYPE, name: "web", id: "web-1", state: { key: "hunter22" } }],
    ]);
    assert.equal(response.getId(), "web-1");
    assert.deepEqual(fromStruct(response.getInputs()), { key: secretValue("drifted") });
    assert.deepEqual(fromStruct(response.getProperties()), { key: secretValue("drifted"), n: 1 });
  });

  it("answers without an id for a resource that is gone", async () => {
    const request = about(new proto.ReadRequest(), { id: "web-1" });
    const response = await engine.call<proto.ReadResponse>("read", request);

    assert.equal(response.getId(), "");
  });

  it("deletes, and refuses in the provider's wording", async () => {
    const request = about(new proto.DeleteRequest(), { id: "web-1" });
    await engine.call("delete", request);
    cloud.deleted = () => Promise.reject(new AwsError("ClusterContainsServicesException", "no"));

    await assert.rejects(engine.call("delete", request), {
      details: "deleting ECS Cluster (web-1): ClusterContainsServicesException: no",
    });
  });

  it("refuses a creation, and lets the engine keep what exists nevertheless", async () => {
    const request = about(new proto.CreateRequest(), { properties: toStruct({ name: "web-1" }) });
    cloud.created = () => Promise.reject(new AwsError("LimitExceeded", "too many"));
    await assert.rejects(engine.call("create", request), (error: grpc.ServiceError) => {
      assert.equal(error.details, "creating ECS Cluster (web): LimitExceeded: too many");
      assert.deepEqual(error.metadata.get("grpc-status-details-bin"), []);
      return true;
    });

    cloud.created = () =>
      Promise.reject(new PartialFailure("X", "rolled back", { id: "web-1", outputs: {} }));
    await assert.rejects(engine.call("create", request), (error: grpc.ServiceError) => {
      assert.equal(error.details, "creating ECS Cluster (web): X: rolled back");
      assert.equal(error.metadata.get("grpc-status-details-bin").length, 1);
      return true;
    });
  });

  it("refuses a creation that takes longer than its timeout", async () => {
    cloud.created = () => new Promise(() => undefined);
    const request = about(new proto.CreateRequest(), { timeout: 0.05 });

    await assert.rejects(engine.call("create", request), {
      details:
        "creating ECS Cluster (web): timeout while waiting for state to become 'available' (timeout: 50ms)",
    });
  });

  it("refuses what hangs when the engine cancels", async () => {
    const begun = new Promise<void>((started) => {
      cloud.deleted = () => {
        started();
        return new Promise(() => undefined);
      };
    });
    const deleting = engine.call("delete", about(new proto.DeleteRequest(), { id: "web-1" }));
    deleting.catch(() => undefined);
    await begun;

    await engine.call("cancel", new Empty());

    await assert.rejects(deleting, { details: "deleting ECS Cluster (web-1): context canceled" });
  });

  it("calls functions with plain arguments", async () => {
    const request = new proto.InvokeRequest();
    request.setTok("aws:index/getAvailabilityZones:getAvailabilityZones");
    request.setArgs(toStruct({ state: secretValue("available") }));
    const response = await engine.call<proto.InvokeResponse>("invoke", request);

    assert.deepEqual(cloud.asked, [
      ["invoke", "aws:index/getAvailabilityZones:getAvailabilityZones", { state: "available" }],
    ]);
    assert.deepEqual(fromStruct(response.getReturn()), { names: ["eu-central-1a"] });
  });

  it("has no method that an engine does not need of it", async () => {
    await assert.rejects(engine.call("getSchema", new proto.GetSchemaRequest()), { code: 12 });
  });
});
