import assert from "node:assert/strict";
import { join } from "node:path";
import { transform } from "sucrase";
import { renderFailure } from "../../../tools/preview/failure";
import { RecordingError } from "../../../tools/preview/recording-faults";
import { StackFilesError } from "../../../tools/preview/yaml-file";

describe("renderFailure", () => {
  it("gives each fault of the stack files a line of its own", () => {
    const error = new StackFilesError([
      { file: "Pulumi.dev.yaml", line: 3, message: "first" },
      { file: "Pulumi.dev.yaml", line: undefined, message: "second" },
    ]);

    assert.equal(
      renderFailure(error),
      "error: Pulumi.dev.yaml:3: first\nerror: Pulumi.dev.yaml: second\n",
    );
  });

  it("gives faults of the program as text, without a stack trace", () => {
    const cause = new Error("Cannot find module 'x'\nRequire stack:\n- /infra/stack.ts");
    const error = new RecordingError([
      { message: cause.message, cause, place: "infra/stack.ts:57" },
      { message: "an error that was logged", cause: undefined },
    ]);

    assert.equal(
      renderFailure(error),
      [
        "error: Cannot find module 'x' (infra/stack.ts:57)",
        "    Require stack:",
        "    - /infra/stack.ts",
        "error: an error that was logged",
        "",
      ].join("\n"),
    );
  });

  it("gives each fault of an error that lists them a line of its own", () => {
    const faults = ["one fault", "another fault"];
    const cause = Object.assign(new Error(`${faults.join("\n")}\n  in two lines`), { faults });

    assert.equal(
      renderFailure(new RecordingError([{ message: cause.message, cause }])),
      "error: one fault\nerror: another fault\n  in two lines\n",
    );
  });

  it("shows where the program has a mistake", () => {
    const cause = new TypeError("x is not a function");
    cause.stack = "TypeError: x is not a function\n    at infra/stack.ts:7:3";

    assert.equal(
      renderFailure(new RecordingError([{ message: cause.message, cause }])),
      [
        "error: the program has a mistake",
        "    TypeError: x is not a function",
        "        at infra/stack.ts:7:3",
        "",
      ].join("\n"),
    );
  });

  it("gives a file that cannot be read as TypeScript one line, without the reader's stack", () => {
    const file = join(process.cwd(), "infra/stack.ts");
    const said = (source: string) => {
      try {
        transform(source, { transforms: ["typescript"], filePath: file });
      } catch (cause) {
        return renderFailure(new RecordingError([{ message: String(cause), cause }]));
      }
      return undefined;
    };

    assert.equal(
      said("const a = {\n  b: 1 2,\n};\n"),
      'error: infra/stack.ts:2:8: unexpected token, expected ","\n',
    );
    assert.equal(said("const a = ;\n"), "error: infra/stack.ts:1:11: unexpected token\n");
  });

  it("shows where the program reads a text that is no JSON", () => {
    const cause = new SyntaxError("Unexpected token x");

    assert.match(
      renderFailure(new RecordingError([{ message: cause.message, cause }])),
      /^error: the program has a mistake\n {4}SyntaxError: Unexpected token x\n {8}at /,
    );
  });

  it("asks to report what can only be a mistake of the preview", () => {
    const error = new Error("broken");
    error.stack = "Error: broken\n    at tools/preview/tree.ts:1:1";

    assert.equal(
      renderFailure(error),
      [
        "error: the preview itself failed; please report it with these lines",
        "    Error: broken",
        "        at tools/preview/tree.ts:1:1",
        "",
      ].join("\n"),
    );
    assert.match(renderFailure("text"), /^error: the preview itself failed.*\n {4}text\n$/);
  });
});
