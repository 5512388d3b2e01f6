import assert from "node:assert/strict";
import { referenceTo } from "../../../tools/compare/reference";
import { type Remark, remarksOf } from "../../../tools/review/remarks";
import { destructionText } from "../../../tools/review/review-facts";
import type { ComparedStack } from "../../../tools/review/stack-review";
import { aFinding, aVerdict } from "../policy/verdicts";
import { aResource } from "../preview/small-graph";
import {
  aBusyReview,
  aChange,
  aFailure,
  aLimit,
  anUndecided,
  aReview,
  aSecurityChange,
  aSide,
  cluster,
  service,
} from "./comparisons";

const SERVICE = { file: "infra/service.ts", line: 12 };

const linesOf = (review: ComparedStack): string[] =>
  remarksOf([review]).map(({ level, rule, message }) => `${level} ${rule}: ${message}`);
const judged = (before: Partial<Remark>[], after: Partial<Remark>[]) => {
  const side = (findings: object[]) =>
    aSide({ policies: aVerdict({ findings: findings.map((each) => aFinding(each)) }) });
  return aReview({ before: side(before), after: side(after) });
};

describe("remarksOf", () => {
  it("has none for a stack that stays as it is, or could not be compared", () => {
    assert.deepEqual(remarksOf([aReview(), aReview({ changes: [aChange()] }), aFailure]), []);
  });

  it("tells violations that are new, errors first", () => {
    const review = judged([], [{ level: "advisory", message: "is long" }, {}] as object[]);

    assert.deepEqual(linesOf(review), [
      "error group-is-small: web: maxSize is 4, allowed is at most 3; lower maxInstances",
      "warning group-is-small: web: is long",
    ]);
    assert.deepEqual(remarksOf([review])[0], {
      ...{ rule: "group-is-small", level: "error", stack: "dev", urn: service, subject: "" },
      ...{ type: "aws:ecs/service:Service", name: "web", source: SERVICE, isNew: true },
      message: "web: maxSize is 4, allowed is at most 3; lower maxInstances",
    });
  });

  it("tells of those that were there before the mandatory ones, which fail the command", () => {
    const findings = [{}, { policy: "group-is-named", level: "advisory" }] as object[];
    const [remark, ...others] = remarksOf([judged(findings, findings)]);

    assert.deepEqual(others, []);
    assert.deepEqual(
      [remark?.level, remark?.isNew, remark?.message],
      [
        "error",
        false,
        "web: maxSize is 4, allowed is at most 3; lower maxInstances (before this change too)",
      ],
    );
  });

  it("tells of no waived finding and of nothing undecided", () => {
    const findings = [{ outcome: "waived" }, { outcome: "repair" }, { outcome: "undecided" }];

    assert.deepEqual(linesOf(judged([], findings as object[])), []);
  });

  it("tells what destroys data or traffic, as an error until its type is allowed", () => {
    const change = aChange({ operation: "delete", holds: "data", destruction: "refused" });
    const changes = [
      { ...change, hint: "it is protected: unprotect it first" },
      { ...change, destruction: "allowed" as const, allowedBy: "1a2b3c4 (fix: it)", name: "other" },
    ];
    const what = destructionText(change);

    assert.deepEqual(linesOf(aReview({ changes })), [
      `error destructive-change: aws:ecs:Service web ${what}; it is protected: unprotect it first; ` +
        "keep it, or allow it with --allow-destruction aws:ecs/service:Service",
      `warning destructive-change: aws:ecs:Service other ${what}; allowed by 1a2b3c4 (fix: it)`,
    ]);
  });

  it("tells what opens something, and nothing of what closes or only changes", () => {
    const review = aReview(
      {},
      {
        security: [
          aSecurityChange(),
          aSecurityChange({ effect: "added", before: undefined, after: "s3:* on *" }),
          aSecurityChange({ broadens: false, effect: "changed" }),
        ],
      },
    );

    assert.deepEqual(linesOf(review), [
      "warning broadened-security: SecurityGroup web-load-balancer: ingress: widened: tcp 443 from 10.0.0.0/8 -> tcp 443 from 0.0.0.0/0",
      "warning broadened-security: SecurityGroup web-load-balancer: ingress: added: nothing -> s3:* on *",
    ]);
    const places = remarksOf([
      aReview({}, { security: [aSecurityChange(), aSecurityChange({ source: undefined })] }),
    ]).map(({ source }) => source);
    assert.deepEqual(places, [aSecurityChange().source, SERVICE]);
  });

  it("tells of a new stack what is notable, as a note", () => {
    const security = [
      aSecurityChange(),
      aSecurityChange({ subject: "permission", title: "Role web", after: "Allow s3:* on *" }),
    ].map((change) => ({ ...change, before: undefined }));

    assert.deepEqual(linesOf(aReview({ before: undefined }, { security })), [
      "note broadened-security: Role web: widened: nothing -> Allow s3:* on *",
    ]);
  });

  it("tells the limits by which the policies allow more, where they stand", () => {
    const source = { file: "policies/waivers.yaml", line: 3 };
    const limits = [
      aLimit(),
      aLimit({ loosens: false }),
      aLimit({ kind: "level", path: "group-is-small.enforcementLevel", before: "mandatory" }),
      aLimit({ kind: "waiver", path: "a.waivers[name b]", before: undefined, after: {}, source }),
    ];
    const end = "; the policies allow more than before, or that cannot be ruled out";

    assert.deepEqual(linesOf(aReview({ limits })), [
      `warning loosened-limit: group-is-small.maxSize: 4 -> 400${end}`,
      `warning loosened-limit: group-is-small.enforcementLevel: "mandatory" -> 400${end}`,
      `warning loosened-limit: a.waivers[name b]: + {}${end}`,
    ]);
    assert.deepEqual(
      remarksOf([aReview({ limits })]).map((remark) => remark.source),
      [{ file: "policies/limits.ts", line: 1 }, undefined, source],
    );
  });

  it("tells what may change, and warns where data or traffic may be lost", () => {
    const topic = aResource("aws:sns/topic:Topic", "alarms");
    const subscription = aResource("aws:sns/topicSubscription:TopicSubscription", "email");
    const component = { ...topic, urn: `${topic.urn}-all`, custom: false };
    const side = aSide();
    const graph = { ...side.graph, resources: [topic, subscription, component] };
    const undecided = [
      anUndecided({ urn: component.urn }),
      anUndecided({ ...topic, mayReplace: false }),
      anUndecided({ urn: subscription.urn }),
    ];

    assert.deepEqual(linesOf(aReview({ after: { ...side, graph }, undecided })), [
      "warning undecided-change: aws:sns:TopicSubscription email may be replaced: the encrypted shop:email differs (endpoint)",
      "note undecided-change: aws:sns:Topic alarms may change: the encrypted shop:email differs (endpoint)",
    ]);
  });

  it("tells what is replaced only as it follows something else", () => {
    const replaced = aChange({ operation: "replace", follows: [cluster] });
    const review = aReview({ changes: [replaced, aChange({ operation: "replace" }), aChange()] });

    assert.deepEqual(linesOf(review), [
      "note following-replacement: aws:ecs:Service web is replaced, as it follows aws:ec2:Vpc web",
    ]);
  });

  it("writes references as a person reads them", () => {
    const after = `ingress from ${referenceTo(cluster, "cidrBlock")}`;

    assert.match(
      linesOf(aReview({}, { security: [aSecurityChange({ after })] }))[0]!,
      /-> ingress from \$\{Vpc web\.cidrBlock\}$/,
    );
  });

  it("sorts the remarks of all stacks by their level", () => {
    const reviews = ["dev", "prod"].map((stack) => ({ ...aBusyReview(), stack }));

    assert.deepEqual(
      remarksOf(reviews).map(({ level, stack, rule }) => [level, stack, rule]),
      [
        ["error", "dev", "group-is-small"],
        ["error", "dev", "destructive-change"],
        ["error", "prod", "group-is-small"],
        ["error", "prod", "destructive-change"],
        ["warning", "dev", "destructive-change"],
        ["warning", "dev", "loosened-limit"],
        ["warning", "dev", "loosened-limit"],
        ["warning", "dev", "broadened-security"],
        ["warning", "prod", "destructive-change"],
        ["warning", "prod", "loosened-limit"],
        ["warning", "prod", "loosened-limit"],
        ["warning", "prod", "broadened-security"],
      ],
    );
  });
});
