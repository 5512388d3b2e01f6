import assert from "node:assert/strict";
import type { Bag } from "../../../../tools/preview/graph";
import { inputDifferences } from "../../../../tools/simulated-aws/cloud/input-differences";

const paths = (before: Bag, after: Bag, sets: readonly string[] = []) =>
  inputDifferences(before, after, { sets }).map(({ path, before: was, after: is }) => [
    path,
    was,
    is,
  ]);

const environment = (...names: string[]) =>
  names.map((name) => ({ name, value: name.toLowerCase() }));

describe("inputDifferences", () => {
  it("names the innermost place, and quotes keys that need it", () => {
    assert.deepEqual(
      paths(
        { healthCheck: { path: "/", port: 1 }, tags: { "a.b": "1" } },
        { healthCheck: { path: "/up", port: 1 }, tags: { "a.b": "2" } },
      ),
      [
        ["healthCheck.path", "/", "/up"],
        ['tags["a.b"]', "1", "2"],
      ],
    );
  });

  it("goes on inside of documents, and reads their spaces and the order of their keys as nothing", () => {
    const text = (cpu: number) => JSON.stringify([{ name: "app", cpu, memory: 2 }]);
    assert.deepEqual(paths({ containerDefinitions: text(1) }, { containerDefinitions: text(2) }), [
      ["containerDefinitions[app].cpu", 1, 2],
    ]);
    assert.deepEqual(paths({ policy: '{"a":1,"b":2}' }, { policy: '{ "b": 2, "a": 1 }' }), []);
    assert.deepEqual(paths({ policy: '{"a":1}' }, { policy: "[1]" }), [
      ["policy", '{"a":1}', "[1]"],
    ]);
  });

  it("finds elements by name wherever they stand, and tells another order", () => {
    const [a, b, c] = environment("A", "B", "C");
    assert.deepEqual(paths({ list: [a!, b!] }, { list: [c!, { ...a!, value: "x" }] }), [
      ["list[A].value", "a", "x"],
      ["list[B]", b, undefined],
      ["list[C]", undefined, c],
    ]);
    assert.deepEqual(paths({ list: [a!, b!] }, { list: [b!, a!] }), [
      ["list[*]", ["A", "B"], ["B", "A"]],
    ]);
    assert.deepEqual(paths({ list: [a!, b!] }, { list: [b!, a!] }, ["list"]), []);
  });

  it("quotes names that read like something else", () => {
    const named = (name: string, value: number) => ({ list: [{ name, value }] });
    assert.deepEqual(
      ["7", "*", "a]b"].map((name) => paths(named(name, 1), named(name, 2))[0]?.[0]),
      ['list["7"].value', 'list["*"].value', 'list["a]b"].value'],
    );
  });

  it("counts places from the end behind what differs", () => {
    const command = (...words: string[]): Bag => ({ command: words });
    assert.deepEqual(paths(command("node", "a.js"), command("node", "-r", "x", "a.js")), [
      ["command[1]", undefined, "-r"],
      ["command[2]", undefined, "x"],
    ]);
    assert.deepEqual(paths(command("a", "b", "c"), command("a", "d")), [
      ["command[1]", "b", "d"],
      ["command[2]", "c", undefined],
    ]);
  });

  it("takes elements of a set for others where they are gone", () => {
    assert.deepEqual(paths({ set: ["a", "b"] }, { set: ["c", "a", "d"] }, ["set"]), [
      ["set[1]", "b", "c"],
      ["set[2]", undefined, "d"],
    ]);
  });

  it("reads a null as nothing, and a text that is encoded on one side as another", () => {
    assert.deepEqual(paths({ a: { b: null } }, { a: {} }), []);
    const decode = (text: string) => (text.startsWith("!") ? text.slice(1) : undefined);
    const read = (before: string, after: string) =>
      inputDifferences({ t: before }, { t: after }, { sets: [], decode }).map(
        ({ before: was, after: is }) => [was, is],
      );
    assert.deepEqual(read("!a", "!b"), [["a", "b"]]);
    assert.deepEqual(read("!a", "a"), [["!a", "a"]]);
  });

  it("tells what is renewed though it reads the same, in keys of documents too", () => {
    const renewed = (text: string) => (text.includes("$") ? text : undefined);
    const again = (inputs: Bag) =>
      inputDifferences(inputs, structuredClone(inputs), { sets: [], renewed }).map(
        ({ path }) => path,
      );
    assert.deepEqual(again({ a: "x", b: ["$"], c: '{"d":["y","$"]}', e: '{"$":1}' }), [
      "b[0]",
      "c.d[1]",
      "e",
    ]);
  });
});
