import assert from "node:assert/strict";
import { MetricWindow } from "../../../capacity/simulate/metric-window";

function readAll(window: MetricWindow, now: number): number[] {
  const values: number[] = [];
  while (window.hasVisible(now)) {
    values.push(window.read());
  }
  return values;
}

describe("MetricWindow", () => {
  it("closes on absolute minutes and shows the mean after its lag", () => {
    const window = new MetricWindow(1030, 60, 120);
    window.add(10, 20);
    window.add(40, 10);
    window.close(49);
    assert.deepEqual(readAll(window, 1000), []);
    window.close(50);
    assert.deepEqual(readAll(window, 169), []);
    assert.deepEqual(readAll(window, 170), [20]);
    window.add(7, 60);
    window.close(110);
    assert.deepEqual(readAll(window, 229), []);
    assert.deepEqual(readAll(window, 230), [7]);
  });

  it("has no value for a period in which nothing was measured", () => {
    const window = new MetricWindow(0, 60, 0);
    window.add(NaN, 60);
    window.close(60);
    assert.deepEqual(readAll(window, 60), [NaN]);
  });

  it("gives each period that a longer step ends its value", () => {
    const window = new MetricWindow(0, 20, 15);
    window.add(5, 60);
    window.close(60);
    assert.deepEqual(readAll(window, 54), [5]);
    assert.deepEqual(readAll(window, 75), [5, 5]);
  });
});
