import * as assert from "node:assert/strict";

import * as fc from "fast-check";

import {
  compare,
  median,
  pairwiseRatios,
  spreadOf,
  type CommandId,
  type Measurement,
} from "../../../bench/preview/comparison";

describe("median", () => {
  it("takes the middle one of an odd number of values", () => {
    assert.equal(median([9, 1, 5]), 5);
  });

  it("takes the mean of the two middle ones of an even number", () => {
    assert.equal(median([10, 1, 3, 2]), 2.5);
  });

  it("compares numbers as numbers", () => {
    assert.equal(median([100, 9, 20]), 20);
  });

  it("refuses an empty list", () => {
    assert.throws(() => median([]), new RangeError("a median needs at least one value"));
  });

  it("has as many values below it as above it and changes none", () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 1 }), (values) => {
        const before = [...values];

        const middle = median(values);

        assert.deepEqual(values, before);
        assert.ok(values.filter((value) => value < middle).length <= values.length / 2);
        assert.ok(values.filter((value) => value > middle).length <= values.length / 2);
      }),
    );
  });
});

describe("spreadOf", () => {
  it("names median, lowest and highest value", () => {
    assert.deepEqual(spreadOf([4, 1, 2]), { median: 2, lowest: 1, highest: 4 });
  });
});

describe("pairwiseRatios", () => {
  it("divides the values of the same round", () => {
    assert.deepEqual(pairwiseRatios([2, 9], [1, 3]), [2, 3]);
  });

  it("refuses lists of different lengths", () => {
    assert.throws(
      () => pairwiseRatios([1, 2], [1]),
      new RangeError("pairs need as many numerators (2) as denominators (1)"),
    );
  });
});

describe("compare", () => {
  const reached = (measurements: Measurement[]) =>
    Object.fromEntries(
      compare(measurements).targets.map(({ target, reached: isReached }) => [target, isReached]),
    );
  const importTarget = "label of preview takes at most 2.0 times the bare import";
  const memoryTarget = "preview stays below 350 MB of resident memory";

  it("makes a row of each command in the order given", () => {
    const { rows } = compare([
      aMeasurement("import", [500, 1000, 600]),
      aMeasurement("preview", [1000, 1500, 1000], [300e6, 320e6, 310e6]),
    ]);

    assert.deepEqual(rows, [
      {
        command: "import",
        label: "label of import",
        wallMs: { median: 600, lowest: 500, highest: 1000 },
        peakRssBytes: 100e6,
        timesPreview: { median: 0.6, lowest: 0.5, highest: 2 / 3 },
      },
      {
        command: "preview",
        label: "label of preview",
        wallMs: { median: 1000, lowest: 1000, highest: 1500 },
        peakRssBytes: 320e6,
        timesPreview: { median: 1, lowest: 1, highest: 1 },
      },
    ]);
  });

  it("judges the ratios of the rounds, not the ratio of the medians", () => {
    const [target] = compare([
      aMeasurement("import", [100, 200, 300]),
      aMeasurement("preview", [300, 200, 330]),
    ]).targets;

    assert.deepEqual(target, {
      target: importTarget,
      limit: 2,
      measured: 1.1,
      spread: { median: 1.1, lowest: 1, highest: 3 },
      reached: true,
      binding: true,
    });
  });

  it("reaches the import target at its limit and misses it above", () => {
    const bareImport = aMeasurement("import", [500]);

    assert.equal(reached([bareImport, aMeasurement("preview", [1000])])[importTarget], true);
    assert.equal(reached([bareImport, aMeasurement("preview", [1001])])[importTarget], false);
  });

  it("reaches the target against cdk synth at its limit and misses it below", () => {
    const base = [aMeasurement("import", [900]), aMeasurement("preview", [1000])];
    const target = "preview is at least 5.0 times faster than label of cdk-init";

    assert.equal(reached([...base, aMeasurement("cdk-init", [5000])])[target], true);
    assert.equal(reached([...base, aMeasurement("cdk-init", [4999])])[target], false);
  });

  it("misses the memory target when one round reaches the limit", () => {
    const bareImport = aMeasurement("import", [500, 500]);
    const previewWith = (peak: number) => aMeasurement("preview", [600, 600], [200e6, peak]);

    assert.equal(reached([bareImport, previewWith(350e6 - 1)])[memoryTarget], true);
    assert.equal(reached([bareImport, previewWith(350e6)])[memoryTarget], false);
  });

  it("binds the usual preview and today's way of cdk init only, and leaves out what was not measured", () => {
    const ids: CommandId[] = [
      "import",
      "preview-first",
      "preview",
      "cdk-init",
      "cdk-ts-node",
      "cdk-compiled",
    ];
    const bindings = (of: CommandId[]) =>
      compare(of.map((id) => aMeasurement(id, [1]))).targets.map(({ binding }) => binding);

    assert.deepEqual(bindings(ids), [false, true, true, false, false, true]);
    assert.deepEqual(bindings(["import", "preview"]), [true, true]);
  });

  it("refuses to compare without the preview or the import", () => {
    const fault = new RangeError("a comparison needs the measurements of import and preview");

    assert.throws(() => compare([aMeasurement("import", [1])]), fault);
    assert.throws(() => compare([aMeasurement("preview", [1])]), fault);
  });
});

function aMeasurement(
  command: CommandId,
  wallMs: readonly number[],
  peaks: readonly number[] = [],
): Measurement {
  return {
    command,
    label: `label of ${command}`,
    warmUp: { wallMs: 9000, peakRssBytes: 999e6 },
    rounds: wallMs.map((ms, round) => ({ wallMs: ms, peakRssBytes: peaks[round] ?? 100e6 })),
  };
}
