import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { WaiverBook } from "../../policies/waivers";
import { readGraphFile } from "../../tools/policy/graph-file";
import { judgeGraph } from "../../tools/policy/judge";
import type { ResourceGraph } from "../../tools/preview/graph";
import { copiesOf } from "./copies";

const COPIES = [1, 10, 50, 100];
const ROUNDS = 5;

/** Times the whole pack over the prod graph and over copies of it, in one process after a warm-up. */
async function main(): Promise<void> {
  const graph = recordProd();
  await judged(copiesOf(graph, 1));
  const rows: (readonly [copies: number, resources: number, milliseconds: number])[] = [];
  for (const copies of COPIES) {
    const copied = copiesOf(graph, copies);
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      times.push(await judged(copied));
    }
    rows.push([copies, copied.resources.length, median(times)]);
  }
  const lines = rows.map(
    ([copies, resources, milliseconds]) =>
      `| ${copies} x prod | ${resources} | ${milliseconds.toFixed(0)} ms | ${(milliseconds / resources).toFixed(3)} ms |`,
  );
  process.stdout.write(
    [
      "| Graph | Resources | Median of 5 | A resource |",
      "| --- | ---: | ---: | ---: |",
      ...lines,
      "",
    ].join("\n"),
  );
}

async function judged(graph: ResourceGraph): Promise<number> {
  const begin = performance.now();
  await judgeGraph(graph, { waivers: new WaiverBook([], "2026-01-01") });
  return performance.now() - begin;
}

function recordProd(): ResourceGraph {
  const folder = mkdtempSync(join(tmpdir(), "policy-bench-"));
  try {
    const root = resolve(__dirname, "../..");
    const json = execFileSync(process.execPath, ["tools/preview/start.cjs", "prod", "--json"], {
      cwd: root,
      maxBuffer: 64 * 1024 * 1024,
    });
    const file = join(folder, "prod.json");
    writeFileSync(file, json);
    return readGraphFile(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

void main();
