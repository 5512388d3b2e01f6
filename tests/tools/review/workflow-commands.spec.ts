import assert from "node:assert/strict";
import { withoutCommands, workflowCommand } from "../../../tools/review/workflow-commands";

describe("workflowCommand", () => {
  it("writes properties and message as the runner reads them", () => {
    assert.equal(
      workflowCommand("error", { file: "infra/a.ts", line: 3, title: "x" }, "a: b, c"),
      "::error file=infra/a.ts,line=3,title=x::a: b, c\n",
    );
    assert.equal(workflowCommand("endgroup", {}, ""), "::endgroup::\n");
  });

  it("escapes what would end a property, the message or the line", () => {
    assert.equal(
      workflowCommand("notice", { file: "a,b:c%\r\n" }, "50%\r\n::error::no, it: is not"),
      "::notice file=a%2Cb%3Ac%25%0D%0A::50%25%0D%0A::error::no, it: is not\n",
    );
  });
});

describe("withoutCommands", () => {
  it("stops the runner from reading commands until the text is over", () => {
    assert.equal(
      withoutCommands("::error::no\n", "word"),
      "::stop-commands::word\n::error::no\n::word::\n",
    );
    assert.equal(withoutCommands("a", "word"), "::stop-commands::word\na\n::word::\n");
    assert.equal(withoutCommands("", "word"), "::stop-commands::word\n::word::\n");
  });
});
