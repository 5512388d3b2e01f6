import * as assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { memoryMeter, parsePeakRss } from "../../../bench/preview/peak-memory";
import { runCommand } from "../../../bench/preview/run-command";

describe("parsePeakRss", () => {
  it("takes the largest reading and turns KiB into bytes", () => {
    assert.equal(parsePeakRss(["100\n", "2048", "999"]), 2_097_152);
  });

  it("refuses a missing reading", () => {
    assert.throws(
      () => parsePeakRss([]),
      new Error(
        "peak memory: got [], expected whole numbers of KiB; the measured command was probably killed",
      ),
    );
  });

  it("refuses a reading that is no number", () => {
    assert.throws(
      () => parsePeakRss(["12", "Command terminated by signal 9\n"]),
      /^Error: peak memory: got \["12","Command terminated by signal 9\\n"\], expected whole numbers/,
    );
  });
});

describe("memoryMeter", () => {
  for (const timeProgram of ["/usr/bin/time", "/nonexistent/time"]) {
    it(`sees the memory of a process that the command starts, asked for ${timeProgram}`, async () => {
      const folder = mkdtempSync(join(tmpdir(), "peak-memory-"));
      try {
        const filled = "Buffer.alloc(200e6, 1)";
        const starts = `require("node:child_process").execFileSync(process.execPath, ["-e", "${filled}"])`;
        const { command, readPeakRssBytes } = memoryMeter(folder, timeProgram).meter({
          file: process.execPath,
          args: ["-e", starts],
          cwd: folder,
          env: process.env,
        });

        await runCommand(command, {
          timeLimitMs: 15_000,
          signal: new AbortController().signal,
        });

        const peak = readPeakRssBytes();
        assert.ok(peak > 200e6 && peak < 350e6, `got ${peak}`);
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  }

  it("falls back to Node where there is no time program", () => {
    assert.equal(memoryMeter(tmpdir(), "/nonexistent/time").kind, "node");
  });

  it("falls back to Node where the time program knows no format", () => {
    assert.equal(memoryMeter(tmpdir(), process.execPath).kind, "node");
  });
});
