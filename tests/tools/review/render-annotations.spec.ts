import assert from "node:assert/strict";
import { renderAnnotations } from "../../../tools/review/render-annotations";
import { destructionText } from "../../../tools/review/review-facts";
import type { StackReview } from "../../../tools/review/stack-review";
import { aFinding, aVerdict } from "../policy/verdicts";
import {
  aBusyReview,
  aChange,
  aFailure,
  aReview,
  aSecurityChange,
  aSide,
  cluster,
} from "./comparisons";

const linesOf = (...reviews: readonly StackReview[]) => renderAnnotations(reviews).split(/(?<=\n)/);

/** Reviews with so many advisory and mandatory violations, each of another resource. */
const violating = (advisory: number, mandatory: number) => {
  const some = (count: number, level: "advisory" | "mandatory") =>
    Array.from({ length: count }, (_, index) =>
      aFinding({ level, urn: `urn:${String(index)}`, name: `web-${String(index)}`, message: "x" }),
    );
  const findings = [...some(mandatory, "mandatory"), ...some(advisory, "advisory")];
  return aReview({ after: aSide({ policies: aVerdict({ findings }) }) });
};

describe("renderAnnotations", () => {
  it("is empty where nothing is to be said", () => {
    assert.equal(renderAnnotations([aReview()]), "");
    assert.equal(renderAnnotations([]), "");
  });

  it("shows each remark at its line, errors first, what could not be compared before", () => {
    const busy = aBusyReview();
    const [bucket, , address] = busy.comparison.changes.map(destructionText);
    assert.deepEqual(linesOf(busy, aFailure), [
      "::error title=prod%3A not compared::minTasks is 0, allowed is 1 or more%0Azones is 9, allowed is at most 3\n",
      "::error file=infra/service.ts,line=12,title=dev%3A group-is-small::web: maxSize is 4, allowed is at most 3; lower maxInstances\n",
      `::error file=Pulumi.dev.yaml,line=1,title=dev%3A destructive-change::aws:s3:Bucket logs ${bucket!}; ` +
        "it is protected: take the protection away in a change of its own first; keep it, or allow it with --allow-destruction aws:s3/bucket:Bucket\n",
      `::warning file=Pulumi.dev.yaml,line=1,title=dev%3A destructive-change::aws:ec2:Eip web ${address!}; allowed by 1a2b3c4 (feat(infra): move the address)\n`,
      ...["maxSize: 4 -> 400", "ports: + 22"].map(
        (limit) =>
          `::warning file=policies/limits.ts,line=1,title=dev%3A loosened-limit::group-is-small.${limit}; ` +
          "the policies allow more than before, or that cannot be ruled out\n",
      ),
      "::warning file=infra/components/security-groups.ts,line=40,title=dev%3A broadened-security::" +
        "SecurityGroup web-load-balancer: ingress: widened: tcp 443 from 10.0.0.0/8 -> tcp 443 from 0.0.0.0/0\n",
    ]);
  });

  it("notices what only follows, and warns of a stack that is removed", () => {
    const following = aChange({ operation: "replace", follows: [cluster] });

    assert.deepEqual(linesOf(aReview({ changes: [following] }), { ...aFailure, isRemoved: true }), [
      "::warning title=prod%3A removed stack::minTasks is 0, allowed is 1 or more%0Azones is 9, allowed is at most 3\n",
      "::notice file=infra/service.ts,line=12,title=dev%3A following-replacement::aws:ecs:Service web is replaced, as it follows aws:ec2:Vpc web\n",
    ]);
  });

  it("shows what is wrong in the file of a stack at its line", () => {
    const failures = ["error: Pulumi.dev.yaml:41: a: is b\n", "error: Pulumi.dev.yaml: a: is b\n"];

    assert.deepEqual(linesOf(...failures.map((failure) => ({ stack: "dev", failure }))), [
      "::error file=Pulumi.dev.yaml,line=41,title=dev%3A not compared::Pulumi.dev.yaml:41: a: is b\n",
      "::error file=Pulumi.dev.yaml,title=dev%3A not compared::Pulumi.dev.yaml: a: is b\n",
    ]);
  });

  it("tells files from the root of the repository", () => {
    const failed = { stack: "dev", failure: "error: Pulumi.dev.yaml:41: a: is b\n" };
    const reviews = [failed, aReview({}, { security: [aSecurityChange()] })];

    assert.deepEqual(
      [...renderAnnotations(reviews, { prefix: "infra-project/" }).matchAll(/file=([^,]+)/g)].map(
        ([, file]) => file,
      ),
      ["infra-project/Pulumi.dev.yaml", "infra-project/infra/components/security-groups.ts"],
    );
  });

  it("says once what several stacks have at the same line", () => {
    const security = [aSecurityChange()];
    const reviews = ["dev", "prod"].map((stack) => aReview({}, { stack, security }));

    assert.deepEqual(linesOf(...reviews), [
      "::warning file=infra/components/security-groups.ts,line=40,title=dev%2C prod%3A broadened-security::" +
        "SecurityGroup web-load-balancer: ingress: widened: tcp 443 from 10.0.0.0/8 -> tcp 443 from 0.0.0.0/0\n",
    ]);
  });

  it("shows ten of a level", () => {
    const lines = linesOf(violating(10, 10));

    assert.equal(lines.filter((line) => line.startsWith("::error file=")).length, 10);
    assert.equal(lines.filter((line) => line.startsWith("::warning file=")).length, 10);
  });

  it("counts in the tenth what a level has beyond ten", () => {
    const lines = linesOf(violating(11, 25));

    const levels = lines.map((line) => line.slice(2, line.indexOf(" ")));
    assert.deepEqual(levels, [
      ...Array<string>(10).fill("error"),
      ...Array<string>(10).fill("warning"),
    ]);
    assert.deepEqual(
      [lines[9], lines[19]],
      [
        "::error title=more::and 16 more; the summary of the step and review.sarif have all\n",
        "::warning title=more::and 2 more; the summary of the step and review.sarif have all\n",
      ],
    );
  });

  it("keeps characters that act out of the log", () => {
    const [line] = linesOf(
      aReview({}, { security: [aSecurityChange({ after: "a\u001b[2J\n::error::x" })] }),
    );

    assert.ok(line?.endsWith("-> a\\u{1b}[2J%0A::error::x\n"), line);
  });
});
