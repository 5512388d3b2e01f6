import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readTraceFile, type Trace } from "../../../tools/simulate/trace-file";

describe("readTraceFile", () => {
  let directory = "";
  before(() => {
    directory = mkdtempSync(join(tmpdir(), "trace-"));
  });
  after(() => {
    rmSync(directory, { recursive: true });
  });

  const fileWith = (text: string | Uint8Array): string => {
    const file = join(directory, "some.csv");
    writeFileSync(file, text);
    return file;
  };
  const read = (...lines: string[]): Promise<Trace> =>
    readTraceFile(fileWith(lines.map((line) => `${line}\n`).join("")));
  const requestsOf = async (...lines: string[]): Promise<number[]> => [
    ...(await read(...lines)).load.requests,
  ];

  it("reads times and requests as they are, with a name, a start and a step", async () => {
    assert.deepEqual(
      await read(
        "time,requests",
        "2026-03-01T10:00:00Z,5",
        "2026-03-01T10:00:10Z,7.5",
        "2026-03-01T10:00:20Z,0",
      ),
      {
        load: {
          name: "some",
          startsAt: Date.UTC(2026, 2, 1, 10) / 1000,
          stepSeconds: 10,
          requests: Float64Array.of(5, 7.5, 0),
        },
        notes: [],
      },
    );
  });

  for (const [what, lines, startsAt] of [
    [
      "ISO times without a zone as UTC",
      ["2014-04-10 00:04:00,1", "2014-04-10 00:04:30,2"],
      "2014-04-10T00:04:00Z",
    ],
    ["offsets", ["2026-03-01T10:00+02:00,1", "2026-03-01T10:00:30+0200,2"], "2026-03-01T08:00:00Z"],
    [
      "fractions of a second",
      ["2026-03-01T10:00:00.000Z,1", "2026-03-01T10:00:30.000Z,2"],
      "2026-03-01T10:00:00Z",
    ],
    ["seconds since 1970", ["1767225600,1", "1767225630,2"], "2026-01-01T00:00:00Z"],
    ["small seconds as counted from a Monday", ["60,1", "90,2"], "2026-01-05T00:01:00Z"],
  ] as const) {
    it(`takes ${what}`, async () => {
      const { load } = await read("timestamp,count", ...lines);

      assert.deepEqual(
        [load.startsAt, load.stepSeconds, [...load.requests]],
        [Date.parse(startsAt) / 1000, 30, [1, 2]],
      );
    });
  }

  it("takes columns in any order and case, other columns, quotes, comments, semicolons and a mark of byte order", async () => {
    const bom = "\uFEFF";

    assert.deepEqual(
      await requestsOf(`${bom}Label;Sum;"Timestamp"`, "# exported", "x;3;0", "", '"y;z";4;60'),
      [3, 4],
    );
  });

  it("multiplies requests a second with the length of a row", async () => {
    assert.deepEqual(await requestsOf("time,rps", "0,2", "30,4", "60,0"), [60, 120, 0]);
  });

  it("fills gaps with a straight line and says where the longest is", async () => {
    const rows = Array.from({ length: 40 }, (_, row) => `${60 * row},10`);
    rows.splice(10, 1);
    rows.splice(20, 2);
    const { load, notes } = await read("time,requests", ...rows.slice(0, 36), "2340,40");

    assert.deepEqual(
      [load.requests.length, load.requests[10], load.requests[21], load.requests[39]],
      [40, 10, 10, 40],
    );
    assert.deepEqual(notes, [
      "2 gaps filled in straight lines, the longest of 2 min after line 21",
    ]);
  });

  it("says how rows of five minutes and uneven rows become steps", async () => {
    const long = await read("time,requests", "0,300", "300,300", "600,600");
    const uneven = await read("time,requests", "0,1", "3,1", "4,1", "11,1", "20,1");

    assert.deepEqual(long.notes, ["rows of 5 min brought to steps of 1 min"]);
    assert.deepEqual([long.load.stepSeconds, long.load.requests.length], [60, 15]);
    assert.deepEqual(uneven.notes, [
      "rows of uneven distances, 7 s in the middle, each counting until the next, brought to steps of 7 s",
    ]);
  });

  const refused: readonly (readonly [
    what: string,
    lines: readonly string[],
    faults: readonly string[],
  ])[] = [
    [
      "an empty file",
      [],
      ["is empty, must have a line such as 'time,requests' and a row for each step"],
    ],
    [
      "a header alone",
      ["time,requests"],
      ["has no row, must have two or more, which tell the step"],
    ],
    [
      "one row",
      ["time,requests", "0,1"],
      ["has one row, must have two or more, which tell the step"],
    ],
    [
      "a wrong header",
      ["when,hits", "0,1"],
      [
        "line 1: got the header 'when,hits', must name one column of time, timestamp, date, datetime and one of requests, count, sum, value, rps, requests_per_second",
      ],
    ],
    [
      "two columns of requests",
      ["time,count,sum", "0,1,2"],
      [
        "line 1: got the header 'time,count,sum', must name one column of time, timestamp, date, datetime and one of requests, count, sum, value, rps, requests_per_second",
      ],
    ],
    [
      "no header",
      ["0,1", "60,2"],
      [
        "line 1: got the header '0,1', must name one column of time, timestamp, date, datetime and one of requests, count, sum, value, rps, requests_per_second",
      ],
    ],
    [
      "figures that are none, all at once",
      ["time,requests", "0,-3", "60,NaN", "120,", "180,1e400", "240"],
      ["-3", "NaN", "", "1e400", ""].map(
        (got, row) => `line ${row + 2}: requests: got '${got}', must be a number of at least 0`,
      ),
    ],
    [
      "times that are none",
      ["time,requests", "soon,1", "2026-02-30,1", "2026-13-01T00:00:00Z,1", "-60,1", ",1"],
      ["soon", "2026-02-30", "2026-13-01T00:00:00Z", "-60", ""].map(
        (got, row) =>
          `line ${row + 2}: time: got '${got}', must be ISO 8601 such as 2026-01-05T13:00:00Z, or seconds`,
      ),
    ],
    [
      "milliseconds",
      ["time,requests", "1767225600000,1"],
      ["line 2: time: got '1767225600000', must be seconds; divide milliseconds by 1000"],
    ],
    [
      "unsorted and equal times",
      ["time,requests", "60,1", "0,1", "60,1", "120,1"],
      [
        "line 3: time: got '0', must be after '60' of line 2; sort the rows by time",
        "line 4: time: got '60', which is in line 2 too; keep one row for each time",
      ],
    ],
    [
      "seconds among dates",
      ["time,requests", "2026-01-01T00:00:00Z,1", "60,1"],
      ["line 3: time: got '60', must be a date and time as in line 2"],
    ],
    [
      "a gap of more than a day",
      ["time,requests", "0,1", "60,1", "120,1", "180,1", "240,1", "300,1", "100000,1"],
      ["line 7: got a gap of 1 d 3 h after it, may be 1 d long at most; cut the file there"],
    ],
    [
      "gaps in more than a tenth",
      ["time,requests", "0,1", "60,1", "120,1", "180,1", "240,1", "300,1", "600,1"],
      ["got gaps of 4 min in 11 min, may be 10 % at most; add the rows or cut the file"],
    ],
    [
      "a row that is years away",
      ["time,requests", "5,1", "6,1", "4000000000,1"],
      [
        "line 4: time: got '4000000000', must be within 366 days of '5' of line 2; cut the file there",
      ],
    ],
    [
      "two rows that are years apart",
      ["time,requests", "0,1", "4000000000,1"],
      [
        "line 3: time: got '4000000000', must be within 366 days of '0' of line 2; cut the file there",
      ],
    ],
    [
      "rows more than a day apart",
      ["time,requests", "0,1", "172800,1"],
      ["got rows 2 d apart, may be 1 d apart at most; a scaling needs the course of a day"],
    ],
    [
      "a long gap between uneven rows",
      ["time,requests", "0,1", "4,1", "100,1", "100000,1"],
      ["line 4: got a gap of 1 d 3 h after it, may be 1 d long at most; cut the file there"],
    ],
    [
      "a gap of many more rows than memory holds",
      ["time,requests", ...Array.from({ length: 8 }, (_, row) => `${row / 10000},1`), "31000000,1"],
      ["line 9: got a gap of 358 d 19 h after it, may be 1 d long at most; cut the file there"],
    ],
    [
      "a quote that does not end",
      ["time,requests", '0,"1'],
      ["line 2: is no CSV: quote not closed"],
    ],
  ];
  for (const [what, lines, faults] of refused) {
    it(`refuses ${what}`, async () => {
      const file = join(directory, "some.csv");

      await assert.rejects(read(...lines), {
        name: "InputFileError",
        message: faults.map((fault) => `${file}: ${fault}`).join("\n"),
      });
    });
  }

  it("reads no further after twenty faults", async () => {
    const rows = Array.from({ length: 50_000 }, () => "x,y");

    await assert.rejects(read("time,requests", ...rows), ({ message }: Error) => {
      const lines = message.split("\n");
      assert.equal(lines.length, 21);
      assert.match(lines[19] ?? "", /line 11: requests: got 'y'/);
      assert.match(lines[20] ?? "", /and 1 more faults/);
      return true;
    });
  });

  it("shows a binary file's first bytes as text only", async () => {
    await assert.rejects(
      readTraceFile(fileWith(Uint8Array.of(0x89, 0x50, 0x1b, 0x5b, 0x41, 0x0a, 0x1a))),
      /line 1: got the header '.P\?\[A', must name one column of time/,
    );
  });

  it("says what is the matter with a file that is not there and a folder", async () => {
    await assert.rejects(readTraceFile("/nowhere/some.csv"), {
      message: "/nowhere/some.csv: no such file",
    });
    await assert.rejects(readTraceFile(directory), {
      message: `${directory}: cannot be read (EISDIR)`,
    });
  });

  it("reads a large file as a stream, and tells how far it is", async () => {
    const rows = Array.from({ length: 50_000 }, (_, row) => `${10 * row},${row % 10}`);
    const shares: number[] = [];
    const file = fileWith(`time,requests\n${rows.join("\n")}\n`);
    const { load } = await readTraceFile(file, (share) => shares.push(share));

    assert.deepEqual([load.requests.length, load.requests.at(-1)], [50_000, 9]);
    assert.ok(shares.length > 1 && shares.at(-1) === 1);
    assert.deepEqual(
      shares,
      [...shares].sort((one, other) => one - other),
    );
  });
});
