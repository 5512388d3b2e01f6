import assert from "node:assert/strict";
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import * as proto from "@pulumi/pulumi/proto/analyzer_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { policies, policyNames } from "../../policies/pack";
import { PackEnded, type PackProcess, startPack } from "../support/pack-process";

const root = resolve(__dirname, "../..");

function groupRequest(inputs: Record<string, number>): proto.AnalyzeRequest {
  const request = new proto.AnalyzeRequest();
  request.setType("aws:autoscaling/group:Group");
  request.setName("web");
  request.setUrn("urn:pulumi:prod::ecs-on-ec2::aws:autoscaling/group:Group::web");
  request.setProperties(Struct.fromJavaScript(inputs));
  request.setOptions(new proto.AnalyzerResourceOptions());
  return request;
}

/** Names and levels of what the pack says of the size of a group. */
async function sizeFindings(pack: PackProcess, inputs: Record<string, number>) {
  const response = await pack.call<proto.AnalyzeResponse>("analyze", groupRequest(inputs));
  return response
    .getDiagnosticsList()
    .filter((diagnostic) => diagnostic.getPolicyname() === "asg-size-within-limits")
    .map((diagnostic) => [diagnostic.getEnforcementlevel(), diagnostic.getMessage()]);
}

describe("the pack as the engine starts it", function () {
  this.timeout(60_000);
  let pack: PackProcess;

  before(async () => {
    pack = await startPack("prod");
    process.stdout.write(`      listens after ${(pack.startMs / 1000).toFixed(2)} s\n`);
  });
  after(() => pack.stop());

  it("lists its policies with levels, metadata and the schema of their configuration", async () => {
    const info = (await pack.call<proto.AnalyzerInfo>("getAnalyzerInfo", new Empty())).toObject();

    assert.deepEqual([info.name, info.version, info.supportsconfig], ["ecs-on-ec2", "0.1.0", true]);
    assert.deepEqual(
      info.policiesList.map(({ name }) => name),
      policyNames,
    );
    const numbers = { advisory: 0, mandatory: 1, disabled: 2, remediate: 3 };
    assert.deepEqual(
      info.policiesList.map(({ enforcementlevel }) => enforcementlevel),
      [...policies.map(({ levels: { prod } }) => numbers[prod]), numbers.mandatory],
    );
    const [size] = info.policiesList.filter(({ name }) => name === "asg-size-within-limits");
    assert.deepEqual(
      size?.configschema?.properties?.fieldsMap.map(([property]) => property),
      ["maxCeiling", "minFloor"],
    );
  });

  it("judges a resource", async () => {
    assert.deepEqual(await sizeFindings(pack, { minSize: 2, maxSize: 20 }), []);
    assert.deepEqual(await sizeFindings(pack, { minSize: 2, maxSize: 21 }), [
      [
        1,
        "An Auto Scaling group stays between the environment's fewest and most instances.\n" +
          'maxSize is 21, allowed is at most 20 (prod, policies/limits.ts "asg-size-within-limits"); lower maxInstances or maxTasks',
      ],
    ]);
  });

  it("judges a stack", async () => {
    const stack = new proto.AnalyzerResource();
    stack.setType("pulumi:pulumi:Stack");
    stack.setUrn("urn:pulumi:prod::ecs-on-ec2::pulumi:pulumi:Stack::ecs-on-ec2-prod");
    stack.setName("ecs-on-ec2-prod");
    stack.setProperties(new Struct());
    stack.setOptions(new proto.AnalyzerResourceOptions());
    const request = new proto.AnalyzeStackRequest();
    request.setResourcesList([stack]);
    const response = await pack.call<proto.AnalyzeResponse>("analyzeStack", request);

    assert.ok(
      response
        .getDiagnosticsList()
        .every((diagnostic) => !diagnostic.getMessage().includes("the policy itself failed")),
    );
  });

  it("takes the engine's configuration, and refuses a limit that is none", async () => {
    const configure = (properties: Record<string, number>): Promise<Empty> => {
      const config = new proto.PolicyConfig();
      config.setEnforcementlevel(proto.EnforcementLevel.ADVISORY);
      config.setProperties(Struct.fromJavaScript(properties));
      const request = new proto.ConfigureAnalyzerRequest();
      request.getPolicyconfigMap().set("asg-size-within-limits", config);
      return pack.call("configure", request);
    };
    await configure({ maxCeiling: 30 });
    assert.deepEqual(await sizeFindings(pack, { minSize: 2, maxSize: 30 }), []);
    assert.deepEqual(
      (await sizeFindings(pack, { minSize: 2, maxSize: 31 })).map(([level]) => level),
      [0],
    );

    await configure({ maxCeilng: 30 });
    await assert.rejects(
      sizeFindings(pack, { minSize: 2, maxSize: 30 }),
      /asg-size-within-limits\.maxCeilng is not a limit; did you mean maxCeiling\?/,
    );
  });

  it("writes nothing besides its port", () => {
    assert.deepEqual(pack.output(), { stdout: "", stderr: "" });
  });
});

describe("the pack with a wrong file of waivers", function () {
  this.timeout(60_000);
  const directory = mkdtempSync(join(tmpdir(), "pack-"));
  after(() => {
    rmSync(directory, { recursive: true });
  });

  it("does not start, and says what is wrong where", async () => {
    for (const folder of ["policies", "capacity"]) {
      cpSync(join(root, folder), join(directory, folder), {
        recursive: true,
        filter: (path) => !path.endsWith("node_modules"),
      });
    }
    cpSync(join(root, "tsconfig.json"), join(directory, "tsconfig.json"));
    symlinkSync(join(root, "node_modules"), join(directory, "node_modules"));
    writeFileSync(join(directory, "policies/waivers.yaml"), "waivers:\n  - policy: alb-wav\n");

    await assert.rejects(startPack("prod", join(directory, "policies")), (error: unknown) => {
      assert.ok(error instanceof PackEnded);
      assert.notEqual(error.code, 0);
      assert.equal(error.stdout, "");
      assert.match(
        error.stderr,
        /policies\/waivers\.yaml:2: policy: got 'alb-wav', must be the name of a policy of the pack; did you mean alb-waf\?/,
      );
      return true;
    });
  });
});
