import assert from "node:assert/strict";
import { fieldOf, readContainers } from "../../policies/containers";

describe("readContainers", () => {
  it("reads every container, and the names that there are", () => {
    const text = JSON.stringify([{ name: "app", cpu: 1 }, { Name: "proxy" }, { name: 3 }, {}]);

    assert.deepEqual(readContainers(text), {
      containers: [
        { name: "app", label: 'container "app"', definition: { name: "app", cpu: 1 } },
        { name: "proxy", label: 'container "proxy"', definition: { Name: "proxy" } },
        { name: undefined, label: "a container without a name", definition: { name: 3 } },
        { name: undefined, label: "a container without a name", definition: {} },
      ],
    });
  });

  for (const [given, got] of [
    [undefined, "is not set"],
    [null, "is not set"],
    [[{ name: "app" }], "is not a text"],
    [3, "is not a text"],
    ["", "is not JSON"],
    ['[{"name":"app"}', "is not JSON"],
    ['{"name":"app"}', "is not a list"],
    ["null", "is not a list"],
    ["[]", "is an empty list"],
    ['[{"name":"app"},"proxy"]', "has no container at index 1"],
    ["[null]", "has no container at index 0"],
    ["[[]]", "has no container at index 0"],
  ] as const) {
    it(`says of ${JSON.stringify(given)} that it ${got}`, () => {
      assert.deepEqual(readContainers(given), {
        fault: {
          got: `containerDefinitions ${got}`,
          allowed: "a JSON list of one or more container definitions",
          fix: "build it with pulumi.jsonStringify, with secrets only by reference",
        },
      });
    });
  }

  it("reads ten thousand containers", () => {
    const read = readContainers(JSON.stringify(Array.from({ length: 10_000 }, () => ({}))));

    assert.equal("containers" in read && read.containers.length, 10_000);
  });
});

describe("fieldOf", () => {
  for (const [what, object, path, value] of [
    ["a field", { user: "1" }, ["user"], "1"],
    [
      "a field whatever its case",
      { READONLYRootFilesystem: true },
      ["readonlyRootFilesystem"],
      true,
    ],
    ["the last of equal fields", { privileged: false, Privileged: true }, ["privileged"], true],
    ["a field further down", { LinuxParameters: { Add: [1] } }, ["linuxParameters", "add"], [1]],
    ["null as absent", { user: null }, ["user"], undefined],
    ["nothing of a list", { user: [1] }, ["user", "0"], undefined],
    ["nothing of a text", "user", ["length"], undefined],
    ["nothing of nothing", undefined, ["user"], undefined],
    ["nothing that an object only inherits", {}, ["constructor"], undefined],
  ] as const) {
    it(`reads ${what}`, () => {
      assert.deepEqual(fieldOf(object, ...path), value);
    });
  }
});
