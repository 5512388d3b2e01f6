import assert from "node:assert/strict";
import { asgSizeWithinLimits } from "../../../policies/rules/scaling/asg-size-within-limits";
import { type Policy, resourcePolicy, stackPolicy } from "../../../policies/policy";
import { type Waiver, WaiverBook } from "../../../policies/waivers";
import {
  type Bag,
  type ResourceGraph,
  type ResourceNode,
  SECRET,
  UNKNOWN,
} from "../../../tools/preview/graph";
import { judgeGraph, type JudgeOptions } from "../../../tools/policy/judge";
import { countsOf } from "../../../tools/policy/verdict";
import { aGraph, aResource } from "../preview/small-graph";

const GROUP = "aws:autoscaling/group:Group";
const CLUSTER = "aws:ecs/cluster:Cluster";
const ROOT = "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev";

const stack = aResource("pulumi:pulumi:Stack", "shop-dev", { parent: undefined });

const aGroup = (inputs: Bag, overrides: Partial<ResourceNode> = {}): ResourceNode =>
  aResource(GROUP, "web", {
    inputs: { minSize: 1, maxSize: 2, ...inputs },
    outputs: { minSize: 1, maxSize: 2, ...inputs },
    source: { file: "infra/group.ts", line: 7 },
    ...overrides,
  });

const graphOf = (...resources: ResourceNode[]): ResourceGraph =>
  aGraph({ resources: [stack, ...resources] });

const judged = (
  graph: ResourceGraph,
  options: Partial<JudgeOptions> = {},
  waivers: readonly Waiver[] = [],
) => judgeGraph(graph, { waivers: new WaiverBook(waivers, "2026-01-31"), ...options });

const metadata = {
  description: "Things are in order.",
  severity: "low",
  levels: { dev: "mandatory", prod: "mandatory" },
  frameworks: [],
  remediationSteps: "Order them.",
  url: "https://docs.aws.amazon.com/order",
} as const;

/** Counts what it is shown. */
const counting = (reads: readonly string[] | "all"): Policy =>
  stackPolicy<"alb-waf">({
    ...metadata,
    name: "alb-waf",
    reads,
    check: ({ resources }, { violate }) => {
      const got = resources.map(({ name }) => name).join(" ");
      violate({ got, allowed: "nothing", fix: "go" });
    },
  });

/** Repairs the cooldown of a group, and reads it. */
const repairing: Policy = resourcePolicy<"alb-waf">({
  ...metadata,
  name: "alb-waf",
  levels: { dev: "remediate", prod: "remediate" },
  checks: [
    {
      type: GROUP,
      check: ({ props }, { violate }) => {
        if (props["defaultCooldown"] !== 60) {
          violate({ got: "another cooldown", allowed: "60", fix: "set it" });
        }
      },
    },
  ],
  remediation: {
    type: GROUP,
    repair: (props) => {
      const wrong = props["defaultCooldown"] !== 60;
      props["defaultCooldown"] = 60;
      return wrong;
    },
  },
});

const messagesOf = (findings: readonly { readonly message: string }[]): readonly string[] =>
  findings.map(({ message }) => message);

