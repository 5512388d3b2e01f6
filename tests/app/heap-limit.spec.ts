import assert from "node:assert/strict";
import { aContainer } from "../support/stack-plans";
import { explicitHeapMiB, heapLimitMiB } from "./heap-limit";
import { describeImage } from "./image-description";

describe("heapLimitMiB", () => {
  /** `v8.getHeapStatistics().heap_size_limit` in MiB by the memory limit of the cgroup. */
  const measured: readonly (readonly [memoryMiB: number, node20: number, node24: number])[] = [
    [128, 259, 259],
    [256, 259, 259],
    [384, 259, 259],
    [512, 259, 259],
    [768, 396, 432],
    [1024, 524, 560],
    [2048, 1048, 1120],
    [8192, 2096, 2240],
    [16384, 4144, 4288],
  ];

  it("is at least what Node allows itself, and little more", () => {
    for (const [memoryMiB, node20, node24] of measured) {
      const limit = heapLimitMiB(memoryMiB, undefined);
      assert.ok(limit >= Math.max(node20, node24), `${limit} MiB of ${memoryMiB} MiB`);
      assert.ok(limit <= node20 * 1.125, `${limit} MiB of ${memoryMiB} MiB`);
    }
  });

  it("takes an explicit old generation as it is, whatever the memory", () => {
    assert.equal(heapLimitMiB(512, 800), 900);
  });
});

describe("explicitHeapMiB", () => {
  const image = (...lines: readonly string[]) =>
    describeImage(["FROM node AS service", ...lines, ""].join("\n"), "service");

  it("is undefined where nothing says it", () => {
    assert.equal(explicitHeapMiB(image('CMD ["node", "a.js"]'), aContainer()), undefined);
  });

  it("reads NODE_OPTIONS of the image, and of the container in its place", () => {
    const described = image("ENV NODE_OPTIONS=--max-old-space-size=300");
    const environment = { NODE_OPTIONS: "--enable-source-maps --max_old_space_size=200" };

    assert.equal(explicitHeapMiB(described, aContainer()), 300);
    assert.equal(explicitHeapMiB(described, aContainer({ environment })), 200);
  });

  it("lets the command win over NODE_OPTIONS, and the container's command over the image's", () => {
    const described = image(
      "ENV NODE_OPTIONS=--max-old-space-size=300",
      'CMD ["node", "--max-old-space-size=250", "a.js"]',
    );
    const command = ["node", "--max-old-space-size", "100", "a.js"];

    assert.equal(explicitHeapMiB(described, aContainer()), 250);
    assert.equal(explicitHeapMiB(described, aContainer({ command })), 100);
  });
});
