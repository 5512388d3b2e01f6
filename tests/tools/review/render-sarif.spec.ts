import assert from "node:assert/strict";
import { renderSarif as renderVerdict } from "../../../tools/policy/render-sarif";
import { renderSarif } from "../../../tools/review/render-sarif";
import type { StackReview } from "../../../tools/review/stack-review";
import { aFinding, aRule, aVerdict, oneOfEach } from "../policy/verdicts";
import { aBusyReview, aChange, aFailure, aReview, aSecurityChange, aSide } from "./comparisons";
import { assertSarif } from "./sarif-schema";

interface Result {
  readonly ruleId: string;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly unknown[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly baselineState: string;
}

interface Log {
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly name: string; readonly rules: readonly Rule[] } };
    readonly automationDetails: unknown;
    readonly invocations: readonly unknown[];
    readonly properties: unknown;
    readonly results: readonly Result[];
  }[];
}

interface Rule {
  readonly id: string;
  readonly defaultConfiguration?: unknown;
  readonly properties: unknown;
}

const runOf = (...reviews: readonly StackReview[]) => {
  const text = renderSarif(reviews);
  assertSarif(text);
  const { runs } = JSON.parse(text) as Log;
  assert.equal(runs.length, 1);
  return runs[0]!;
};

const judged = (findings: Parameters<typeof aFinding>[0][], rules = aVerdict().rules) =>
  aReview({
    after: aSide({
      policies: aVerdict({ rules, findings: findings.map((each) => aFinding(each)) }),
    }),
  });

const fingerprints = (...reviews: readonly StackReview[]): string[] =>
  runOf(...reviews).results.map(({ partialFingerprints }) => {
    const fingerprint = partialFingerprints["primaryLocationLineHash"] ?? "";
    assert.deepEqual(partialFingerprints, {
      primaryLocationLineHash: fingerprint,
      "ruleAndResource/v1": fingerprint,
    });
    return fingerprint;
  });

