import assert from "node:assert/strict";
import { compare } from "../../../tools/compare/compare";
import { securityChanges } from "../../../tools/compare/security";
import { screenOf } from "../../../tools/preview/screen";
import { renderJson } from "../../../tools/review/render-json";
import { renderMarkdown } from "../../../tools/review/render-markdown";
import { renderText } from "../../../tools/review/render-text";
import type { StackReview } from "../../../tools/review/stack-review";
import { sideOf } from "../../support/sides";
import { assertGolden } from "./golden-file";
import { assertWellFormed } from "./well-formed";

const project = "ecs-on-ec2";
const pipe = screenOf({ write: () => 0 }, {}, false);

describe("the reports of a change of the shipped dev stack", () => {
  let reviews: readonly StackReview[] = [];
  before(async () => {
    const before = { ...(await sideOf("dev")), label: "main (1a2b3c4)" };
    const changed = await sideOf("dev", {
      "ecs-on-ec2:flowLogs": "true",
      "ecs-on-ec2:imageEncryption": "KMS",
      "ecs-on-ec2:maxTasks": "6",
    });
    const after = { ...changed, label: "working tree" };
    const comparison = compare(before, after, { allowDestruction: [] });
    reviews = [{ stack: "dev", comparison, security: securityChanges(comparison) }];
  });

  it("are in the terminal as a person wants to read them", () => {
    assertGolden("dev.txt", renderText(reviews, pipe));
  });

  it("are in the comment as a reviewer wants to read them", () => {
    const markdown = renderMarkdown(reviews, { project });

    assertWellFormed(markdown, project);
    assertGolden("dev.md", markdown);
  });

  it("tell a program the same", () => {
    const { stacks } = JSON.parse(renderJson(reviews)) as {
      readonly stacks: readonly {
        readonly changes: readonly { readonly name: string; readonly destruction?: string }[];
        readonly settings: readonly { readonly path: string }[];
      }[];
    };

    assert.deepEqual(
      stacks.map(({ settings }) => settings.map(({ path }) => path)),
      [["ecs-on-ec2:flowLogs", "ecs-on-ec2:imageEncryption", "ecs-on-ec2:maxTasks"]],
    );
    assert.deepEqual(
      stacks[0]?.changes
        .filter(({ destruction }) => destruction === "refused")
        .map(({ name }) => name),
      ["web"],
    );
  });
});
