import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { StackFilesError, YamlFile } from "../../../tools/preview/yaml-file";

describe("YamlFile", () => {
  let directory = "";
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "yaml-file-"));
  });
  afterEach(() => {
    rmSync(directory, { recursive: true });
  });

  const path = (): string => join(directory, "a.yaml");

  /** What is wrong with the file as it is read; nothing where it can be read. */
  function faults(text?: string): string[] {
    if (text !== undefined) writeFileSync(path(), text);
    try {
      new YamlFile(directory, "a.yaml");
      return [];
    } catch (error) {
      assert.ok(error instanceof StackFilesError);
      return error.message.split("\n");
    }
  }

  it("resolves aliases and merge keys", () => {
    writeFileSync(path(), "a: &base { x: 1 }\nb: { <<: *base, y: 2 }\nc: { <<: [*base] }\n");
    const file = new YamlFile(directory, "a.yaml");

    assert.deepEqual(file.value(file.root), { a: { x: 1 }, b: { x: 1, y: 2 }, c: { x: 1 } });
  });

  const broken: readonly (readonly [string, string, readonly string[]])[] = [
    [
      "aliases without an anchor, each with its line",
      "a:\n  b: *x\nc: *y\n",
      [
        "a.yaml:2: *x: is an alias without an anchor; mark a value before it with &x, or quote the text",
        "a.yaml:3: *y: is an alias without an anchor; mark a value before it with &y, or quote the text",
      ],
    ],
    [
      "an alias within its anchor",
      "a: &x\n  b: [*x]\n",
      ["a.yaml:2: *x: is an alias of what it stands in; write the value out"],
    ],
    [
      "a merge key without a map",
      "a: &x 1\nb:\n  <<: *x\n",
      ["a.yaml:3: <<: must be a map, or an alias of one; write *name of a map"],
    ],
    [
      "a merge key with an alias without an anchor, once",
      "b:\n  <<: *x\n",
      [
        "a.yaml:2: *x: is an alias without an anchor; mark a value before it with &x, or quote the text",
      ],
    ],
    [
      "aliases that unfold without measure",
      "a: &a [x, x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c]\n",
      ["a.yaml: broken YAML: excessive alias count indicates a resource exhaustion attack"],
    ],
    [
      "a key that is there twice, by name and with both lines",
      "a: 1\nb:\n  a: 2\n  c: 3\n  a: 4\n",
      ["a.yaml:5: a: is given a second time, first in line 3; keep one"],
    ],
    [
      "a second document",
      "a: 1\n---\nb: 2\n",
      ["a.yaml:2: a second document begins here, must be one; remove this line or what follows"],
    ],
    [
      "a tag that nobody reads",
      "a: 1\nb: !Ref c\n",
      ["a.yaml:2: !Ref: is no tag that is read; write the value without it"],
    ],
  ];
  for (const [what, text, expected] of broken) {
    it(`refuses ${what}`, () => {
      assert.deepEqual(faults(text), expected);
    });
  }

  it("refuses a folder in place of the file", () => {
    mkdirSync(path());

    assert.deepEqual(faults(), [
      "a.yaml: is a folder, must be a file; remove the folder and write the file",
    ]);
  });

  it("refuses a link that leads nowhere", () => {
    symlinkSync(join(directory, "gone.yaml"), path());

    assert.deepEqual(faults(), [
      "a.yaml: is a link to a file that is not there; correct the link or write the file",
    ]);
  });

  it("refuses a link that leads to itself", () => {
    symlinkSync(path(), path());

    assert.deepEqual(faults(), [
      "a.yaml: is a link that leads to itself; correct the link or write the file",
    ]);
  });
});
