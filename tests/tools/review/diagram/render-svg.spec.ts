import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { renderSvg } from "../../../../tools/review/diagram/render-svg";
import { comparisonOf, having, output } from "../../compare/security/changes-between";
import { comparisons } from "./generated";

const cluster = having("aws:ecs/cluster:Cluster", "web", {});
const service = (name: string) =>
  having("aws:ecs/service:Service", name, { cluster: output(cluster, "arn") });
const before = [cluster, service("old")];
const after = [service("new"), cluster];

describe("renderSvg", () => {
  it("says in words what the picture shows", async () => {
    const svg = await renderSvg(comparisonOf(before, after));

    assert.match(svg, /<title id="title">shop: what changes in dev<\/title>/);
    assert.match(
      svg,
      /<desc id="description">\+ creates Service new; - deletes Service old\.<\/desc>/,
    );
    assert.match(
      await renderSvg(comparisonOf(before, before)),
      /<desc id="description">Nothing changes\.<\/desc>/,
    );
  });

  it("shows a change by a color and by a sign", async () => {
    const svg = await renderSvg(comparisonOf(before, after));

    assert.match(svg, /<g class="node create".*<text class="sign"[^>]*>\+<\/text>.*Service new/);
    assert.match(svg, /<g class="node delete".*<text class="sign"[^>]*>−<\/text>.*Service old/);
    assert.match(svg, /<g class="node same"(?:(?!sign).)*Cluster web/);
  });

  it("gives the same bytes in another process and for another order of the resources", async () => {
    const program = `
      const { renderSvg } = require("./tools/review/diagram/render-svg");
      const comparison = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
      renderSvg(comparison).then((svg) => process.stdout.write(svg));`;
    const { stdout, stderr } = spawnSync(
      process.execPath,
      ["-r", "sucrase/register/ts", "-e", program],
      {
        encoding: "utf8",
        input: JSON.stringify(comparisonOf([...before].reverse(), [...after].reverse())),
      },
    );

    assert.equal(stdout, await renderSvg(comparisonOf(before, after)), stderr);
  });

  it("is well-formed and refers to nothing, whatever things are called", async () => {
    await fc.assert(
      fc.asyncProperty(comparisons, async (comparison) => {
        const svg = await renderSvg(comparison);
        const bare = svg.replaceAll(/"[^"<]*"/g, '""');
        const open: string[] = [];
        for (const [, isEnd, name = "", isEmpty] of bare.matchAll(
          /<(\/?)([a-z]+)[^<>]*?(\/?)>/gi,
        )) {
          if (isEnd === "/") assert.equal(open.pop(), name);
          else if (isEmpty !== "/") open.push(name);
        }

        assert.deepEqual(open, []);
        assert.doesNotMatch(
          svg,
          /&(?!amp;|lt;|gt;|quot;|#39;)|NaN| href=|url\(|@import|<script|<foreign/,
        );
        // eslint-disable-next-line no-control-regex -- XML has no such letters
        assert.doesNotMatch(svg, /[\u0000-\u0008\u000b\u000e-\u001f]/);
      }),
      { numRuns: 40 },
    );
  });

  it("masks what looks like a secret", async () => {
    const svg = await renderSvg(comparisonOf([], [service("AKIAABCDEFGHIJKLMNOP")]));

    assert.ok(!svg.includes("AKIAABCDEFGHIJKLMNOP"));
    assert.ok(svg.includes("Service [secret]"));
  });
});
