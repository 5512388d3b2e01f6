import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { plainSettings, SECRET_SETTING } from "../../../infra/config/settings";
import { AWS_VARIABLES, unknownKeys } from "../../../infra/config/unknown-keys";
import { renderFault } from "../../../infra/setting-fault";

function faultsOf(...keys: string[]): string[] {
  const ownKeys = [...Object.keys(plainSettings), SECRET_SETTING];
  return unknownKeys({ project: "ecs-on-ec2", stack: "dev", ownKeys }, keys).map(renderFault);
}

describe("unknownKeys", () => {
  it("passes the keys of the project and of the packages in use", () => {
    assert.deepEqual(
      faultsOf(
        "ecs-on-ec2:maxTasks",
        "ecs-on-ec2:alarmEmail",
        "aws:region",
        "aws:allowedAccountIds",
        "awsx:anything",
        "docker:host",
        "pulumi:autonaming",
      ),
      [],
    );
  });

  it("refuses a misspelt key of the project, with the nearest", () => {
    assert.deepEqual(faultsOf("ecs-on-ec2:maxTask", "ecs-on-ec2:bogus", "ecs-on-ec2:"), [
      "Pulumi.dev.yaml: ecs-on-ec2:maxTask: got an unknown key, must be one that Pulumi.yaml declares; did you mean ecs-on-ec2:maxTasks",
      "Pulumi.dev.yaml: ecs-on-ec2:bogus: got an unknown key, must be one that Pulumi.yaml declares; remove it",
      "Pulumi.dev.yaml: ecs-on-ec2:: got an unknown key, must be one that Pulumi.yaml declares; remove it",
    ]);
  });

  it("refuses a key that the AWS provider does not read, with the nearest", () => {
    assert.deepEqual(faultsOf("aws:regoin", "aws:bogus"), [
      "Pulumi.dev.yaml: aws:regoin: got an unknown key, must be one that @pulumi/aws reads; did you mean aws:region",
      "Pulumi.dev.yaml: aws:bogus: got an unknown key, must be one that @pulumi/aws reads; remove it",
    ]);
  });

  it("refuses a namespace that nothing reads, with the nearest", () => {
    const rule = "got an unknown namespace, must be one of ecs-on-ec2, aws, awsx, docker, pulumi; ";
    assert.deepEqual(faultsOf("ecs-on-ec:maxTasks", "asw:region", "foo:bar", "datadog:apiUrl"), [
      `Pulumi.dev.yaml: ecs-on-ec:maxTasks: ${rule}did you mean ecs-on-ec2:maxTasks`,
      `Pulumi.dev.yaml: asw:region: ${rule}did you mean aws:region`,
      `Pulumi.dev.yaml: foo:bar: ${rule}remove it`,
      `Pulumi.dev.yaml: datadog:apiUrl: ${rule}remove it`,
    ]);
  });

  it("names the namespace that a key belongs to, whatever it was put under", () => {
    assert.deepEqual(
      faultsOf("aws:maxTasks", "ecs-on-ec2:region", "foo:minTasks").map((fault) =>
        fault.slice(fault.lastIndexOf("; ") + 2),
      ),
      [
        "did you mean ecs-on-ec2:maxTasks",
        "did you mean aws:region",
        "did you mean ecs-on-ec2:minTasks",
      ],
    );
  });

  it("knows every variable of the AWS provider's package, and no other", () => {
    const declared = readFileSync("node_modules/@pulumi/aws/config/vars.d.ts", "utf8");
    const names = [...declared.matchAll(/^export declare const (\w+):/gm)].map(([, name]) => name);
    assert.deepEqual([...AWS_VARIABLES].sort(), names.sort());
  });
});
