import assert from "node:assert/strict";
import type { ResourceChange } from "../../../tools/compare/comparison";
import { referenceTo } from "../../../tools/compare/reference";
import type { Bag } from "../../../tools/preview/graph";
import { SECRET, UNKNOWN } from "../../../tools/preview/graph";
import { createdInputs, newStackNote } from "../../../tools/review/created-inputs";
import { aResource } from "../preview/small-graph";
import { aChange, aComparison, cluster } from "./comparisons";

const created = (inputs: Bag, type = "aws:sns/topic:Topic"): ResourceChange =>
  aChange({ operation: "create", type, after: aResource(type, "web", { inputs }) });

/** Lines with the signs of a report. */
const linesOf = (inputs: Bag, type?: string) =>
  createdInputs(created(inputs, type), aComparison()).map(
    ({ kind, text }) => `${{ input: "+ ", text: "    ", more: "# " }[kind]}${text}`,
  );

describe("createdInputs", () => {
  it("has single values and short lists by path, in order", () => {
    assert.deepEqual(
      linesOf({
        zones: ["a", "b"],
        count: 2,
        none: null,
        arn: referenceTo(cluster, "arn"),
        later: UNKNOWN,
        nested: { list: [{ on: true }], "a b": "c", empty: {} },
      }),
      [
        "+ arn: ${Vpc web.arn}",
        "+ count: 2",
        "+ later: [known after deployment]",
        "+ nested.list[0].on: true",
        '+ nested["a b"]: "c"',
        "+ nested.empty: {}",
        '+ zones: ["a", "b"]',
      ],
    );
  });

  it("has documents and texts last, with ten lines at most", () => {
    const statement = (sid: string) => ({ Sid: sid, Effect: "Allow", Action: "*", Resource: "*" });
    const policy = JSON.stringify({
      Version: "2012-10-17",
      Statement: ["A", "B", "C"].map(statement),
    });

    assert.deepEqual(linesOf({ policy, role: "web" }), [
      '+ role: "web"',
      "+ policy:",
      '    Version: "2012-10-17"',
      '    Statement[0].Sid: "A"',
      '    Statement[0].Effect: "Allow"',
      '    Statement[0].Action: "*"',
      '    Statement[0].Resource: "*"',
      '    Statement[1].Sid: "B"',
      '    Statement[1].Effect: "Allow"',
      '    Statement[1].Action: "*"',
      '    Statement[1].Resource: "*"',
      "    … 4 more lines",
    ]);
    assert.deepEqual(linesOf({ policy: '{"a":[1]}' }), ["+ policy: { a: [1] }"]);
  });

  it("reads user data, whose references have short names", () => {
    const userData = `#!/bin/sh\necho ${referenceTo(cluster, "name")}\n`;
    const lines = ["+ userData:", "    #!/bin/sh", "    echo ${Vpc web.name}"];

    assert.deepEqual(linesOf({ userData }), lines);
    assert.deepEqual(linesOf({ userData: Buffer.from(userData).toString("base64") }), lines);
  });

  it("has twelve lines at most, and counts the rest", () => {
    const first = (count: number) =>
      Object.fromEntries(Array.from("abcdefghijklmn".slice(0, count), (key) => [key, key]));

    assert.deepEqual(linesOf(first(14)).slice(10), ['+ k: "k"', '+ l: "l"', "# and 2 more"]);
    assert.equal(linesOf(first(14)).length, 13);
    assert.deepEqual(linesOf({ ...first(10), text: "1\n2\n3" }).slice(10), ["# and 1 more"]);
    assert.deepEqual(linesOf({ ...first(9), text: "1\n2\n3" }).slice(9), [
      "+ text:",
      "    1",
      "    … 2 more lines",
    ]);
    assert.deepEqual(linesOf({ ...first(9), text: "1\n2" }).slice(9), [
      "+ text:",
      "    1",
      "    2",
    ]);
  });

  it("leaves out tags and what equals the provider's defaults", () => {
    const type = "aws:autoscaling/group:Group";
    const inputs = { tags: { a: "b" }, tagsAll: { a: "b" }, healthCheckGracePeriod: 300 };

    assert.deepEqual(linesOf({ ...inputs, maxSize: 4 }, type), ["+ maxSize: 4"]);
    assert.deepEqual(linesOf({ healthCheckGracePeriod: 60 }, type), [
      "+ healthCheckGracePeriod: 60",
    ]);
  });

  it("tells no secret, by its place in a document, its name or its looks", () => {
    const environment = [{ name: "DB_PASSWORD", value: "hunter2" }];
    const lines = linesOf({
      containerDefinitions: JSON.stringify([{ name: "app", environment, image: "x".repeat(100) }]),
      environment: { variables: { API_TOKEN: "hunter2" } },
      masterPassword: "hunter2",
      metadataOptions: { httpTokens: "required" },
      userData: Buffer.from("#!/bin/sh\ncurl -u admin:hunter2 x\n").toString("base64"),
    });

    assert.deepEqual(lines.slice(0, 3), [
      `+ environment.variables.API_TOKEN: ${SECRET}`,
      `+ masterPassword: ${SECRET}`,
      '+ metadataOptions.httpTokens: "required"',
    ]);
    assert.ok(lines.includes(`    [0].environment[0].value: ${SECRET}`), lines.join("\n"));
    assert.ok(lines.includes(`    curl -u admin:${SECRET} x`), lines.join("\n"));
    assert.doesNotMatch(lines.join("\n"), /hunter2/);
  });

  it("writes out characters that act, which a text in base64 or JSON can hide", () => {
    const document = JSON.stringify({ text: `a\u001b[2J${"x".repeat(100)}` });

    assert.match(linesOf({ document })[1] ?? "", /^ {4}text: "a\\u001b\[2Jx+"$/);
    const userData = Buffer.from("#!/bin/sh\necho \u202e\n").toString("base64");
    assert.deepEqual(linesOf({ userData })[2], "    echo \\u{202e}");
  });

  it("is empty for other operations, for components and for a new stack", () => {
    const change = created({ a: 1 });
    const component = aResource("shop:index:Network", "web", { inputs: { a: 1 } });

    assert.deepEqual(createdInputs({ ...change, operation: "replace" }, aComparison()), []);
    assert.deepEqual(createdInputs({ ...change, after: component }, aComparison()), []);
    assert.deepEqual(createdInputs(change, aComparison({ before: undefined })), []);
  });
});

describe("newStackNote", () => {
  it("says of a new stack alone where the inputs are", () => {
    const changes = [created({ a: 1 })];

    assert.deepEqual(newStackNote(aComparison({ before: undefined, changes })), [
      "the stack is new: npm run preview -- dev --json has the inputs of all that is created",
    ]);
    assert.deepEqual(newStackNote(aComparison({ changes })), []);
    assert.deepEqual(newStackNote(aComparison({ before: undefined })), []);
  });
});
