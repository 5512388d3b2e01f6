import assert from "node:assert/strict";
import { screenOf } from "../../../tools/preview/screen";
import { renderAnnotations } from "../../../tools/review/render-annotations";
import { renderText } from "../../../tools/review/render-text";
import { reportFiles } from "../../../tools/review/report-files";
import type { StackReview } from "../../../tools/review/stack-review";
import { aFinding, aVerdict } from "../policy/verdicts";
import { aGraph, aResource } from "../preview/small-graph";
import { aChange, aProperty, aReview, aSecurityChange, aSide } from "./comparisons";

const KEY_LINES = ["MIIEpAIBAAKCAQEA0qzPlantedKeyLine1", "q8ZtqPlantedKeyLine2xJ0bPz3c8m2v7Q=="];
/** Put together here, so that no scanner finds them in this file; each with the part that must not show. */
const SECRETS: Readonly<Record<string, readonly [text: string, ...parts: string[]]>> = {
  "an access key id": ["AKIA" + "Q3EGPLANTED12345", "Q3EGPLANTED12345"],
  "a private key": [
    ["-----BEGIN RSA PRIVATE KEY-----", ...KEY_LINES, "-----END RSA PRIVATE KEY-----"].join("\n"),
    ...KEY_LINES,
  ],
  "a JSON Web Token": [
    "eyJ" + "hbGciOiJIUzI1NiJ9.eyJzdWIiOiJwbGFudGVkIn0.c2lnbmF0dXJlLXBsYW50ZWQ",
    "zdWIiOiJwbGFudGVkIn0",
    "c2lnbmF0dXJlLXBsYW50ZWQ",
  ],
  "a GitHub token": ["ghp_" + "plantedPLANTEDplantedPLANTED12345678", "plantedPLANTEDplanted"],
  "a password in a command": ["curl -u app:pl4nted-word https://db.internal", "pl4nted-word"],
  "a password in a URL": ["postgres://app:pl4nted-pass@db.internal/app", "pl4nted-pass"],
};

/** A review with a text in every place that a program or a person fills. */
function reviewWith(secret: string): StackReview[] {
  const [before, after] = [`old ${secret}`, `new ${secret}`];
  const lines = secret.split("\n").map((text) => ({ kind: "added" as const, text }));
  const inputs = { description: after, list: [{ value: after }], nested: { text: after } };
  const web = aResource("aws:ecs/service:Service", "web", { inputs, outputs: inputs });
  const graph = aGraph({ resources: [web], outputs: { text: after } });
  const findings = [aFinding({ message: after })];
  const policies = aVerdict({ findings });
  const property = { before, after };
  const review = aReview(
    {
      after: aSide({ graph, policies, label: "working tree" }),
      changes: [
        aChange({
          operation: "replace",
          holds: "data",
          destruction: "refused",
          hint: after,
          before: web,
          after: web,
          properties: [
            aProperty(property),
            aProperty({ ...property, path: "userData", replaces: true, lines }),
            aProperty({ path: "tags", before: { note: before }, after: { list: [after] } }),
          ],
          options: [aProperty({ path: "aliases", ...property })],
        }),
        aChange({ operation: "create", urn: "urn:a::b::c:d:E::f", before: undefined, after: web }),
      ],
      settings: [aProperty({ path: "shop:note", ...property })],
      outputs: [aProperty({ path: "text", ...property })],
    },
    { security: [aSecurityChange(property), aSecurityChange({ title: after })] },
  );
  return [review, { stack: "prod", failure: `error: ${after}` }];
}

async function artefactsOf(reviews: readonly StackReview[]): Promise<Record<string, string>> {
  return {
    ...(await reportFiles(reviews, { project: "shop" })),
    "the text": renderText(reviews, screenOf({ write: () => undefined }, {}, false)),
    "the annotations": renderAnnotations(reviews),
  };
}

describe("the artefacts of a review", () => {
  for (const [what, [secret, ...parts]] of Object.entries(SECRETS)) {
    it(`hold nothing of ${what} that somebody wrote in plain`, async () => {
      const artefacts = await artefactsOf(reviewWith(secret));

      assert.deepEqual(Object.keys(artefacts).sort(), [
        ...["dev.mmd", "dev.svg", "review.json", "review.md", "review.sarif"],
        ...["the annotations", "the text"],
      ]);
      const leaks = Object.entries(artefacts).flatMap(([name, text]) =>
        parts.filter((part) => text.includes(part)).map((part) => `${name}: ${part}`),
      );
      assert.deepEqual(leaks, []);
    });
  }

  it("hold no digest by which two secret inputs are told apart", async () => {
    const digest = "5ec7e7".repeat(10);
    const secretInputs = { "urn:a::b::c:d:E::f": { password: digest } };
    const [review] = reviewWith("an ordinary text");
    assert.ok(review !== undefined && !("failure" in review));
    const { comparison } = review;
    const [before, after] = [aSide({ secretInputs }), { ...comparison.after, secretInputs }];
    const artefacts = await artefactsOf([
      { ...review, comparison: { ...comparison, before, after } },
    ]);

    const leaks = Object.entries(artefacts).filter(([, text]) => text.includes(digest));
    assert.deepEqual(leaks, []);
  });

  it("hold an ordinary text in the same places, so that its absence would be seen", async () => {
    const artefacts = await artefactsOf(reviewWith("an ordinary text"));

    const without = Object.entries(artefacts).filter(([, text]) => !text.includes("ordinary text"));
    // Diagrams show what a resource is, of which nothing here is written by hand.
    assert.deepEqual(without.map(([name]) => name).sort(), ["dev.mmd", "dev.svg"]);
  });
});
