import assert from "node:assert/strict";
import { screenOf } from "../../../tools/preview/screen";
import type { StackSide } from "../../../tools/compare/stack-side";
import { renderText } from "../../../tools/review/render-text";
import { aResource } from "../preview/small-graph";
import { aBusyReview, aChange, aFailure, aProperty, aReview, aSide, service } from "./comparisons";
import { assertGolden } from "./golden-file";

const pipe = screenOf({ write: () => 0 }, {}, false);
const terminal = screenOf({ write: () => 0, isTTY: true, columns: 80 }, { TERM: "xterm" }, true);

describe("renderText", () => {
  it("shows all that can be said of a change", () => {
    assertGolden("everything.txt", renderText([aBusyReview(), aFailure], pipe));
  });

  it("says that nothing changes", () => {
    assert.equal(
      renderText([aReview()], pipe),
      [
        "Comparing (dev): main (1a2b3c4) -> working tree",
        "",
        "No changes.",
        "",
        "Resources: 9 unchanged",
        "",
      ].join("\n"),
    );
  });

  it("compares a new stack with nothing", () => {
    const [first] = renderText([aReview({ before: undefined })], pipe).split("\n");

    assert.equal(first, "Comparing (dev): nothing -> working tree");
  });

  it("lists what is created with, and of a new stack says where that is", () => {
    const inputs = {
      displayName: "a",
      policy: '{"Statement":[{"Effect":"Allow"}]}',
      notes: "a\nb",
    };
    const after = aResource("aws:sns/topic:Topic", "alarms", { inputs });
    const changes = [aChange({ operation: "create", type: after.type, name: "alarms", after })];
    const drawn = (before: StackSide | undefined) =>
      renderText([aReview({ changes, ...(before === undefined && { before }) })], pipe)
        .split("\n")
        .slice(2, -3);

    assert.deepEqual(drawn(aSide()), [
      "     Type                 Name      Plan",
      "     pulumi:pulumi:Stack  shop-dev",
      " +   └─ aws:sns:Topic     alarms    create",
      '           + displayName: "a"',
      '           + policy: { Statement: [{ Effect: "Allow" }] }',
      "           + notes:",
      "               a",
      "               b",
    ]);
    assert.deepEqual(drawn(undefined).slice(2, 4), [
      " +   └─ aws:sns:Topic     alarms    create",
      "     # the stack is new: npm run preview -- dev --json has the inputs of all that is created",
    ]);
  });

  it("has a line for each type that a commit can allow to destroy", () => {
    const lost = { operation: "delete", holds: "data", destruction: "refused" } as const;
    const types = ["aws:s3/bucket:Bucket", "aws:ecr/repository:Repository"];
    const changes = types.map((type) => aChange({ ...lost, type, urn: `${service}-${type}` }));

    assert.ok(
      renderText([aReview({ changes })], pipe).includes(
        [
          "\n    or in a commit of the change:",
          "        Replaces: aws:ecr/repository:Repository",
          "        Replaces: aws:s3/bucket:Bucket\n\n",
        ].join("\n"),
      ),
    );
  });

  it("says of two stacks which setting makes a difference, and names what none makes", () => {
    const changes = [
      aChange({ properties: [aProperty()], causes: ["shop:minTasks", "shop:maxTasks"] }),
      aChange({ operation: "delete", urn: `${service}-odd`, name: "odd", causes: [] }),
    ];
    const text = renderText([aReview({ changes, before: aSide({ label: "stack dev" }) })], pipe);

    assert.match(text, / # set by shop:minTasks and shop:maxTasks\n/);
    assert.match(text, / # no setting makes this difference\n/);
    assert.match(text, /\nDifferences that no setting makes:\n {4}delete aws:ecs:Service odd\n\n/);
  });

  it("shows what stays under another name or with other options", () => {
    const kept = [
      {
        urn: service,
        previousUrn: `${service}-old`,
        type: "aws:ecs/service:Service",
        name: "web",
        options: [aProperty({ path: "protect", before: undefined, after: true })],
      },
    ];

    assert.match(
      renderText([aReview({ kept })], pipe),
      /\nKept:\n {4}aws:ecs:Service web-old -> aws:ecs:Service web, renamed by an alias\n {8}~ \[option\] protect: \(none\) => true\n/,
    );
  });

  it("says of a stack whose file is removed that its resources stay", () => {
    assert.equal(
      renderText([{ stack: "prod", failure: "gone", isRemoved: true }], pipe),
      "Comparing (prod)\n\n" +
        "    Its file is removed; its resources stay in AWS until they are destroyed:\n    gone\n",
    );
  });

  it("lets no text of the program move the cursor of a terminal", () => {
    const text = renderText([aReview({ changes: [aChange({ name: "a\u001b[2Jb\r" })] })], terminal);

    assert.ok(text.includes("a\\u{1b}[2Jb\\u{d}"));
    // eslint-disable-next-line no-control-regex -- the sequences that colour
    assert.doesNotMatch(text.replace(/\u001b\[\d+m/g, ""), /[\u001b\r]/);
  });

  it("paints a terminal", () => {
    const text = renderText([aBusyReview()], terminal);

    assert.ok(
      text.includes("\u001b[1m\u001b[31mDestroys what holds data or traffic:\u001b[39m\u001b[22m"),
    );
    assert.ok(text.includes("\u001b[33mupdate\u001b[39m"));
  });
});