describe("judgeGraph", () => {
  it("gives a violation with its resource and the line that declares it", async () => {
    const verdict = await judged(graphOf(aGroup({ maxSize: 5 })), {
      policies: [asgSizeWithinLimits],
    });

    assert.deepEqual(verdict.findings, [
      {
        policy: "asg-size-within-limits",
        outcome: "violation",
        level: "mandatory",
        severity: "high",
        message:
          'maxSize is 5, allowed is at most 4 (dev, policies/limits.ts "asg-size-within-limits"); lower maxInstances or maxTasks',
        urn: `urn:pulumi:dev::shop::${GROUP}::web`,
        type: GROUP,
        name: "web",
        source: { file: "infra/group.ts", line: 7 },
      },
    ]);
    assert.deepEqual([verdict.project, verdict.stack, verdict.resources], ["shop", "dev", 2]);
  });

  it("lists what it ran with the levels of the stack, the guard of the waivers last", async () => {
    const { rules } = await judged(graphOf(), { policies: [asgSizeWithinLimits] });

    assert.deepEqual(
      rules.map(({ name, level }) => [name, level]),
      [
        ["asg-size-within-limits", "mandatory"],
        ["scaling-change-within-limits", "advisory"],
        ["waivers-valid", "mandatory"],
      ],
    );
  });

  it("names the place of the nearest parent for a child that a provider declares", async () => {
    const parent = aResource("shop:index:Network", "net", {
      source: { file: "infra/network.ts", line: 3 },
    });
    const child = aGroup({ maxSize: 5 }, { parent: parent.urn, source: undefined });
    const { findings } = await judged(graphOf(parent, child), { policies: [asgSizeWithinLimits] });

    assert.deepEqual(findings[0]?.source, { file: "infra/network.ts", line: 3 });
  });

  for (const [what, value] of [
    ["an unknown value", UNKNOWN],
    ["a secret, which nobody decrypted,", SECRET],
  ] as const) {
    it(`is undecided on ${what} and decides the rest`, async () => {
      const { findings } = await judged(graphOf(aGroup({ minSize: value, maxSize: 5 })), {
        policies: [asgSizeWithinLimits],
      });

      assert.deepEqual(
        findings.map(({ outcome, level, message }) => [outcome, level, message]),
        [
          [
            "violation",
            "mandatory",
            'maxSize is 5, allowed is at most 4 (dev, policies/limits.ts "asg-size-within-limits"); lower maxInstances or maxTasks',
          ],
          ["undecided", "advisory", "minSize is known after deployment only"],
        ],
      );
    });
  }

  it("shows a stack policy the types that it reads and what they refer to, on outputs", async () => {
    const cluster = aResource(CLUSTER, "cluster");
    const other = aResource(CLUSTER, "other");
    const group = aGroup({}, { propertyDependencies: { tags: [cluster.urn] } });
    const graph = graphOf(cluster, other, group);

    const some = await judged(graph, { policies: [counting([GROUP])] });
    const all = await judged(graph, { policies: [counting("all")] });
    const none = await judged(graph, { policies: [counting(["aws:ec2/vpc:Vpc"])] });

    assert.match(some.findings[0]!.message, /^shop-dev cluster web, /);
    assert.match(all.findings[0]!.message, /^shop-dev cluster other web, /);
    assert.match(none.findings[0]!.message, /^shop-dev, /);
    assert.equal(none.findings[0]!.urn, ROOT);
  });

  it("reports a waived violation as advisory, with who answers for it", async () => {
    const waiver: Waiver = {
      policy: "asg-size-within-limits",
      target: { by: "name", glob: "web" },
      environment: "dev",
      owner: "platform",
      reason: "load test",
      expires: "2026-01-31",
      place: "policies/waivers.yaml:2",
    };
    const options = { policies: [asgSizeWithinLimits] };
    const graph = graphOf(aGroup({ maxSize: 5 }));
    const { findings } = await judged(graph, options, [waiver]);
    const expired = await judged(graph, options, [{ ...waiver, expires: "2026-01-30" }]);
    const unused = await judged(graphOf(aGroup({})), options, [waiver]);

    assert.deepEqual(
      findings.map(({ outcome, level, message }) => [outcome, level, message]),
      [
        [
          "waived",
          "advisory",
          'waived until 2026-01-31 by platform (load test): maxSize is 5, allowed is at most 4 (dev, policies/limits.ts "asg-size-within-limits"); lower maxInstances or maxTasks',
        ],
      ],
    );
    assert.deepEqual(
      expired.findings.map(({ policy, outcome, level }) => [policy, outcome, level]),
      [
        ["asg-size-within-limits", "violation", "mandatory"],
        ["waivers-valid", "violation", "mandatory"],
      ],
    );
    assert.deepEqual(
      unused.findings.map(({ policy, outcome, level }) => [policy, outcome, level]),
      [["waivers-valid", "violation", "advisory"]],
    );
  });

  it("repairs before it judges, and says what would be set", async () => {
    const graph = graphOf(aGroup({ defaultCooldown: 5 }));
    const { findings } = await judged(graph, { policies: [repairing] });

    assert.deepEqual(
      findings.map(({ outcome, level, message }) => [outcome, level, message]),
      [["repair", "advisory", "sets defaultCooldown at deployment; set it in the program"]],
    );
  });

  it("shows stack policies what a repair left", async () => {
    const reading = stackPolicy<"alb-waf">({
      ...metadata,
      name: "alb-waf",
      reads: [GROUP],
      check: (all, { violate }) => {
        const got = String(all.ofType(GROUP)[0]?.props["defaultCooldown"]);
        violate({ got, allowed: "nothing", fix: "go" });
      },
    });
    const graph = graphOf(aGroup({ defaultCooldown: 5 }));
    const { findings } = await judged(graph, { policies: [repairing, reading] });

    assert.match(messagesOf(findings)[0]!, /^60, allowed is nothing/);
  });

  it("repairs nothing of what is deployed, and leaves the violation", async () => {
    const graph = graphOf(aGroup({ defaultCooldown: 5 }));
    const { findings } = await judged(graph, { policies: [repairing], deployed: true });

    assert.deepEqual(
      findings.map(({ outcome, level }) => [outcome, level]),
      [["violation", "mandatory"]],
    );
  });

  it("is undecided on a repair of an unknown value", async () => {
    const { findings } = await judged(graphOf(aGroup({ defaultCooldown: UNKNOWN })), {
      policies: [repairing],
    });

    assert.deepEqual(
      findings.map(({ outcome, message }) => [outcome, message]),
      [["undecided", "defaultCooldown is known after deployment only"]],
    );
  });

  it("takes levels and limits of a configuration", async () => {
    const graph = graphOf(aGroup({ maxSize: 5 }));
    const options = { policies: [asgSizeWithinLimits] };
    const name = "asg-size-within-limits";
    const [advisory, raised, disabled] = await Promise.all([
      judged(graph, { ...options, configured: { [name]: { level: "advisory" } } }),
      judged(graph, { ...options, configured: { [name]: { limits: { maxCeiling: 5 } } } }),
      judged(graph, { ...options, configured: { [name]: { level: "disabled" } } }),
    ]);

    assert.deepEqual(
      [advisory, raised, disabled].map((verdict) => countsOf(verdict).advisory),
      [1, 0, 0],
    );
    assert.deepEqual(
      [advisory, raised, disabled].map((verdict) => verdict.rules[0]?.level),
      ["advisory", "mandatory", "disabled"],
    );
    assert.deepEqual(raised.findings, []);
  });

  it("reports a policy that throws by its name, and goes on", async () => {
    const throwing = stackPolicy<"alb-waf">({
      ...metadata,
      name: "alb-waf",
      reads: [],
      check: () => {
        throw new TypeError("x is undefined");
      },
    });
    const { findings } = await judged(graphOf(aGroup({ maxSize: 5 })), {
      policies: [throwing, asgSizeWithinLimits],
    });

    assert.deepEqual(
      findings.map(({ policy }) => policy),
      ["alb-waf", "asg-size-within-limits"],
    );
    assert.equal(
      findings[0]?.message,
      "the policy itself failed and decided nothing: x is undefined; report it",
    );
  });
});
