import assert from "node:assert/strict";
import {
  countsText,
  destructionsOf,
  destructionText,
  isHandingOn,
  isUnchanged,
  keptText,
  listed,
  notesOf,
  optionText,
  titleOfUrn,
  undecidedText,
  unintendedOf,
  unprotectedOf,
} from "../../../tools/review/review-facts";
import type { ResourceChange, UndecidedResource } from "../../../tools/compare/comparison";
import type { ComparedStack } from "../../../tools/review/stack-review";
import { aResource } from "../preview/small-graph";
import { aFinding, aVerdict } from "../policy/verdicts";
import {
  aBusyReview,
  aChange,
  aComparison,
  aCost,
  aLimit,
  anUndecided,
  aProperty,
  aReview,
  aSecurityChange,
  aSide,
  cluster,
  service,
} from "./comparisons";

describe("countsText", () => {
  it("names the operations that there are, with or without their signs", () => {
    const { comparison } = aBusyReview();

    assert.equal(
      countsText(comparison, false),
      "1 to create, 1 to update, 1 to replace, 1 to delete, 1 may change",
    );
    assert.equal(
      countsText(comparison, true),
      "+ 1 to create, ~ 1 to update, +- 1 to replace, - 1 to delete, ? 1 may change",
    );
    assert.equal(
      countsText(aComparison({ changes: [aChange(), aChange()] }), true),
      "~ 2 to update",
    );
    assert.equal(countsText(aComparison(), true), "");
    const updated = [anUndecided({ urn: service })];
    assert.equal(
      countsText(aComparison({ changes: [aChange()], undecided: updated }), true),
      "~ 1 to update",
    );
  });
});

describe("titleOfUrn", () => {
  it("is type and name, and the whole of what is no URN", () => {
    assert.deepEqual([cluster, "elsewhere"].map(titleOfUrn), ["aws:ec2:Vpc web", "elsewhere "]);
  });
});

describe("destructionsOf", () => {
  it("has what is refused before what is allowed, and nothing else", () => {
    const changes = ([undefined, "allowed", "refused"] as const).map((destruction) =>
      aChange({ name: destruction ?? "none", destruction }),
    );

    assert.deepEqual(
      destructionsOf(aComparison({ changes })).map(({ name }) => name),
      ["refused", "allowed"],
    );
  });
});

describe("destructionText", () => {
  it("says what is lost with a deletion", () => {
    assert.equal(
      destructionText(aChange({ operation: "delete", holds: "traffic" })),
      "is deleted; this stops the tasks that answer requests",
    );
  });

  it("says of a replacement what forces it and that there is a gap", () => {
    const properties = [
      aProperty({ path: "cluster", replaces: true }),
      aProperty(),
      aProperty({ path: "name", replaces: true }),
    ];

    assert.equal(
      destructionText(
        aChange({
          operation: "replace",
          holds: "traffic",
          properties,
          deletesFirst: true,
          follows: [cluster],
        }),
      ),
      "is replaced for its cluster, its name and aws:ec2:Vpc web, the old one deleted first; this stops the tasks that answer requests",
    );
  });

  it("has words for a type that is not known to hold anything", () => {
    assert.deepEqual(
      (["data", "traffic"] as const).map((holds) =>
        destructionText(aChange({ operation: "delete", type: "a:b:C", holds })),
      ),
      ["is deleted; this loses data", "is deleted; this cuts traffic off"],
    );
  });
});

describe("notesOf", () => {
  it("has nothing to say of a plain update", () => {
    assert.deepEqual(notesOf(aChange()), []);
  });

  it("says everything else that there is to say", () => {
    assert.deepEqual(
      notesOf(
        aChange({
          operation: "replace",
          previousUrn: `${service}-old`,
          mayReplace: true,
          deletesFirst: true,
          follows: [cluster, service],
          hint: "add an alias",
          causes: ["shop:a", "shop:b"],
        }),
      ),
      [
        "was aws:ecs:Service web-old, by an alias",
        "may be a replacement: what replaces a resource of this type is not known",
        "the old one is deleted before there is a new one",
        "follows aws:ec2:Vpc web and aws:ecs:Service web",
        "add an alias",
        "set by shop:a and shop:b",
      ],
    );
  });

  it("marks a difference between two stacks that no setting makes", () => {
    assert.deepEqual(notesOf(aChange({ causes: [] })), ["no setting makes this difference"]);
    assert.deepEqual(
      unintendedOf(
        aComparison({
          changes: [aChange(), aChange({ causes: ["a"] }), aChange({ name: "odd", causes: [] })],
        }),
      ).map(({ name }) => name),
      ["odd"],
    );
  });
});

describe("optionText", () => {
  const text = (type: string, option: Parameters<typeof aProperty>[0]) =>
    optionText(aProperty(option), { type });
  const unprotected = { path: "protect", before: true, after: undefined };

  it("shows both values, and the lack of one", () => {
    assert.equal(
      text("aws:sns/topic:Topic", { path: "ignoreChanges", before: [], after: ["tags"] }),
      'ignoreChanges: [] => ["tags"]',
    );
    assert.equal(text("aws:sns/topic:Topic", unprotected), "protect: true => (none)");
  });

  it("says what can be lost from now on, and nothing where protection is added", () => {
    assert.equal(
      text("aws:s3/bucket:Bucket", unprotected),
      "protect: true => (none)  (what holds data can be deleted from now on)",
    );
    assert.equal(
      text("aws:s3/bucket:Bucket", { path: "protect", before: undefined, after: true }),
      "protect: (none) => true",
    );
  });
});