describe("renderSarif of reviews", () => {
  it("is one run for all stacks, empty where nothing is to be said", () => {
    const { tool, automationDetails, invocations, properties, results } = runOf(
      aReview(),
      aReview({}, { stack: "prod" }),
    );

    assert.deepEqual([tool.driver.name, tool.driver.rules], ["ecs-on-ec2 review", []]);
    assert.deepEqual(automationDetails, { id: "review/" });
    assert.deepEqual(invocations, [{ executionSuccessful: true, toolExecutionNotifications: [] }]);
    assert.deepEqual(properties, { stacks: ["dev", "prod"] });
    assert.deepEqual(results, []);
  });

  it("places each result at the line that declares it, and at the stack's file where none does", () => {
    const review = aReview(
      {
        changes: [
          aChange({ operation: "delete", holds: "data", destruction: "refused" }),
          aChange({
            ...{ operation: "delete", holds: "data", destruction: "allowed" },
            ...{ urn: "urn:pulumi:dev::shop::a:b:C::gone", type: "a:b:C", name: "gone" },
          }),
        ],
      },
      { security: [aSecurityChange()] },
    );

    const location = (uri: string, startLine: number, fullyQualifiedName: string, kind: string) => [
      {
        physicalLocation: {
          artifactLocation: { uri, uriBaseId: "SRCROOT" },
          region: { startLine },
        },
        logicalLocations: [{ fullyQualifiedName, kind }],
      },
    ];
    const service = [
      "urn:pulumi:dev::shop::aws:ecs/service:Service::web",
      "aws:ecs/service:Service",
    ];
    assert.deepEqual(
      runOf(review).results.map(({ ruleId, level, locations }) => [ruleId, level, locations]),
      [
        ["destructive-change", "error", location("infra/service.ts", 12, service[0]!, service[1]!)],
        [
          "destructive-change",
          "warning",
          location("Pulumi.dev.yaml", 1, "urn:pulumi:dev::shop::a:b:C::gone", "a:b:C"),
        ],
        [
          "broadened-security",
          "warning",
          location("infra/components/security-groups.ts", 40, service[0]!, service[1]!),
        ],
      ],
    );
  });

  it("tells files from the root of the repository", () => {
    const lost = { operation: "delete", holds: "data", destruction: "refused" } as const;
    const gone = aChange({ ...lost, urn: "urn:pulumi:dev::shop::a:b:C::gone" });
    const review = aReview({ changes: [gone] }, { security: [aSecurityChange()] });
    const log = renderSarif([review], { prefix: "infra project#1/" });

    assertSarif(log);
    assert.deepEqual(
      [...log.matchAll(/"uri": "(.*)"/g)].map(([, uri]) => uri),
      [
        "infra%20project%231/Pulumi.dev.yaml",
        "infra%20project%231/infra/components/security-groups.ts",
      ],
    );
  });

  it("names the stack in the message", () => {
    const { results } = runOf({ ...judged([{}]), stack: "prod" });

    assert.deepEqual(
      results.map(({ message }) => message.text),
      ["prod: web: maxSize is 4, allowed is at most 3; lower maxInstances"],
    );
  });

  it("tells what was there before from what is new", () => {
    const policies = aVerdict({ findings: [aFinding()] });
    const same = aReview({ before: aSide({ policies }), after: aSide({ policies }) });

    assert.deepEqual(
      [same, judged([{}])].map((review) => runOf(review).results[0]?.baselineState),
      ["unchanged", "new"],
    );
  });

  it("describes the rules that results have, each once and as the strictest stack has it", () => {
    const advisory = aRule({ level: "advisory" });
    const reviews = [
      judged([{ level: "advisory" }], [advisory, aRule({ name: "group-is-named" })]),
      { ...judged([{}]), stack: "prod" },
      { ...aBusyReview(), stack: "other" },
    ];

    const { rules } = runOf(...reviews).tool.driver;
    assert.deepEqual(
      rules.map(({ id, defaultConfiguration }) => [id, defaultConfiguration]),
      [
        ["destructive-change", undefined],
        ["broadened-security", undefined],
        ["loosened-limit", undefined],
        ["group-is-small", { enabled: true, level: "error" }],
      ],
    );
    assert.deepEqual(
      rules.map(({ properties }) => properties),
      [
        { tags: ["change"] },
        { tags: ["change", "security"], "security-severity": "5.0" },
        { tags: ["change"] },
        { tags: ["policy", "Security Hub X.1"], "security-severity": "8.0" },
      ],
    );
  });

  it("says of a stack that could not be compared that the run was not successful", () => {
    assert.deepEqual(runOf(aReview(), aFailure).invocations, [
      {
        executionSuccessful: false,
        toolExecutionNotifications: [
          {
            level: "error",
            message: { text: `prod could not be compared: ${aFailure.failure}` },
          },
        ],
      },
    ]);
    assert.deepEqual(runOf({ ...aFailure, isRemoved: true }).invocations, [
      {
        executionSuccessful: true,
        toolExecutionNotifications: [
          { level: "warning", message: { text: `prod is removed: ${aFailure.failure}` } },
        ],
      },
    ]);
  });

  it("keeps the fingerprint of a result when its numbers, its line or its permission change", () => {
    const [first, second, ...others] = fingerprints(judged([{}, { message: "other" }]));

    assert.match(first!, /^[0-9a-f]{64}$/);
    assert.notEqual(first, second);
    assert.deepEqual(others, []);
    const moved = { message: "maxSize is 9", source: { file: "b.ts", line: 9 } };
    assert.deepEqual(fingerprints(judged([moved])), [first]);
    assert.notDeepEqual(fingerprints(judged([{ policy: "group-is-named" }])), [first]);

    const change = { operation: "delete", holds: "data" } as const;
    const destroyed = (...changes: Parameters<typeof aChange>[0][]) =>
      fingerprints(aReview({ changes: changes.map((each) => aChange({ ...change, ...each })) }));
    const refused = destroyed({ destruction: "refused" });
    assert.deepEqual(destroyed({ destruction: "allowed", hint: "is protected" }), refused);
    assert.notDeepEqual(destroyed({ destruction: "refused", operation: "replace" }), refused);

    const opened = (overrides: Parameters<typeof aSecurityChange>[0]) =>
      fingerprints(aReview({}, { security: [aSecurityChange(overrides)] }));
    assert.deepEqual(opened({ after: "tcp 80 from 0.0.0.0/0" }), opened({}));
    assert.notDeepEqual(opened({ title: "SecurityGroup web: egress" }), opened({}));
  });

  it("has a fingerprint of its own, by the name that GitHub reads, for each of many at one line", () => {
    const gone = (stack: string) =>
      aReview(
        {
          changes: Array.from({ length: 83 }, (_, index) =>
            aChange({
              ...{ operation: "delete", holds: "data", destruction: "refused" },
              urn: `urn:pulumi:${stack}::shop::a:b:C::gone-${String(index)}`,
            }),
          ),
        },
        { stack },
      );

    assert.equal(new Set(fingerprints(gone("dev"), gone("prod"))).size, 166);
  });

  it("is the same bytes for the same reviews", () => {
    const reviews = [aBusyReview(), aFailure];

    assert.equal(renderSarif(reviews), renderSarif(structuredClone(reviews)));
  });
});

describe("renderSarif of a verdict", () => {
  it("is valid SARIF too", () => {
    assertSarif(renderVerdict(aVerdict({ findings: oneOfEach })));
  });
});

describe("assertSarif", () => {
  it("refuses what is no SARIF, and an index that leads to another rule", () => {
    const log = JSON.parse(renderSarif([judged([{}])])) as {
      runs: { results: { level: string; ruleIndex: number }[] }[];
    };
    log.runs[0]!.results[0]!.level = "fatal";
    assert.throws(() => {
      assertSarif(JSON.stringify(log));
    }, /results\/0\/level must be equal to one of the allowed values/);
    log.runs[0]!.results[0]!.level = "error";
    log.runs[0]!.results[0]!.ruleIndex = 1;
    assert.throws(() => {
      assertSarif(JSON.stringify(log));
    }, /deep-equal/);
  });
});
