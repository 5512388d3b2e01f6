import assert from "node:assert/strict";
import type { Root } from "mdast";
import { markerOf } from "../../../tools/review/render-markdown";
import { nodesOf, parsed, textOf } from "./markdown-reading";

/** The only HTML of a comment: its marker and what folds. */
const HTML =
  /^(?:<!-- review of project [\w.%]+ -->|<details>\n<summary>[^<]*<\/summary>|<\/details>)$/;

/** Reads a comment as GitHub does and checks its form. */
export function assertWellFormed(markdown: string, project = "shop"): Root {
  const root = parsed(markdown);
  const html = nodesOf(root, "html").map(({ value }) => value);
  const folds = root.children.map((node) =>
    node.type === "html"
      ? node.value.startsWith("<details>")
        ? 1
        : node.value === "</details>"
          ? -1
          : 0
      : 0,
  );

  assert.equal(markdown.split("\n")[0], markerOf(project));
  assert.deepEqual(
    html.filter((value) => !HTML.test(value)),
    [],
  );
  assert.deepEqual(nodesOf(root, "image"), []);
  assert.ok(nodesOf(root, "table").length > 0);
  // Folds stand beside each other and every one ends.
  let open = 0;
  for (const step of folds) {
    open += step;
    assert.ok(open === 0 || open === 1, markdown);
  }
  assert.equal(open, 0);
  for (const { children } of nodesOf(root, "table")) {
    const widths = new Set(children.map((row) => row.children.length));
    assert.equal(widths.size, 1);
  }
  // A fence that does not end would take the foot with it.
  assert.match(textOf(root.children.at(-1)!), /Compared offline/);
  return root;
}