describe("unprotectedOf", () => {
  it("has what holds something, stays and is no longer protected", () => {
    const options = [aProperty({ path: "protect", before: true, after: undefined })];
    const other = [aProperty({ path: "protect", before: undefined, after: true })];
    const type = "aws:s3/bucket:Bucket";
    const kept = { urn: service, previousUrn: undefined, type, name: "kept", options };
    const found = unprotectedOf(
      aComparison({
        changes: [
          aChange({ name: "updated", options }),
          aChange({ name: "replaced", operation: "replace", options }),
          aChange({ name: "locked", options: other }),
        ],
        kept: [kept, { ...kept, name: "topic", type: "aws:sns/topic:Topic" }],
      }),
    );

    assert.deepEqual(
      found.map(({ name }) => name),
      ["updated", "kept"],
    );
  });
});

describe("keptText", () => {
  const kept = { urn: service, type: "aws:ecs/service:Service", name: "web", options: [] };

  it("says what the resource was called", () => {
    assert.deepEqual(
      [undefined, `${service}-old`].map((previousUrn) => keptText({ ...kept, previousUrn })),
      [
        "aws:ecs:Service web",
        "aws:ecs:Service web-old -> aws:ecs:Service web, renamed by an alias",
      ],
    );
  });
});

describe("isHandingOn", () => {
  const parent = aResource("shop:index:Network", "web");
  const child = aResource("shop:index:Network$aws:ec2/eip:Eip", "web", { parent: parent.urn });
  const component = aChange({ urn: parent.urn, before: parent, after: parent });

  it("is a component whose child changes", () => {
    const comparison = aComparison({
      changes: [component, aChange({ urn: child.urn, after: child })],
    });

    assert.equal(isHandingOn(component, comparison), true);
    assert.equal(isHandingOn({ ...component, operation: "create" }, comparison), false);
  });

  it("is no component that changes alone, and no resource", () => {
    const custom = { ...component, after: { ...parent, custom: true } };
    const other = aChange({ urn: child.urn, after: { ...child, parent: undefined } });

    assert.equal(isHandingOn(component, aComparison({ changes: [component, other] })), false);
    assert.equal(
      isHandingOn(custom, aComparison({ changes: [custom, aChange({ after: child })] })),
      false,
    );
  });
});

describe("undecidedText", () => {
  const textOf = (overrides: Partial<UndecidedResource>, changes: ResourceChange[] = []) =>
    undecidedText(anUndecided(overrides), aComparison({ changes }));

  it("says what may happen, by which setting and through which input", () => {
    assert.equal(textOf({}), "may be replaced: the encrypted shop:email differs (endpoint)");
    assert.equal(
      textOf({ mayReplace: false, because: ["shop:a", "shop:b"], paths: ["a", "b"] }),
      "may change: the encrypted shop:a and shop:b differ (a and b)",
    );
  });

  it("says of what is updated anyway that it may be more", () => {
    assert.equal(
      textOf({ urn: service, mayReplace: false }, [aChange()]),
      "may change further: the encrypted shop:email differs (endpoint)",
    );
  });
});

describe("isUnchanged", () => {
  it("is a stack of which nothing is said", () => {
    assert.equal(isUnchanged(aReview()), true);
  });

  const kept = { urn: service, previousUrn: `${service}-old`, type: "a", name: "b", options: [] };
  const differing: Readonly<Record<string, ComparedStack>> = {
    "a change": aReview({ changes: [aChange()] }),
    "another name": aReview({ kept: [kept] }),
    "a setting": aReview({ settings: [aProperty()] }),
    "an output": aReview({ outputs: [aProperty()] }),
    "a limit": aReview({ limits: [aLimit({ loosens: false })] }),
    "what may change": aReview({ undecided: [anUndecided()] }),
    security: aReview({}, { security: [aSecurityChange()] }),
    cost: aReview({ after: aSide({ cost: aCost(101) }) }),
    "a new violation": aReview({
      after: aSide({ policies: aVerdict({ findings: [aFinding()] }) }),
    }),
    "a resolved violation": aReview({
      before: aSide({ policies: aVerdict({ findings: [aFinding()] }) }),
    }),
    scaling: aReview({ after: aSide({ day: { ...aSide().day, missedMinutes: 1 } }) }),
    "an exceeded quota": aReview({
      after: aSide({
        exceededQuotas: [{ quota: "onDemandVcpus", needed: 2, granted: 1, text: "a" }],
      }),
    }),
    "a quota that is kept": aReview({
      before: aSide({
        exceededQuotas: [{ quota: "onDemandVcpus", needed: 2, granted: 1, text: "a" }],
      }),
    }),
  };
  for (const [what, review] of Object.entries(differing)) {
    it(`is none with ${what}`, () => {
      assert.equal(isUnchanged(review), false);
    });
  }
});

describe("listed", () => {
  it("joins with commas and an and", () => {
    assert.deepEqual([[], ["a"], ["a", "b"], ["a", "b", "c"]].map(listed), [
      "",
      "a",
      "a and b",
      "a, b and c",
    ]);
  });
});
