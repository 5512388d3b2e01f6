import assert from "node:assert/strict";
import { loadWaivers, readWaivers, WaiversError } from "../../policies/read-waivers";

const POLICIES = ["asg-headroom", "asg-size-within-limits"];

const read = (text: string) => readWaivers(text, "waivers.yaml", POLICIES);

const GOOD = `# comment
waivers:
  - policy: asg-size-within-limits
    name: web-*
    environment: dev
    owner: platform@example.com
    reason: load test
    expires: 2026-01-31
`;

const without = (key: string): string =>
  GOOD.split("\n")
    .filter((line) => !line.trim().startsWith(`${key}:`))
    .join("\n");

const KEYS = "policy, name, urn, environment, owner, reason, expires";

describe("readWaivers", () => {
  it("reads a waiver and where it stands", () => {
    assert.deepEqual(read(GOOD), [
      {
        policy: "asg-size-within-limits",
        target: { by: "name", glob: "web-*" },
        environment: "dev",
        owner: "platform@example.com",
        reason: "load test",
        expires: "2026-01-31",
        place: "waivers.yaml:3",
      },
    ]);
  });

  it("reads a glob of URNs", () => {
    const [waiver] = read(GOOD.replace("name: web-*", "urn: '*::web-*'"));

    assert.deepEqual(waiver?.target, { by: "urn", glob: "*::web-*" });
  });

  it("reads an empty list", () => {
    assert.deepEqual(read("waivers: []\n"), []);
  });

  for (const [what, text, message] of [
    [
      "broken YAML",
      "waivers: [\n",
      "waivers.yaml:2: broken YAML: Flow sequence in block collection must be sufficiently indented and end with a ]",
    ],
    [
      "an empty file",
      "",
      "waivers.yaml:1: waivers: got no list, must be one; for no waivers write 'waivers: []'",
    ],
    [
      "a missing list",
      "waivers:\n",
      "waivers.yaml:1: waivers: got no list, must be one; for no waivers write 'waivers: []'",
    ],
    [
      "a map for a list",
      "waivers: {}\n",
      "waivers.yaml:1: waivers: got no list, must be one; for no waivers write 'waivers: []'",
    ],
    [
      "another key",
      "waiver: []\n",
      "waivers.yaml:1: waiver: is no key of this file, which has 'waivers'",
    ],
    [
      "a text for a waiver",
      "waivers:\n  - web\n",
      `waivers.yaml:2: a waiver: got no map, must have the keys ${KEYS}`,
    ],
    [
      "no policy",
      without("- policy").replace("    name", "  - name"),
      "waivers.yaml:3: policy: got nothing, must be the name of a policy",
    ],
    [
      "an unknown policy",
      GOOD.replace("within-limits", "within-limit"),
      "waivers.yaml:3: policy: got 'asg-size-within-limit', must be the name of a policy of the pack; did you mean asg-size-within-limits?",
    ],
    [
      "no environment",
      without("environment"),
      "waivers.yaml:3: environment: got nothing, must be the name of a stack, for example dev",
    ],
    [
      "no owner",
      without("owner"),
      "waivers.yaml:3: owner: got nothing, must be who answers for the waiver, for example a team or an address",
    ],
    [
      "an empty owner",
      GOOD.replace("platform@example.com", '" "'),
      "waivers.yaml:3: owner: got nothing, must be who answers for the waiver, for example a team or an address",
    ],
    [
      "no reason",
      without("reason"),
      "waivers.yaml:3: reason: got nothing, must be why the violation is accepted",
    ],
    [
      "a null reason",
      GOOD.replace("load test", ""),
      "waivers.yaml:3: reason: got nothing, must be why the violation is accepted",
    ],
    [
      "no date",
      without("expires"),
      "waivers.yaml:3: expires: got nothing, must be the last day of the waiver, YYYY-MM-DD",
    ],
    [
      "a date of another form",
      GOOD.replace("2026-01-31", "31.1.2026"),
      "waivers.yaml:8: expires: got '31.1.2026', must be a day, YYYY-MM-DD",
    ],
    [
      "a day that there is not",
      GOOD.replace("2026-01-31", "2026-02-30"),
      "waivers.yaml:8: expires: got '2026-02-30', must be a day, YYYY-MM-DD",
    ],
    [
      "no target",
      without("name"),
      "waivers.yaml:3: name, urn: got nothing, must be one of them, with * for any text",
    ],
    [
      "two targets",
      GOOD.replace("    name", "    urn: x\n    name"),
      "waivers.yaml:3: name, urn: got both, must be one of them, with * for any text",
    ],
    [
      "a target of everything",
      GOOD.replace("web-*", '"*"'),
      "waivers.yaml:4: name: got '*', must name resources; to allow all of them change the limit",
    ],
    [
      "a misspelt key",
      GOOD.replace("owner", "ownr"),
      `waivers.yaml:3: owner: got nothing, must be who answers for the waiver, for example a team or an address\nwaivers.yaml:6: ownr: is none of a waiver's keys ${KEYS}; did you mean owner?`,
    ],
    [
      "a list for a text",
      GOOD.replace("load test", "[a, b]"),
      "waivers.yaml:3: reason: got nothing, must be why the violation is accepted\nwaivers.yaml:7: reason: got a list or a map, must be a text",
    ],
  ] as const) {
    it(`refuses ${what}`, () => {
      assert.throws(() => read(text), new WaiversError(message));
    });
  }

  it("names the faults of all waivers at once, by line", () => {
    const two = `${GOOD}  - policy: asg-headrom\n    name: web\n    environment: dev\n    owner: a\n    reason: b\n    expires: soon\n`;

    assert.throws(
      () => read(two.replace("2026-01-31", "never")),
      new WaiversError(
        [
          "waivers.yaml:8: expires: got 'never', must be a day, YYYY-MM-DD",
          "waivers.yaml:9: policy: got 'asg-headrom', must be the name of a policy of the pack; did you mean asg-headroom?",
          "waivers.yaml:14: expires: got 'soon', must be a day, YYYY-MM-DD",
        ].join("\n"),
      ),
    );
  });
});

describe("loadWaivers", () => {
  it("reads the file that the pack ships", () => {
    assert.deepEqual(loadWaivers(POLICIES), []);
  });

  it("refuses a pack without its file", () => {
    assert.throws(
      () => loadWaivers(POLICIES, { path: "/does/not/exist.yaml", name: "policies/waivers.yaml" }),
      new WaiversError(
        "policies/waivers.yaml: cannot be read (ENOENT), must be there; for no waivers write 'waivers: []'",
      ),
    );
  });
});
