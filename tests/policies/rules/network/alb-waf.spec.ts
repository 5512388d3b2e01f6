import assert from "node:assert/strict";
import { albWaf as policy } from "../../../../policies/rules/network/alb-waf";
import { UNKNOWN, type Bag } from "../../../../tools/preview/graph";
import { judgeStack, type Subject } from "../../../support/judgement";

const loadBalancer = (props: Bag = {}, type = "aws:lb/loadBalancer:LoadBalancer"): Subject => ({
  type,
  name: "web",
  props: { loadBalancerType: "application", internal: false, ...props },
});

const ASSOCIATION: Subject = {
  type: "aws:wafv2/webAclAssociation:WebAclAssociation",
  name: "firewall",
  refers: { resourceArn: ["web"] },
};

/** A network load balancer whose listener forwards to the application load balancer. */
const inFront = (internal: boolean): readonly Subject[] => [
  {
    type: "aws:lb/loadBalancer:LoadBalancer",
    name: "tcp",
    props: { loadBalancerType: "network", internal },
  },
  { type: "aws:lb/targetGroup:TargetGroup", name: "group" },
  {
    type: "aws:lb/targetGroupAttachment:TargetGroupAttachment",
    name: "attachment",
    refers: { targetId: ["web"], targetGroupArn: ["group"] },
  },
  {
    type: "aws:lb/listener:Listener",
    name: "listener",
    refers: { loadBalancerArn: ["tcp"], defaultActions: ["group"] },
  },
];

const ACCEPTED = { violations: [], subjects: [], levels: [], undecided: false };

describe("alb-waf", () => {
  for (const [what, subjects] of [
    ["a web ACL before the load balancer", [loadBalancer(), ASSOCIATION]],
    [
      "a web ACL before a load balancer that may be public",
      [loadBalancer({ internal: UNKNOWN }), ASSOCIATION],
    ],
    ["an internal load balancer", [loadBalancer({ internal: true })]],
    ["a network load balancer", [loadBalancer({ loadBalancerType: "network" })]],
    [
      "an internal load balancer behind an internal one",
      [loadBalancer({ internal: "true" }), ...inFront(true)],
    ],
    [
      "a web ACL behind a network load balancer",
      [loadBalancer({ internal: true }), ASSOCIATION, ...inFront(false)],
    ],
    ["a stack without a load balancer", []],
    ["other types", [{ type: "aws:elb/loadBalancer:LoadBalancer", name: "classic" }]],
  ] as const) {
    it(`accepts ${what}`, async () => {
      assert.deepEqual(await judgeStack(policy, subjects), ACCEPTED);
    });
  }

  for (const [what, subjects] of [
    ["a public load balancer", [loadBalancer()]],
    [
      "a load balancer that is public by default",
      [loadBalancer({ internal: null, loadBalancerType: null })],
    ],
    [
      "a public load balancer of the other spelling",
      [loadBalancer({}, "aws:alb/loadBalancer:LoadBalancer")],
    ],
    [
      "an internal load balancer behind a public one",
      [loadBalancer({ internal: true }), ...inFront(false)],
    ],
    ["a web ACL before another load balancer", [loadBalancer(), { ...ASSOCIATION, refers: {} }]],
  ] as const) {
    it(`refuses ${what}`, async () => {
      assert.deepEqual(await judgeStack(policy, subjects), {
        violations: [
          'web has no web ACL, allowed is a web ACL before every public application load balancer (prod, policies/limits.ts "alb-waf"); set webAcl to true',
        ],
        subjects: ["web"],
        levels: ["advisory"],
        undecided: false,
      });
    });
  }

  it("is off in dev", async () => {
    assert.deepEqual(await judgeStack(policy, [loadBalancer()], "dev"), ACCEPTED);
  });

  it("is undecided on a load balancer that may be public, and decides the others", async () => {
    const { subjects, undecided } = await judgeStack(policy, [
      { ...loadBalancer({ internal: UNKNOWN }), name: "first" },
      loadBalancer(),
    ]);

    assert.equal(undecided, true);
    assert.deepEqual(subjects, ["web"]);
  });
});
