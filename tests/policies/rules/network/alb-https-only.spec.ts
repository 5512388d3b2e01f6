import assert from "node:assert/strict";
import { albHttpsOnly as policy } from "../../../../policies/rules/network/alb-https-only";
import { UNKNOWN, type Bag, type Json } from "../../../../tools/preview/graph";
import { judgeResource } from "../../../support/judgement";

const https = (props: Bag = {}, type = "aws:lb/listener:Listener") => ({
  type,
  props: {
    port: 443,
    protocol: "HTTPS",
    certificateArn: UNKNOWN,
    sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
    defaultActions: [{ type: "forward", targetGroupArn: UNKNOWN }],
    ...props,
  },
});

const REDIRECT = { port: "443", protocol: "HTTPS", statusCode: "HTTP_301" };

const http = (redirect: Json = REDIRECT, props: Bag = {}) => ({
  type: "aws:lb/listener:Listener",
  props: { port: 80, protocol: "HTTP", defaultActions: [{ type: "redirect", redirect }], ...props },
});

const FORWARD = [{ type: "forward", targetGroupArn: UNKNOWN }];

const SSL_POLICIES =
  "ELBSecurityPolicy-TLS13-1-2-Res-2021-06, ELBSecurityPolicy-TLS13-1-2-Res-FIPS-2023-04, ELBSecurityPolicy-TLS13-1-2-Res-FIPS-PQ-2025-09, ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09, ELBSecurityPolicy-TLS13-1-3-2021-06, ELBSecurityPolicy-TLS13-1-3-FIPS-2023-04, ELBSecurityPolicy-TLS13-1-3-FIPS-PQ-2025-09, ELBSecurityPolicy-TLS13-1-3-PQ-2025-09";

const WHERE = '(prod, policies/limits.ts "alb-https-only")';
const UNREDIRECTED = `protocol is HTTP without a redirect, allowed is a redirect to HTTPS with HTTP_301 ${WHERE}; set domainName and hostedZoneId, or certificateArn`;
const UNCERTIFIED = `certificateArn is missing, allowed is the ARN of a certificate ${WHERE}; set domainName and hostedZoneId, or certificateArn`;
const weak = (got: string) =>
  `sslPolicy is ${got}, allowed is ${SSL_POLICIES} ${WHERE}; set sslPolicy of the listener`;

const ACCEPTED = { violations: [], subjects: [], levels: [], undecided: false };

describe("alb-https-only", () => {
  for (const [what, subject] of [
    ["HTTPS with a certificate that nobody knows yet", https()],
    [
      "HTTPS with the last policy of the list",
      https({ sslPolicy: "ELBSecurityPolicy-TLS13-1-3-PQ-2025-09" }),
    ],
    ["HTTPS in the other spelling", https({}, "aws:alb/listener:Listener")],
    ["TLS of a network load balancer", https({ protocol: "TLS" })],
    ["HTTP that redirects", http()],
    [
      "TCP of a network load balancer",
      { ...http(), props: { port: 80, protocol: "TCP", defaultActions: FORWARD } },
    ],
    [
      "a gateway's listener, which has no protocol",
      { ...http(), props: { defaultActions: FORWARD } },
    ],
    [
      "a type that is none of its own",
      { ...http(), type: "aws:elb/loadBalancer:LoadBalancer", props: { protocol: "HTTP" } },
    ],
  ] as const) {
    it(`accepts ${what}`, async () => {
      assert.deepEqual(await judgeResource(policy, subject), ACCEPTED);
    });
  }

  for (const [what, subject, violation] of [
    ["HTTP that forwards", http(REDIRECT, { defaultActions: FORWARD }), UNREDIRECTED],
    [
      "HTTP by default that forwards",
      http(REDIRECT, { protocol: null, defaultActions: FORWARD }),
      UNREDIRECTED,
    ],
    ["HTTP that does nothing", http(REDIRECT, { defaultActions: [] }), UNREDIRECTED],
    [
      "HTTP that forwards besides",
      http(REDIRECT, { defaultActions: [{ type: "redirect", redirect: REDIRECT }, ...FORWARD] }),
      UNREDIRECTED,
    ],
    ["a redirect to HTTP", http({ ...REDIRECT, protocol: "HTTP" }), UNREDIRECTED],
    [
      "a redirect that keeps the protocol",
      http({ port: "443", statusCode: "HTTP_301" }),
      UNREDIRECTED,
    ],
    ["a redirect for the time being", http({ ...REDIRECT, statusCode: "HTTP_302" }), UNREDIRECTED],
    ["a redirect to nowhere", http(null), UNREDIRECTED],
    [
      "HTTP in the other spelling",
      { ...http(null), type: "aws:alb/listener:Listener" },
      UNREDIRECTED,
    ],
    ["HTTPS without a certificate", https({ certificateArn: null }), UNCERTIFIED],
    ["HTTPS with an empty certificate", https({ certificateArn: "" }), UNCERTIFIED],
    [
      "an old policy",
      https({ sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06" }),
      weak('"ELBSecurityPolicy-TLS13-1-2-2021-06"'),
    ],
    [
      "the provider's policy",
      https({ sslPolicy: null }),
      weak("ELBSecurityPolicy-2016-08 by default"),
    ],
    ["an empty policy", https({ sslPolicy: "" }), weak('""')],
    ["a number for a policy", https({ sslPolicy: 13 }), weak("not a text")],
    [
      "an old policy of a network load balancer",
      https({ protocol: "TLS", sslPolicy: null }),
      weak("ELBSecurityPolicy-2016-08 by default"),
    ],
  ] as const) {
    it(`refuses ${what}`, async () => {
      assert.deepEqual(await judgeResource(policy, subject), {
        violations: [violation],
        subjects: ["subject"],
        levels: ["mandatory"],
        undecided: false,
      });
    });
  }

  it("takes HTTP in dev, and advises on a weak policy there", async () => {
    assert.deepEqual(
      await judgeResource(policy, http(REDIRECT, { defaultActions: FORWARD }), "dev"),
      ACCEPTED,
    );
    assert.deepEqual((await judgeResource(policy, https({ sslPolicy: null }), "dev")).levels, [
      "advisory",
    ]);
  });

  it("is undecided on an unknown policy, and decides the certificate", async () => {
    const { violations, undecided } = await judgeResource(
      policy,
      https({ sslPolicy: UNKNOWN, certificateArn: null }),
    );

    assert.equal(undecided, true);
    assert.deepEqual(violations, [UNCERTIFIED]);
  });

  it("is undecided on unknown actions of HTTP", async () => {
    const { violations, undecided } = await judgeResource(
      policy,
      http(REDIRECT, { defaultActions: UNKNOWN }),
    );

    assert.equal(undecided, true);
    assert.deepEqual(violations, []);
  });
});
