import * as assert from "node:assert/strict";

import { compare, type Measurement } from "../../../bench/preview/comparison";
import { renderMarkdown, type BenchResult } from "../../../bench/preview/render-comparison";

describe("renderMarkdown", () => {
  const measurements: Measurement[] = [
    {
      command: "import",
      label: "bare import",
      warmUp: { wallMs: 812, peakRssBytes: 150e6 },
      rounds: [{ wallMs: 700, peakRssBytes: 150e6 }],
    },
    {
      command: "preview",
      label: "`npm run preview`",
      warmUp: { wallMs: 2000, peakRssBytes: 200e6 },
      rounds: [{ wallMs: 1050, peakRssBytes: 200.4e6 }],
    },
    {
      command: "cdk-init",
      label: "`cdk synth`",
      warmUp: { wallMs: 9999, peakRssBytes: 460e6 },
      rounds: [{ wallMs: 4200, peakRssBytes: 460e6 }],
    },
    {
      command: "cdk-compiled",
      label: "`cdk synth`, compiled",
      warmUp: { wallMs: 4100, peakRssBytes: 450e6 },
      rounds: [{ wallMs: 3000, peakRssBytes: 450e6 }],
    },
  ];
  const result: BenchResult = {
    rounds: 1,
    machine: {
      processor: "Example CPU",
      processors: 2,
      memoryBytes: 8e9,
      system: "Linux x64",
      node: "20.19.0",
      npm: "10.8.2",
      loadAverage: 0.256,
    },
    memoryMeter: "time",
    resources: { previewResources: 80, previewComponents: 9, cdkResources: 59 },
    measurements,
    comparison: compare(measurements),
  };

  it("prints machine, times, counts and targets", () => {
    assert.equal(
      renderMarkdown(result),
      `2 x Example CPU, 8 GB, Linux x64, Node 20.19.0, npm 10.8.2;
1 rounds after one warm-up, load average at the start 0.26.

| Command | Median | Lowest to highest | Times the preview | Peak memory |
| --- | ---: | ---: | ---: | ---: |
| bare import | 0.70 s | 0.70 s to 0.70 s | 0.67 | 150 MB |
| \`npm run preview\` | 1.05 s | 1.05 s to 1.05 s | 1.00 | 200 MB |
| \`cdk synth\` | 4.20 s | 4.20 s to 4.20 s | 4.00 | 460 MB |
| \`cdk synth\`, compiled | 3.00 s | 3.00 s to 3.00 s | 2.86 | 450 MB |

Peak memory is the resident memory of the largest single process of a command, as /usr/bin/time reads it.

The preview shows 80 resources and 9 components; the template of the CDK app holds 59 resources.

| Target | Measured | Reached |
| --- | ---: | --- |
| \`npm run preview\` takes at most 2.0 times the bare import | 1.50, rounds 1.50 to 1.50 (limit 2.0) | yes |
| preview is at least 5.0 times faster than \`cdk synth\` | 4.00, rounds 4.00 to 4.00 (limit 5.0) | **no** |
| for comparison: preview is at least 5.0 times faster than \`cdk synth\`, compiled | 2.86, rounds 2.86 to 2.86 (limit 5.0) | no |
| preview stays below 350 MB of resident memory | 200 MB | yes |
`,
    );
  });

  it("says which meter read the memory", () => {
    const text = renderMarkdown({ ...result, memoryMeter: "node" });

    assert.match(text, /of a command, as each Node process reports it\.$/m);
  });

  it("leaves out the CDK app that was skipped", () => {
    const resources = { ...result.resources, cdkResources: undefined };

    const text = renderMarkdown({ ...result, resources });

    assert.match(text, /^The preview shows 80 resources and 9 components\.$/m);
  });
});
