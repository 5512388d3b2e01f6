import { ecsNetworkMode as policy } from "../../../../policies/rules/container/ecs-network-mode";
import { type Bag, UNKNOWN } from "../../../../tools/preview/graph";
import { casesOf, type Said } from "../../../support/policy-cases";

const LEVELS = { dev: "advisory", prod: "mandatory" } as const;
const mode = (found: string): Said => [
  `networkMode is ${found}`,
  "awsvpc or bridge",
  "set networkMode in Pulumi.<stack>.yaml",
];
const address = (found: string): Said => [
  `assignPublicIp is ${found}`,
  "false or absent",
  "leave assignPublicIp out, and reach the tasks through the load balancer",
];

describe("ecs-network-mode", () => {
  for (const { where, type, wrapped } of [
    {
      where: "a task definition",
      type: "aws:ecs/taskDefinition:TaskDefinition",
      wrapped: (networkMode: unknown) => ({ networkMode }),
    },
    {
      where: "the service component",
      type: "ecs-on-ec2:index:EcsService",
      wrapped: (networkMode: unknown) => ({
        plan: networkMode === undefined ? {} : { networkMode },
      }),
    },
  ] as const) {
    describe(`on ${where}`, () => {
      const { accepts, refuses, undecided, ignoresOtherTypes } = casesOf({
        policy,
        type,
        props: wrapped("bridge") as Bag,
        levels: LEVELS,
      });

      accepts("bridge");
      accepts("awsvpc", wrapped("awsvpc"));
      accepts("AWS's default, which is bridge", wrapped(undefined));
      accepts("null as the default", wrapped(null));
      refuses("the network of the instance", wrapped("host"), mode("host"));
      refuses("it in dev too", wrapped("host"), mode("host"), "dev");
      refuses("no network", wrapped("none"), mode("none"));
      refuses("what is no mode", wrapped(["bridge"]), mode("not a text"));
      undecided("an unknown mode", wrapped(UNKNOWN));
      ignoresOtherTypes();
    });
  }

  describe("on a service", () => {
    const { accepts, refuses, undecided, ignoresOtherTypes } = casesOf({
      policy,
      type: "aws:ecs/service:Service",
      props: { networkConfiguration: { subnets: ["subnet-1"], assignPublicIp: false } },
      levels: LEVELS,
    });

    accepts("private addresses");
    accepts("no network configuration", { networkConfiguration: undefined });
    accepts("AWS's default", { networkConfiguration: { subnets: [] } });
    accepts("the text false", { networkConfiguration: { assignPublicIp: "false" } });
    refuses(
      "public addresses",
      { networkConfiguration: { assignPublicIp: true } },
      address("true"),
    );
    refuses(
      "public addresses in dev",
      { networkConfiguration: { assignPublicIp: true } },
      address("true"),
      "dev",
    );
    refuses(
      "an odd value",
      { networkConfiguration: { assignPublicIp: "ENABLED" } },
      address("not false"),
    );
    undecided("an unknown value", { networkConfiguration: { assignPublicIp: UNKNOWN } });
    ignoresOtherTypes();
  });
});
