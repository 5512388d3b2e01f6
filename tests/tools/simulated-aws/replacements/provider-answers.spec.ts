import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { Bag } from "../../../../tools/preview/graph";
import { argumentsOf } from "../../../../tools/simulated-aws/cloud/arguments/table";
import { REPLACEMENTS, replacedProperties } from "../../../../tools/simulated-aws/replacements";
import type { ProviderAnswers } from "./provider-answers";

const { provider, types: ANSWERS } = JSON.parse(
  readFileSync(join(__dirname, "provider-answers.json"), "utf8"),
) as ProviderAnswers;

/** Answers that version 6 of the provider gives otherwise. Source: the same files of version 6. */
const OTHERWISE_SINCE_6: Readonly<Record<string, Readonly<Record<string, boolean>>>> = {
  "aws:ec2/natGateway:NatGateway": { secondaryPrivateIpAddressCount: false },
  // Another strategy is an update with forceNewDeployment, and refused without.
  "aws:ecs/service:Service": {
    capacityProviderStrategies: false,
    "deploymentController.type": false,
  },
};

/** Properties of the table that only version 6 has; every type with a region of its own got it then. */
const NEW_SINCE_6: Readonly<Record<string, readonly string[]>> = {
  "aws:ec2/flowLog:FlowLog": ["regionalNatGatewayId"],
  "aws:ec2/natGateway:NatGateway": ["availabilityMode", "vpcId"],
  "aws:ec2/subnet:Subnet": [
    "ipv4IpamPoolId",
    "ipv4NetmaskLength",
    "ipv6IpamPoolId",
    "ipv6NetmaskLength",
  ],
  "aws:ecs/capacityProvider:CapacityProvider": [
    "cluster",
    "managedInstancesProvider.instanceLaunchTemplate.capacityOptionType",
  ],
  "aws:lb/targetGroupAttachment:TargetGroupAttachment": ["quicServerId"],
  "aws:s3/bucket:Bucket": ["bucketNamespace"],
};

/** Properties that every configuration of a type gives, and that are not always asked for. */
const NOT_ALWAYS_REQUIRED: Readonly<Record<string, readonly string[]>> = {
  // Or a private key, for a certificate from elsewhere.
  "aws:acm/certificate:Certificate": ["domainName"],
  // Optional since version 6: a regional gateway has none.
  "aws:ec2/natGateway:NatGateway": ["subnetId"],
  // Since version 6 this or managedInstancesProvider, which is checked as a whole.
  "aws:ecs/capacityProvider:CapacityProvider": ["autoScalingGroupProvider"],
};

describe(`the table of replacements beside the answers of ${provider}`, () => {
  it("covers every type of AWS that the table has", () => {
    assert.deepEqual(
      Object.keys(ANSWERS).sort(),
      Object.keys(REPLACEMENTS)
        .filter((type) => type.startsWith("aws:"))
        .sort(),
    );
  });

  for (const [type, { replaces, changes, required }] of Object.entries(ANSWERS)) {
    const { properties = [], conditional = [] } = REPLACEMENTS[type] ?? {};

    it(`replaces ${type} for the same properties`, () => {
      const isConditional = (path: string) =>
        conditional.some(({ property }) => path.split(".")[0] === property);
      const paths = Object.keys(replaces).filter((path) => !isConditional(path));
      assert.deepEqual(
        Object.fromEntries(
          paths.map((path) => [path, replacedProperties(type, [path]).length === 1]),
        ),
        Object.fromEntries(
          paths.map((path) => [path, OTHERWISE_SINCE_6[type]?.[path] ?? replaces[path]]),
        ),
      );
    });

    it(`replaces ${type} for no other property`, () => {
      const confirmed = Object.keys(replaces);
      assert.deepEqual(
        properties.filter(
          (property) =>
            property !== "region" &&
            !confirmed.some((path) => `${path}.`.startsWith(`${property}.`)),
        ),
        NEW_SINCE_6[type] ?? [],
      );
    });

    for (const { olds, news, replaces: expected } of changes) {
      it(`replaces ${type} alike where ${textOf(olds)} becomes ${textOf(news)}`, () => {
        assert.deepEqual(
          replacedProperties(type, changed(olds, news), { olds, news }),
          expected.filter((property) => OTHERWISE_SINCE_6[type]?.[property] !== false),
        );
      });
    }

    it(`asks of ${type} what the provider asks for`, () => {
      const { required: asked = [], exactlyOneOf = [], autoname } = argumentsOf(type);
      // A name that the program leaves out is made before the provider sees the arguments.
      const others = [autoname?.property, ...exactlyOneOf.flat()];
      assert.deepEqual(
        required.filter((property) => !asked.includes(property) && !others.includes(property)),
        NOT_ALWAYS_REQUIRED[type] ?? [],
      );
      assert.deepEqual(
        asked.filter((property) => !required.includes(property)),
        [],
      );
    });
  }
});

function textOf(inputs: Bag): string {
  return JSON.stringify(inputs).replaceAll('"', "");
}

function changed(olds: Bag, news: Bag): string[] {
  return [...new Set([...Object.keys(olds), ...Object.keys(news)])]
    .filter((property) => !isDeepStrictEqual(olds[property], news[property]))
    .sort();
}
