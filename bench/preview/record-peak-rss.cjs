// Loaded into every Node process of a measured command where /usr/bin/time is missing.
const { writeFileSync } = require("node:fs");
const { join } = require("node:path");

process.on("exit", () => {
  const folder = process.env["BENCH_PEAK_RSS_FOLDER"];
  if (folder !== undefined) {
    writeFileSync(join(folder, String(process.pid)), String(process.resourceUsage().maxRSS));
  }
});
