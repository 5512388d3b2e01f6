import assert from "node:assert/strict";
import { renderSarif } from "../../../tools/policy/render-sarif";
import { aFinding, aRule, aVerdict, oneOfEach } from "./verdicts";

interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly unknown[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly suppressions?: readonly unknown[];
}

interface Log {
  readonly version: string;
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly unknown[] } };
    readonly automationDetails: unknown;
    readonly invocations: readonly unknown[];
    readonly results: readonly Result[];
  }[];
}

const runOf = (overrides: Parameters<typeof aVerdict>[0]) => {
  const log = JSON.parse(renderSarif(aVerdict(overrides))) as Log;
  assert.equal(log.version, "2.1.0");
  assert.equal(log.runs.length, 1);
  return log.runs[0]!;
};

const location = (uri: string, startLine: number): object => ({
  physicalLocation: { artifactLocation: { uri, uriBaseId: "SRCROOT" }, region: { startLine } },
  logicalLocations: [
    {
      fullyQualifiedName: "urn:pulumi:dev::shop::aws:ecs/service:Service::web",
      kind: "aws:ecs/service:Service",
    },
  ],
});

describe("renderSarif", () => {
  it("describes every rule", () => {
    assert.deepEqual(runOf({ rules: [aRule()] }).tool.driver.rules, [
      {
        id: "group-is-small",
        shortDescription: { text: "A group has at most three instances." },
        fullDescription: { text: "A group has at most three instances." },
        help: {
          text: "Lower maxInstances.\nhttps://docs.aws.amazon.com/small",
          markdown: "Lower maxInstances.\n\n[Why](https://docs.aws.amazon.com/small)",
        },
        helpUri: "https://docs.aws.amazon.com/small",
        defaultConfiguration: { enabled: true, level: "error" },
        properties: { tags: ["policy", "Security Hub X.1"], "security-severity": "8.0" },
      },
    ]);
  });

  it("places each result at its line, and at the stack's file where there is none", () => {
    const { results } = runOf({ findings: oneOfEach });

    assert.deepEqual(
      results.map(({ ruleId, ruleIndex, level, message, locations }) => [
        ruleId,
        ruleIndex,
        level,
        message.text,
        locations,
      ]),
      [
        [
          "group-is-small",
          0,
          "error",
          "web: maxSize is 4, allowed is at most 3; lower maxInstances",
          [location("infra/service.ts", 12)],
        ],
        ["group-is-named", 1, "warning", "web: it has no name", [location("infra/service.ts", 12)]],
        [
          "group-is-small",
          0,
          "note",
          "web: waived until 2026-01-31 by me",
          [location("infra/service.ts", 12)],
        ],
        ["group-is-small", 0, "note", "web: sets name", [location("Pulumi.dev.yaml", 1)]],
      ],
    );
  });

  it("tells files from the root of the repository", () => {
    const log = renderSarif(aVerdict({ findings: oneOfEach }), { prefix: "infra-project/" });

    assert.deepEqual(
      [...new Set([...log.matchAll(/"uri": "(.*)"/g)].map(([, uri]) => uri))],
      ["infra-project/infra/service.ts", "infra-project/Pulumi.dev.yaml"].sort().reverse(),
    );
  });

  it("notes what did not run", () => {
    const { invocations } = runOf({ rules: [aRule(), aRule({ name: "b", notRun: "needs more" })] });

    assert.deepEqual(invocations, [
      {
        executionSuccessful: true,
        toolExecutionNotifications: [
          {
            level: "note",
            message: { text: "not run: needs more" },
            associatedRule: { id: "b", index: 1 },
          },
        ],
      },
    ]);
  });

  it("suppresses what is waived, and nothing else", () => {
    const { results } = runOf({ findings: oneOfEach });

    assert.deepEqual(
      results.map(({ suppressions }) => suppressions),
      [
        undefined,
        undefined,
        [
          {
            kind: "external",
            status: "accepted",
            justification: "waived until 2026-01-31 by me",
          },
        ],
        undefined,
      ],
    );
  });

  it("tells undecided checks as notifications of the run, not as results", () => {
    assert.deepEqual(runOf({ findings: oneOfEach }).invocations, [
      {
        executionSuccessful: true,
        toolExecutionNotifications: [
          {
            level: "note",
            message: { text: "undecided: maxSize is unknown" },
            associatedRule: { id: "group-is-small", index: 0 },
            locations: [location("infra/service.ts", 12)],
          },
        ],
      },
    ]);
  });

  it("keeps the fingerprint of a result when its numbers or its line change", () => {
    const fingerprints = (...findings: Parameters<typeof aFinding>[0][]): string[] =>
      runOf({ findings: findings.map((overrides) => aFinding(overrides)) }).results.map(
        ({ partialFingerprints }) => {
          // Code scanning reads the first alone.
          const fingerprint = partialFingerprints["primaryLocationLineHash"] ?? "";
          assert.deepEqual(partialFingerprints, {
            primaryLocationLineHash: fingerprint,
            "policyAndResource/v1": fingerprint,
          });
          return fingerprint;
        },
      );
    const [first, second] = fingerprints({}, {});

    assert.match(first!, /^[0-9a-f]{64}$/);
    assert.notEqual(first, second);
    assert.deepEqual(fingerprints({ message: "other", source: { file: "b.ts", line: 9 } }), [
      first,
    ]);
    assert.notDeepEqual(fingerprints({ urn: "urn:pulumi:dev::shop::a:b:C::d" }), [first]);
  });

  it("tells stacks apart", () => {
    assert.deepEqual(runOf({ stack: "prod" }).automationDetails, { id: "policies/prod/" });
  });
});
