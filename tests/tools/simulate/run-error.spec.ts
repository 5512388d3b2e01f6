import assert from "node:assert/strict";
import { PriceOverridesError } from "../../../capacity/price-overrides";
import { ObjectiveError } from "../../../capacity/tune/objective";
import { PlanError } from "../../../infra/plan/faults";
import { InputFileError } from "../../../tools/policy/json-file";
import { renderRunError } from "../../../tools/simulate/run-error";

describe("renderRunError", () => {
  it("gives each fault of what a person wrote a line", () => {
    assert.equal(
      renderRunError(new InputFileError("a.json", ["one", "two"]), "search"),
      "error: a.json: one\nerror: a.json: two\n",
    );
    assert.equal(
      renderRunError(new PriceOverridesError("p.json: one\np.json: two"), "search"),
      "error: p.json: one\nerror: p.json: two\n",
    );
    assert.equal(renderRunError(new ObjectiveError("three"), "search"), "error: three\n");
    assert.equal(renderRunError(new PlanError(["four"]), "search"), "error: four\n");
  });

  it("shows a mistake in code with its trace, and anything else that is thrown as it is", () => {
    assert.match(
      renderRunError(new TypeError("oops"), "search"),
      /^error: the search itself failed; please report it with these lines\n {4}TypeError: oops\n {8}at /,
    );
    assert.equal(
      renderRunError("no error", "simulation"),
      "error: the simulation itself failed; please report it with these lines\n    no error\n",
    );
  });
});
