import assert from "node:assert/strict";
import { createColors } from "picocolors";
import { SECRET, UNKNOWN } from "../../../tools/preview/graph";
import { renderOutputs } from "../../../tools/preview/outputs";

const pipe = { colors: createColors(false), columns: undefined };

describe("renderOutputs", () => {
  it("sorts by name, marks what is unknown or secret and keeps texts ready to be copied", () => {
    const outputs = {
      url: UNKNOWN,
      cluster: "web",
      password: SECRET,
      tasks: 3,
      secure: false,
      nothing: null,
      empty: "",
    };

    assert.equal(
      renderOutputs(outputs, pipe),
      [
        "Outputs:",
        "    cluster:  web",
        '    empty:    ""',
        "    nothing:  null",
        "    password: [secret]",
        "    secure:   false",
        "    tasks:    3",
        "    url:      [known after deployment]",
      ].join("\n"),
    );
  });

  it("indents lists, maps and texts of several lines", () => {
    const outputs = {
      addresses: ["192.0.2.1", UNKNOWN],
      commands: { logs: UNKNOWN, script: "first\nsecond", services: "aws ecs list-services" },
      empty: { list: [], map: {} },
      pairs: [{ from: 1, to: { port: 80 } }, [2]],
    };

    assert.equal(
      renderOutputs(outputs, pipe),
      [
        "Outputs:",
        "    addresses:",
        "        - 192.0.2.1",
        "        - [known after deployment]",
        "    commands:",
        "        logs:     [known after deployment]",
        "        script:   first",
        "            second",
        "        services: aws ecs list-services",
        "    empty:",
        "        list: []",
        "        map:  {}",
        "    pairs:",
        "        - from: 1",
        "          to:",
        "              port: 80",
        "        - - 2",
      ].join("\n"),
    );
  });

  it("says that there are none", () => {
    assert.equal(renderOutputs({}, pipe), "Outputs:\n    none");
  });

  it("never cuts a value, and dims what is unknown on a terminal", () => {
    const command = "aws ".repeat(60).trim();
    const text = renderOutputs(
      { command, url: UNKNOWN },
      { colors: createColors(true), columns: 40 },
    );

    assert.equal(
      text,
      [
        "\u001b[1m\u001b[35mOutputs:\u001b[39m\u001b[22m",
        `    command: ${command}`,
        "    url:     \u001b[2m[known after deployment]\u001b[22m",
      ].join("\n"),
    );
  });
});
