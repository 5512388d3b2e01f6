import assert from "node:assert/strict";
import fc from "fast-check";
import { renderMermaid } from "../../../../tools/review/diagram/render-mermaid";
import { comparisonOf, having, output } from "../../compare/security/changes-between";
import { comparisons } from "./generated";

const cluster = having("aws:ecs/cluster:Cluster", 'a"b', {});
const service = (name: string) =>
  having("aws:ecs/service:Service", name, { cluster: output(cluster, "arn"), desiredCount: 1 });

/** The only lines that a diagram has; a label holds nothing that Mermaid reads as its own. */
const TEXT = String.raw`(?:[\p{L}\p{N} .,:/()~+→–-]|#\d+;|<br/>)+`;
const LINES = [
  /^flowchart TB$/,
  new RegExp(String.raw`^ {2}n\d+(?:\[|\[\(|\(\()"${TEXT}"(?:\]|\)\]|\)\))$`, "u"),
  new RegExp(String.raw`^ {2}n\d+ (?:-->|-\.->)(?:\|"${TEXT}"\|)? n\d+$`, "u"),
  /^ {2}classDef (?:same|create|update|replace|delete)Node fill:[#\w:,\- ]+$/,
  /^ {2}class n\d+(?:,n\d+)* (?:same|create|update|replace|delete)Node$/,
];

describe("renderMermaid", () => {
  it("draws a node and an edge for what a person wants to see, with a sign for each change", () => {
    assert.equal(
      renderMermaid(comparisonOf([cluster], [cluster, service("web")])),
      [
        "flowchart TB",
        '  n1["(+) Service web<br/>1 task"]',
        '  n2["Cluster a#34;b"]',
        '  n1 -->|"(+)"| n2',
        "  classDef sameNode fill:#eaeef2,stroke:#8c959f,color:#24292f",
        "  classDef createNode fill:#1a7f37,stroke:#116329,color:#ffffff,stroke-width:3px",
        "  class n2 sameNode",
        "  class n1 createNode",
        "",
      ].join("\n"),
    );
  });

  it("writes nothing that Mermaid could take for more than text, whatever things are called", () => {
    fc.assert(
      fc.property(comparisons, (comparison) => {
        const lines = renderMermaid(comparison).trimEnd().split("\n");

        assert.deepEqual(
          lines.filter((line) => !LINES.some((known) => known.test(line))),
          [],
        );
      }),
      { numRuns: 100 },
    );
  });

  it("stays within what GitHub draws for a stack of a thousand services", () => {
    const services = Array.from({ length: 1000 }, (_, index) => service(`web-${String(index)}`));

    const text = renderMermaid(comparisonOf([cluster], [cluster, ...services]));

    assert.ok(text.length < 5000, String(text.length));
  });

  it("masks what looks like a secret", () => {
    const text = renderMermaid(comparisonOf([], [service("AKIAABCDEFGHIJKLMNOP")]));

    assert.ok(!text.includes("AKIAABCDEFGHIJKLMNOP"));
    assert.ok(text.includes("Service #91;secret#93;"));
  });
});
