import assert from "node:assert/strict";
import { LIMITS } from "../../../../policies/limits";
import { launchTemplateImdsv2 as policy } from "../../../../policies/rules/compute/launch-template-imdsv2";
import { UNKNOWN } from "../../../../tools/preview/graph";
import { casesOf, type Changes, type Said } from "../../../support/policy-cases";
import { checkingUnknowns } from "../../../support/unknowns";

const OPTIONS = { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 };
const options = (change: Changes) => ({
  metadataOptions: Object.fromEntries(
    Object.entries<unknown>({ ...OPTIONS, ...change }).filter(([, value]) => value !== undefined),
  ),
});
const tokens = (found: string): Said => [
  `httpTokens is ${found}`,
  "required",
  "set httpTokens in metadataOptions of the launch template",
];
const hops = (found: string): Said => [
  `httpPutResponseHopLimit is ${found}`,
  "1",
  "lower httpPutResponseHopLimit in metadataOptions of the launch template",
];
const endpoint = (found: string): Said => [
  `httpEndpoint is ${found}`,
  "enabled or disabled",
  "set httpEndpoint in metadataOptions of the launch template",
];

describe("launch-template-imdsv2", () => {
  const { accepts, refuses, undecided, ignoresOtherTypes } = casesOf({
    policy,
    type: "aws:ec2/launchTemplate:LaunchTemplate",
    props: { metadataOptions: OPTIONS },
    levels: { dev: "mandatory", prod: "mandatory" },
  });

  accepts("tokens, and answers that stay on the instance");
  accepts("a service that is off", options({ httpEndpoint: "disabled" }));
  accepts("AWS's default of one hop", options({ httpPutResponseHopLimit: undefined }));
  accepts("a number of hops as a text", options({ httpPutResponseHopLimit: "1" }));

  refuses("requests without a token", options({ httpTokens: "optional" }), tokens("not required"));
  refuses("AWS's default of tokens", options({ httpTokens: undefined }), tokens("not set"));
  refuses("it in dev too", options({ httpTokens: null }), tokens("not set"), "dev");
  refuses("a hop too many", options({ httpPutResponseHopLimit: 2 }), hops("2"));
  refuses("a hop too few", options({ httpPutResponseHopLimit: 0 }), hops("0"));
  refuses(
    "hops that are no number",
    options({ httpPutResponseHopLimit: "many" }),
    hops("not a number"),
  );
  refuses(
    "an endpoint that is left to AWS",
    options({ httpEndpoint: undefined }),
    endpoint("not set"),
  );
  refuses("an odd endpoint", options({ httpEndpoint: true }), endpoint("neither"));
  for (const metadataOptions of [undefined, null, {}, [], "odd"]) {
    refuses(`options ${JSON.stringify(metadataOptions)}`, { metadataOptions }, [
      tokens("not set"),
      endpoint("not set"),
    ]);
  }

  undecided(
    "unknown tokens, and decides the hops",
    options({ httpTokens: UNKNOWN, httpPutResponseHopLimit: 2 }),
    [hops("2")],
  );
  undecided(
    "unknown hops, and decides the tokens",
    options({ httpPutResponseHopLimit: UNKNOWN, httpTokens: "optional" }),
    [tokens("not required")],
  );
  undecided("an unknown endpoint", options({ httpEndpoint: UNKNOWN }));
  undecided("unknown options", { metadataOptions: UNKNOWN });
  ignoresOtherTypes();

  describe("remediation", () => {
    const limits = LIMITS.prod["launch-template-imdsv2"];
    const repair = (props: Record<string, unknown>) => policy.remediation?.repair(props, limits);

    for (const [what, given, repaired] of [
      ["absent options", undefined, { httpEndpoint: "enabled", httpTokens: "required" }],
      ["options that are none", null, { httpEndpoint: "enabled", httpTokens: "required" }],
      [
        "every option that is wrong",
        { httpEndpoint: "on", httpTokens: "optional", httpPutResponseHopLimit: 64, other: 1 },
        { ...OPTIONS, other: 1 },
      ],
      [
        "no option that is right",
        { httpEndpoint: "disabled", httpTokens: "optional" },
        { httpEndpoint: "disabled", httpTokens: "required" },
      ],
    ] as const) {
      it(`sets ${what}, once`, () => {
        const props: Record<string, unknown> = {
          metadataOptions: given === undefined || given === null ? given : { ...given },
          name: "web",
        };

        assert.equal(repair(props), true);
        assert.deepEqual(props, { metadataOptions: repaired, name: "web" });
        assert.equal(repair(props), false);
      });
    }

    it("leaves an unknown value as it is, and sets the others", () => {
      const props = { metadataOptions: { httpTokens: UNKNOWN, httpPutResponseHopLimit: 2 } };

      assert.equal(repair(checkingUnknowns(props)), true);
      assert.deepEqual(props, {
        metadataOptions: {
          httpTokens: UNKNOWN,
          httpPutResponseHopLimit: 1,
          httpEndpoint: "enabled",
        },
      });
    });

    it("leaves unknown options as they are", () => {
      const props = { metadataOptions: UNKNOWN };

      assert.equal(repair(checkingUnknowns(props)), false);
      assert.deepEqual(props, { metadataOptions: UNKNOWN });
    });
  });
});
