import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { Json } from "../../../tools/preview/graph";
import { UNKNOWN } from "../../../tools/preview/graph";
import { accountOf } from "../../../tools/simulated-aws/account";
import { invokeFunction } from "../../../tools/simulated-aws/functions";
import { plainBag } from "../../../tools/simulated-aws/protocol-values";
import { textOf } from "../../support/json";

const account = accountOf({ "aws:region": "eu-central-1" });
const preview = (token: string, args = {}) => invokeFunction(token, args, account, true);
const deployed = (token: string, args = {}) => invokeFunction(token, args, account, false);

const TOKENS = [
  "aws:index/getRegion:getRegion",
  "aws:index/getPartition:getPartition",
  "aws:index/getCallerIdentity:getCallerIdentity",
  "aws:index/getAvailabilityZones:getAvailabilityZones",
  "aws:ssm/getParameter:getParameter",
  "aws:ecr/getAuthorizationToken:getAuthorizationToken",
  "aws:ecr/getImage:getImage",
  "aws:route53/getZone:getZone",
];

describe("invokeFunction", () => {
  for (const token of TOKENS) {
    it(`answers every required result of ${token}`, () => {
      const [, path = ""] = /^aws:(?:index\/)?([^:]+):/.exec(token) ?? [];
      const typings = readFileSync(require.resolve(`@pulumi/aws/${path}.d.ts`), "utf8");
      const [result = ""] = /export interface \w+Result \{[^]*?\n\}/.exec(typings) ?? [];
      const required = [...result.matchAll(/readonly (\w+):/g)].map(([, name = ""]) => name);

      assert.deepEqual(
        required.filter((name) => !(name in deployed(token, { name: "x" }))),
        [],
      );
      assert.deepEqual(Object.keys(preview(token)).sort(), Object.keys(deployed(token)).sort());
    });
  }

  it("knows region and partition in a preview, and nothing of the account", () => {
    assert.deepEqual(preview("aws:index/getRegion:getRegion"), {
      id: "eu-central-1",
      name: "eu-central-1",
      region: "eu-central-1",
      endpoint: "ec2.eu-central-1.amazonaws.com",
      description: UNKNOWN,
    });
    assert.deepEqual(preview("aws:index/getPartition:getPartition"), {
      id: "aws",
      partition: "aws",
      dnsSuffix: "amazonaws.com",
      reverseDnsPrefix: "com.amazonaws",
    });
    assert.deepEqual(preview("aws:index/getCallerIdentity:getCallerIdentity"), {
      id: UNKNOWN,
      accountId: UNKNOWN,
      arn: UNKNOWN,
      userId: UNKNOWN,
    });
  });

  it("never invents zones, images and credentials in a preview", () => {
    assert.equal(preview("aws:index/getAvailabilityZones:getAvailabilityZones")["names"], UNKNOWN);
    assert.equal(
      preview("aws:ssm/getParameter:getParameter", { name: "/ami" })["insecureValue"],
      UNKNOWN,
    );
    const token = preview("aws:ecr/getAuthorizationToken:getAuthorizationToken");
    assert.equal(token["password"], UNKNOWN);
    assert.equal(token["userName"], "AWS");
  });

  it("answers the zones of a region", () => {
    const token = "aws:index/getAvailabilityZones:getAvailabilityZones";

    assert.deepEqual(deployed(token)["names"], ["eu-central-1a", "eu-central-1b", "eu-central-1c"]);
    assert.deepEqual(deployed(token)["zoneIds"], ["euc1-az1", "euc1-az2", "euc1-az3"]);
    assert.deepEqual(deployed(token, { region: "ca-central-1" })["names"], [
      "ca-central-1a",
      "ca-central-1b",
      "ca-central-1d",
    ]);
  });

  it("answers credentials as secrets", () => {
    const { password, userName } = deployed("aws:ecr/getAuthorizationToken:getAuthorizationToken");

    const secrets: Json[] = [];
    plainBag({ password: password ?? null }, (value) => {
      secrets.push(value);
      return value;
    });
    assert.match(textOf(secrets[0]), /^[0-9a-f]{64}$/);
    assert.equal(userName, "AWS");
  });

  it("repeats the arguments that belong to the result", () => {
    const zone = preview("aws:route53/getZone:getZone", { zoneId: "Z1", name: null });

    assert.equal(zone["zoneId"], "Z1");
    assert.equal(zone["name"], UNKNOWN);
  });

  it("refuses a function that is not in the table", () => {
    assert.throws(() => preview("aws:ec2/getAmi:getAmi"), {
      message:
        'function "aws:ec2/getAmi:getAmi" is not known to the simulated AWS; ' +
        "add it with its results to the table in tools/simulated-aws/functions.ts",
    });
  });
});
