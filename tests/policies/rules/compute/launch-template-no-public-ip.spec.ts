import assert from "node:assert/strict";
import { launchTemplateNoPublicIp as policy } from "../../../../policies/rules/compute/launch-template-no-public-ip";
import { UNKNOWN } from "../../../../tools/preview/graph";
import { casesOf, type Said } from "../../../support/policy-cases";
import { checkingUnknowns } from "../../../support/unknowns";

const addresses = (...values: readonly unknown[]) => ({
  networkInterfaces: values.map((associatePublicIpAddress) => ({ associatePublicIpAddress })),
});
const exposed = (index: number): Said => [
  `associatePublicIpAddress of networkInterfaces[${String(index)}] is not "false"`,
  '"false" or absent',
  "leave associatePublicIpAddress out of the launch template",
];

describe("launch-template-no-public-ip", () => {
  const { accepts, refuses, undecided, ignoresOtherTypes } = casesOf({
    policy,
    type: "aws:ec2/launchTemplate:LaunchTemplate",
    props: { networkInterfaces: [{ deviceIndex: 0, associatePublicIpAddress: "false" }] },
    levels: { dev: "mandatory", prod: "mandatory" },
  });

  accepts("a private address");
  accepts("no for the text false", addresses(false));
  accepts("what is left to the subnet", { networkInterfaces: [{ deviceIndex: 0 }] });
  accepts("null and the empty text as absent", addresses(null, ""));
  for (const networkInterfaces of [undefined, null, []]) {
    accepts(`interfaces ${JSON.stringify(networkInterfaces)}`, {
      networkInterfaces,
    });
  }
  for (const value of ["true", true, "yes", 1]) {
    refuses(`the value ${JSON.stringify(value)}`, addresses(value), exposed(0));
  }
  refuses("a public address in dev too", addresses("true"), exposed(0), "dev");
  refuses("each interface with one", addresses("true", "false", "true"), [exposed(0), exposed(2)]);
  undecided("an unknown value", addresses(UNKNOWN));
  undecided("unknown interfaces", { networkInterfaces: UNKNOWN });
  ignoresOtherTypes();

  describe("remediation", () => {
    const repair = (props: Record<string, unknown>) => policy.remediation?.repair(props, {});

    it("takes public addresses away, once, and changes nothing else", () => {
      const props: Record<string, unknown> = addresses("true", "false", null, true);

      assert.equal(repair(props), true);
      assert.deepEqual(props, addresses("false", "false", null, "false"));
      assert.equal(repair(props), false);
    });

    it("leaves what is unknown as it is", () => {
      const props = { networkInterfaces: [UNKNOWN, { associatePublicIpAddress: UNKNOWN }] };
      const before = structuredClone(props);

      assert.equal(repair(checkingUnknowns(props)), false);
      assert.deepEqual(props, before);
    });

    it("adds no interface", () => {
      const props = {};

      assert.equal(repair(props), false);
      assert.deepEqual(props, {});
    });
  });
});
