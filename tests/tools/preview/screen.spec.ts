import assert from "node:assert/strict";
import { createColors } from "picocolors";
import { renderLine, screenOf } from "../../../tools/preview/screen";

const terminal = { isTTY: true, columns: 100, write: () => true };
const pipe = { write: () => true };

describe("screenOf", () => {
  it("gives a terminal colours and its width, a pipe neither", () => {
    const onTerminal = screenOf(terminal, { TERM: "xterm" }, true);
    const inPipe = screenOf(pipe, { TERM: "xterm" }, true);

    assert.deepEqual([onTerminal.colors.isColorSupported, onTerminal.columns], [true, 100]);
    assert.deepEqual([inPipe.colors.isColorSupported, inPipe.columns], [false, undefined]);
  });

  it("leaves lines whole on a terminal that does not know its width", () => {
    assert.equal(screenOf({ ...terminal, columns: 0 }, {}, true).columns, undefined);
  });

  const cases = [
    { stream: terminal, environment: { NO_COLOR: "1" }, allowed: true, colors: false },
    { stream: terminal, environment: { NO_COLOR: "" }, allowed: true, colors: true },
    {
      stream: terminal,
      environment: { NO_COLOR: "1", FORCE_COLOR: "1" },
      allowed: true,
      colors: false,
    },
    { stream: terminal, environment: { FORCE_COLOR: "0" }, allowed: true, colors: false },
    { stream: terminal, environment: { TERM: "dumb" }, allowed: true, colors: false },
    { stream: terminal, environment: {}, allowed: false, colors: false },
    { stream: pipe, environment: { FORCE_COLOR: "1" }, allowed: true, colors: true },
    { stream: pipe, environment: { FORCE_COLOR: "" }, allowed: true, colors: false },
    { stream: pipe, environment: { FORCE_COLOR: "1" }, allowed: false, colors: false },
    { stream: pipe, environment: { CI: "true" }, allowed: true, colors: false },
  ];
  for (const { stream, environment, allowed, colors } of cases) {
    const where = stream === terminal ? "terminal" : "pipe";
    const flag = allowed ? "" : " and --no-color";
    it(`is ${colors ? "coloured" : "plain"} on a ${where} with ${JSON.stringify(environment)}${flag}`, () => {
      assert.equal(screenOf(stream, environment, allowed).colors.isColorSupported, colors);
    });
  }
});

describe("renderLine", () => {
  const { green, bold } = createColors(true);
  const spans = [
    { text: "abc", paint: green },
    { text: "def  ", paint: bold },
  ];

  it("paints each span and drops blanks at the end", () => {
    assert.equal(renderLine(spans), "\u001b[32mabc\u001b[39m\u001b[1mdef\u001b[22m");
    assert.equal(renderLine([...spans, { text: "  ", paint: green }]), renderLine(spans));
  });
});
