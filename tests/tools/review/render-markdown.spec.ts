import assert from "node:assert/strict";
import fc from "fast-check";
import { markerOf, renderMarkdown } from "../../../tools/review/render-markdown";
import type { StackReview } from "../../../tools/review/stack-review";
import {
  aBusyReview,
  aChange,
  aFailure,
  aLimit,
  aProperty,
  aReview,
  aSecurityChange,
  aSide,
  service,
} from "./comparisons";
import { aResource } from "../preview/small-graph";
import { assertGolden } from "./golden-file";
import { nodesOf, parsed, textOf } from "./markdown-reading";
import { assertWellFormed } from "./well-formed";

const options = { project: "shop" };

describe("renderMarkdown", () => {
  it("says of a stack whose file is removed that its resources stay", () => {
    const markdown = renderMarkdown([{ stack: "prod", failure: "gone", isRemoved: true }], options);

    assertWellFormed(markdown);
    assert.match(markdown, /\n\| `prod` \|( {2}\|){6} \*\*file removed, resources stay\*\* \|\n/);
    assert.match(
      markdown,
      /\n> \[!WARNING\]\n> \*\*`prod`: Its file is removed; its resources stay in AWS until they are destroyed\.\*\*\n/,
    );
    assert.doesNotMatch(markdown, /could not be compared/);
  });

  it("shows all that can be said of a change", () => {
    const markdown = renderMarkdown(
      [aBusyReview(), aFailure, { ...aReview(), stack: "test" }],
      options,
    );

    assertWellFormed(markdown);
    assertGolden("everything.md", markdown);
  });

  it("has a table a section, each in a fold of its own", () => {
    const root = parsed(renderMarkdown([aBusyReview()], options));
    const sections: Record<string, string[]> = {};
    let section = "";
    for (const node of root.children) {
      const summary = node.type === "html" ? /<summary>(\w+)/.exec(node.value)?.[1] : undefined;
      section = summary ?? (node.type === "heading" ? "" : section);
      (sections[section] ??= []).push(node.type);
    }

    assert.deepEqual(
      Object.fromEntries(
        Object.entries(sections).map(([name, types]) => [
          name,
          types.filter((type) => ["table", "code", "list"].includes(type)),
        ]),
      ),
      {
        "": ["table", "list"],
        Resources: ["code"],
        Settings: ["table"],
        Security: ["table"],
        Limits: ["table"],
        Scaling: ["table"],
        Cost: ["table", "list"],
        Policy: ["list"],
        Outputs: ["table"],
        Diagram: ["code"],
      },
    );
  });

  it("lets the inputs of what is created go before the properties that differ", () => {
    const created = (index: number) => {
      const inputs = { text: `${String(index)} ${"x".repeat(900)}` };
      const after = aResource("aws:sns/topic:Topic", `topic-${String(index)}`, { inputs });
      return aChange({ operation: "create", name: after.name, urn: after.urn, after });
    };
    const changes = [
      aChange({ properties: [aProperty()] }),
      ...Array.from({ length: 8 }, (_, index) => created(index)),
    ];
    const whole = renderMarkdown([aReview({ changes })], options);
    const short = renderMarkdown([aReview({ changes })], { ...options, limit: 8192 });

    assert.match(whole, /\n\+ create aws:ecs:Service topic-3\n\+ {5}text: "3 x+"\n/);
    assert.match(
      short,
      /leaves out:\n>\n> - the diagram of `dev`\n> - the inputs of what is created of `dev`\n>\n/,
    );
    assert.match(short, /\n\+ {5}desiredCount: 3\n\+ create aws:ecs:Service topic-0\n\+ create /);
  });

  it("says of a new stack where its inputs are", () => {
    const after = aResource("aws:sns/topic:Topic", "alarms", { inputs: { displayName: "a" } });
    const changes = [aChange({ operation: "create", after })];
    const markdown = renderMarkdown([aReview({ before: undefined, changes })], options);

    assert.match(
      markdown,
      /\n\+ create aws:ecs:Service web\n# the stack is new: npm run preview -- dev --json has the inputs of all that is created\n```\n/,
    );
  });

  it("says that nothing changes, for the comment that is there already", () => {
    const markdown = renderMarkdown([aReview()], options);

    assertWellFormed(markdown);
    assertGolden("no-changes.md", markdown);
  });

  it("shows above the fold what is destroyed and opened, and how to allow it", () => {
    const quotes = nodesOf(parsed(renderMarkdown([aBusyReview()], options)), "blockquote").map(
      textOf,
    );

    assert.equal(quotes.length, 3);
    assert.match(
      quotes[0]!,
      /^\[!CAUTION\]\n2 resources that hold data or traffic would be destroyed\./,
    );
    assert.match(quotes[0]!, /dev: aws:s3:Bucket logs is deleted; this deletes the objects in it/);
    assert.match(quotes[0]!, /commit of this change with Replaces: aws:s3\/bucket:Bucket\.$/);
    assert.match(quotes[1]!, /^\[!CAUTION\]\nSomebody can reach or do more than before\./);
    assert.equal(
      quotes[2],
      "[!CAUTION]\nThe policies allow more than before, or that cannot be ruled out." +
        "dev: group-is-small.maxSize 4 -> 400dev: group-is-small.ports + 22",
    );
  });

  it("notes of a new stack what is notable, and cautions of the others what opens", () => {
    const ways = ["Internet to LoadBalancer web", "Listener web: protocol"].map((title) =>
      aSecurityChange({ subject: "exposure", title, before: undefined, after: "tcp 443" }),
    );
    const fresh = { ...aReview({ before: undefined }, { security: ways }), stack: "prod" };
    const markdown = renderMarkdown(
      [fresh, aReview({}, { security: [aSecurityChange()] })],
      options,
    );
    const quotes = nodesOf(parsed(markdown), "blockquote").map(textOf);

    assertWellFormed(markdown);
    assert.match(markdown, /\| `prod` \|.*\| new, 1 way from the Internet \|\n/);
    assert.match(markdown, /\| `dev` \|.*\| \*\*opens 1 way\*\* \|\n/);
    assert.equal(quotes.length, 2);
    assert.match(quotes[0]!, /^\[!CAUTION\]\nSomebody can reach.*\n?dev: SecurityGroup/);
    assert.equal(
      quotes[1],
      "[!NOTE]\nWhat the Internet reaches in what is new, and its permissions with a wildcard:" +
        "prod: Internet to LoadBalancer web, widened: tcp 443",
    );
    assert.match(markdown, /<summary>Security: 2 changes, 2 of them open more<\/summary>/);
  });

  it("cautions of no limit that only gets stricter, and shows it", () => {
    const limits = [aLimit({ loosens: false })];
    const markdown = renderMarkdown([aReview({ limits })], options);

    assert.doesNotMatch(markdown, /CAUTION|looser/);
    assert.match(markdown, /\n\| {2}\| `group-is-small\.maxSize` \| `4` \| `400` \|\n/);
  });

  it("names what the internet can reach before what the stack's own parts may do", () => {
    const security = (["permission", "exposure", "network"] as const).map((subject) =>
      aSecurityChange({ subject, title: subject }),
    );
    const items = nodesOf(parsed(renderMarkdown([aReview({}, { security })], options)), "listItem");

    assert.deepEqual(
      items.map((item) => textOf(item).split(",")[0]),
      ["dev: network", "dev: exposure", "dev: permission"],
    );
  });

  it("warns calmly of a destruction that is allowed", () => {
    const change = aChange({ operation: "delete", holds: "data", destruction: "allowed" });
    const markdown = renderMarkdown([aReview({ changes: [change] })], options);

    assert.match(
      markdown,
      /> \[!WARNING\]\n> \*\*1 resource that holds data or traffic would be destroyed\.\*\*/,
    );
    assert.doesNotMatch(markdown, /Replaces:/);
  });

  it("counts thousands of destructions and names the first", () => {
    const changes = Array.from({ length: 5000 }, (_, index) =>
      aChange({
        operation: "delete",
        urn: `${service}-${String(index)}`,
        holds: "data",
        destruction: "refused",
      }),
    );
    const markdown = renderMarkdown([aReview({ changes })], options);
    const [quote] = nodesOf(parsed(markdown), "blockquote");

    assert.match(textOf(quote!), /5000 resources that hold data or traffic would be destroyed\./);
    assert.match(textOf(quote!), /and 4950 more of dev/);
  });

  describe("of two stacks that lose much", () => {
    const losing = (stack: string, destruction: "refused" | "allowed", count = 83) =>
      aReview(
        {
          changes: Array.from({ length: count }, (_, index) =>
            aChange({
              ...{
                operation: "delete",
                urn: `${service}-${String(index)}`,
                holds: "data",
                destruction,
              },
              ...{ name: `web-${String(index)}`, type: `aws:kind/${typeOf(index)}:Kind` },
            }),
          ),
        },
        { stack },
      );
    const typeOf = (index: number) => `k${String(index % 23).padStart(2, "0")}`;
    const itemsOf = (reviews: readonly StackReview[], limit = 65_536) => {
      const [quote] = nodesOf(parsed(renderMarkdown(reviews, { ...options, limit })), "blockquote");
      const [resources, types] = nodesOf(quote!, "list").map((list) =>
        nodesOf(list, "listItem").map(textOf),
      );
      return { resources: resources ?? [], types: types ?? [] };
    };
    const stacksIn = (resources: readonly string[]) =>
      resources.map((text) => text.split(/[: ]/)[0]);

    it("names as many of each, and every type to allow", () => {
      const { resources, types } = itemsOf([losing("dev", "refused"), losing("prod", "refused")]);

      assert.deepEqual(stacksIn(resources), [
        ...Array<string>(25).fill("dev"),
        ...Array<string>(25).fill("prod"),
        "and",
      ]);
      assert.equal(resources.at(-1), "and 116 more of dev and prod");
      assert.deepEqual(
        types,
        Array.from({ length: 23 }, (_, index) => `Replaces: aws:kind/${typeOf(index)}:Kind`),
      );
    });

    it("names fewer where there is little room, and still both", () => {
      const reviews = [losing("dev", "allowed"), losing("prod", "refused")];
      const { resources, types } = itemsOf(reviews, 8192);

      // What is refused stands first.
      assert.deepEqual(stacksIn(resources), [
        ...Array<string>(5).fill("prod"),
        ...Array<string>(5).fill("dev"),
        "and",
      ]);
      assert.equal(resources.at(-1), "and 156 more of prod and dev");
      assert.equal(types.length, 11);
      assert.equal(types.at(-1), "and 13 more types, which npm run review names");
    });

    it("takes from one what the other does not need, and names three of many", () => {
      const few = itemsOf([losing("dev", "refused"), losing("prod", "refused", 2)]);
      const many = itemsOf(
        Array.from({ length: 60 }, (_, index) => losing(`s${String(index)}`, "refused", 1)),
      );

      assert.deepEqual(stacksIn(few.resources), [
        ...Array<string>(48).fill("dev"),
        ...["prod", "prod", "and"],
      ]);
      assert.equal(few.resources.at(-1), "and 35 more of dev");
      assert.equal(many.resources.at(-1), "and 10 more of s50, s51, s52 and 7 others");
    });
  });

  it("names openings and looser limits of each stack too", () => {
    const reviews = ["dev", "prod"].map((stack) =>
      aReview(
        { limits: Array.from({ length: 60 }, () => aLimit()) },
        { stack, security: Array.from({ length: 60 }, () => aSecurityChange()) },
      ),
    );
    const quotes = nodesOf(parsed(renderMarkdown(reviews, options)), "blockquote");

    assert.deepEqual(
      quotes
        .map((quote) => nodesOf(quote, "listItem").map(textOf))
        .map((items) => [
          items.filter((text) => text.startsWith("dev: ")).length,
          items.filter((text) => text.startsWith("prod: ")).length,
          items.at(-1),
        ]),
      Array.from({ length: 2 }, () => [25, 25, "and 70 more of dev and prod"]),
    );
  });

  it("names of two stacks what no setting makes", () => {
    const changes = [
      aChange({ causes: ["shop:minTasks"] }),
      aChange({ operation: "delete", urn: `${service}-odd`, name: "odd", causes: [] }),
    ];
    const markdown = renderMarkdown([aReview({ changes })], options);

    assert.match(
      markdown,
      /\n\*\*Of these no setting makes this difference:\*\* delete `aws:ecs:Service odd`\n/,
    );
    assert.match(markdown, /\n# {5}set by shop:minTasks\n/);
  });

  it("has the whole report's address where it leaves something out", () => {
    const lines = Array.from({ length: 5000 }, (_, index) => ({
      kind: "added" as const,
      text: `echo ${String(index)} ${"x".repeat(20)}`,
    }));
    const review = aReview({ changes: [aChange({ properties: [aProperty({ lines })] })] });
    const note = (fullReportUrl?: string) =>
      textOf(
        nodesOf(
          parsed(
            renderMarkdown(
              [review],
              fullReportUrl === undefined ? options : { ...options, fullReportUrl },
            ),
          ),
          "blockquote",
        )[0]!,
      );

    assert.equal(
      note(),
      "[!NOTE]\nToo long for one comment, which leaves out:the diagram of devthe properties that differ of devnpm run review writes the whole report.",
    );
    assert.match(note("https://example.com/runs/1"), /The whole report has it\.$/);
  });

  it("refuses an address that is none of http and a limit that nothing fits", () => {
    assert.throws(
      () => renderMarkdown([aReview()], { ...options, fullReportUrl: "javascript:alert(1)" }),
      new TypeError("fullReportUrl is javascript:alert(1), allowed is an address of http or https"),
    );
    assert.throws(
      () => renderMarkdown([aReview()], { ...options, limit: 8191 }),
      new RangeError("limit is 8191, allowed is 8192 or more"),
    );
  });

  it("is keyed by a marker that no name of a project can end", () => {
    assert.equal(markerOf("shop"), "<!-- review of project shop -->");
    assert.equal(markerOf("a--><b>"), "<!-- review of project a%2D%2D%3E%3Cb%3E -->");
    assertWellFormed(renderMarkdown([aReview()], { project: "a--><b>" }), "a--><b>");
  });
});

describe("a comment of any size", () => {
  const wild = fc.string({
    unit: fc.constantFrom(..."ab1 `|\\<>&*_[]()!#@~$:-+=.\n\"'🚀漢".split("")),
    minLength: 1,
    maxLength: 60,
  });
  const name = fc
    .tuple(wild, fc.integer({ min: 1, max: 40 }))
    .map(([text, times]) => text.repeat(times));
  const many = (most: number) =>
    fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: most }));
  const review = fc
    .record({
      stack: name,
      text: name,
      changes: many(200),
      destroyed: fc.boolean(),
      opened: many(40),
      rows: many(80),
    })
    .map(({ stack, text, changes, destroyed, opened, rows }): StackReview => {
      const property = aProperty({ path: text, before: text, after: [text] });
      return aReview(
        {
          after: aSide({ label: text }),
          changes: Array.from({ length: changes }, (_, index) =>
            aChange({
              ...{
                urn: `${service}-${String(index)}`,
                name: text,
                properties: [property],
                hint: text,
              },
              ...(destroyed
                ? { operation: "replace", holds: "data", destruction: "refused", type: text }
                : {}),
            }),
          ),
          settings: Array.from({ length: rows }, () => property),
          outputs: Array.from({ length: rows }, () => property),
        },
        {
          stack,
          security: Array.from({ length: opened }, () =>
            aSecurityChange({ title: text, after: text }),
          ),
        },
      );
    });
  const failed = fc.record({
    stack: name,
    failure: fc.tuple(name, many(50)).map(([it, n]) => it.repeat(n + 1)),
  });
  const reviews = fc.oneof(
    fc.array(fc.oneof(review, failed), { minLength: 1, maxLength: 6 }),
    fc
      .tuple(fc.oneof(review, failed), many(200))
      .map(([it, count]) => Array.from({ length: count + 1 }, () => it)),
  );

  it("is never above the limit, always well-formed, and has marker, table and cautions", () => {
    fc.assert(
      fc.property(
        reviews,
        fc.integer({ min: 8192, max: 65_536 }),
        (some: readonly StackReview[], limit) => {
          const markdown = renderMarkdown(some, {
            ...options,
            limit,
            fullReportUrl: "https://example.com/1",
          });

          assert.ok(markdown.length <= limit, String(markdown.length));
          const cautions = nodesOf(assertWellFormed(markdown), "blockquote").map(textOf).join("\n");
          const has = (what: (it: StackReview) => boolean) => some.some(what);
          const isRefused = has(
            (it) =>
              !("failure" in it) && it.comparison.changes.some(({ destruction }) => destruction),
          );
          assert.equal(cautions.includes("would be destroyed"), isRefused);
          assert.equal(
            cautions.includes("can reach or do more"),
            has((it) => !("failure" in it) && it.security.length > 0),
          );
          assert.equal(
            cautions.includes("could not be compared"),
            has((it) => "failure" in it),
          );
          assert.equal(
            renderMarkdown(some, { ...options, limit, fullReportUrl: "https://example.com/1" }),
            markdown,
          );
        },
      ),
      { numRuns: 15 },
    );
  }).timeout(60_000);
});
