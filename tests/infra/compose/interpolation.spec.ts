import assert from "node:assert/strict";
import fc from "fast-check";
import { interpolate } from "../../../infra/compose/interpolation";

describe("interpolate", () => {
  for (const [source, text] of [
    ["plain", "plain"],
    ["", ""],
    ["$$", "$"],
    ["a$$HOME", "a$HOME"],
    ["$${PORT}", "${PORT}"],
    ["${PORT:-3000}:3000", "3000:3000"],
    ["${PORT-3000}", "3000"],
    ["${PORT:-}", ""],
    ["${A:-${B:-c}}d", "cd"],
    ["${A:-a$$b}", "a$b"],
    ['${A:-{"x":{}}}', '{"x":{}}'],
    ["${A:+x}y", "y"],
    ["${A+x}y", "y"],
    ["${A:-x-y:z?}", "x-y:z?"],
    ["${A:-1}${B:-2}", "12"],
  ] as const) {
    it(`reads ${JSON.stringify(source)} as an empty environment does`, () => {
      assert.deepEqual(interpolate(source), { text, faults: [] });
    });
  }

  for (const [source, name] of [
    ["$PORT", "PORT"],
    ["${PORT}", "PORT"],
    ["${_a1:?set it}", "_a1"],
    ["${PORT?}", "PORT"],
    ["${A:-${B}}", "B"],
  ] as const) {
    it(`refuses ${source}, which has no default`, () => {
      assert.deepEqual(interpolate(source).faults, [
        `takes ${name} from the shell, which a deployment does not have; write \${${name}:-default} or the value itself`,
      ]);
    });
  }

  for (const source of ["$5", "$", "a $ b", "$-"]) {
    it(`refuses the lone dollar sign of ${source}`, () => {
      assert.deepEqual(interpolate(source).faults, ["has a lone $; write $$ for a dollar sign"]);
    });
  }

  for (const [source, shown] of [
    ["${}", "${}"],
    ["${1A}", "${1A}"],
    ["${A!b}", "${A!b}"],
    ["x${A:-b", "${A:-b"],
    ["${A:}", "${A:}"],
  ] as const) {
    it(`refuses ${source}, which is no variable`, () => {
      assert.deepEqual(interpolate(source).faults, [
        `has ${shown}, which is no variable; write \${NAME:-default}, or $$ for a dollar sign`,
      ]);
    });
  }

  it("tells of every variable of a text", () => {
    assert.equal(interpolate("$A ${B} ${C:-c}").faults.length, 2);
  });

  it("gives any text back whose dollar signs are doubled", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const source = text.replaceAll("$", "$$$$");
        assert.deepEqual(interpolate(source), { text, faults: [] });
      }),
    );
  });
});
