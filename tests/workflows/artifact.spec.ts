import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { crc32, deflateRawSync } from "node:zlib";
import { FakeGithub } from "./fake-github";
import { script } from "./script";

const { readArtifact } = script("artifact.cjs") as {
  readArtifact: (request: object) => Promise<Record<string, string> | undefined>;
};

/** A ZIP archive with these members. */
function zip(members: readonly (readonly [name: string, content: Buffer | string])[]): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of members) {
    const content = Buffer.from(text);
    const packed = deflateRawSync(content);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(8, 4);
    fields.writeUInt32LE(crc32(content), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(content.length, 18);
    fields.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from("PK\x03\x04"), fields, Buffer.from(name), packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    central.push(
      Buffer.concat([Buffer.from("PK\x01\x02\x14\x00"), fields, tail, Buffer.from(name)]),
    );
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(members.length, 8);
  end.writeUInt16LE(members.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}

const anArtifact = (overrides: object = {}) => ({
  ...{ id: 1, name: "review", expired: false, size_in_bytes: 1000 },
  ...overrides,
});

async function read(github: FakeGithub, files = ["review.md"]) {
  return readArtifact({ github, repository: {}, runId: 5, name: "review", files });
}

describe("readArtifact", () => {
  before(function () {
    if (spawnSync("unzip", ["-v"]).status !== 0) {
      process.stdout.write("  skipped: reading an artifact needs unzip\n");
      this.skip();
    }
  });

  it("reads the named files, and no other", async () => {
    const github = new FakeGithub();
    github.artifacts = [anArtifact()];
    github.archive = zip([
      ["review.md", "# Review ✓\n"],
      ["review.json", "{}"],
      ["review.svg", "<svg/>"],
    ]);

    assert.deepEqual(await read(github, ["review.md", "review.json"]), {
      "review.md": "# Review ✓\n",
      "review.json": "{}",
    });
  });

  it("takes the newest of that name, wherever it is in the list", async () => {
    const github = new FakeGithub();
    github.artifacts = [
      ...Array.from({ length: 120 }, (_, index) => anArtifact({ id: index, name: "other" })),
      anArtifact({ id: 300 }),
      anArtifact({ id: 200 }),
      anArtifact({ id: 400, expired: true }),
    ];
    github.archive = zip([["review.md", "text"]]);

    await read(github);

    assert.deepEqual(github.written, ["download 300"]);
  });

  it("gives undefined where there is none", async () => {
    const github = new FakeGithub();
    github.artifacts = [anArtifact({ name: "reviews" }), anArtifact({ expired: true })];

    assert.equal(await read(github), undefined);
    assert.deepEqual(github.written, []);
  });

  it("refuses a large archive before it is downloaded", async () => {
    const github = new FakeGithub();
    github.artifacts = [anArtifact({ size_in_bytes: 5_242_881 })];

    await assert.rejects(read(github), {
      message: "the artifact review has 5242881 bytes; at most 5242880 are read",
    });
    assert.deepEqual(github.written, []);
  });

  it("refuses a small archive with a file that is large when it is unpacked", async () => {
    const github = new FakeGithub();
    github.artifacts = [anArtifact()];
    github.archive = zip([["review.md", Buffer.alloc(50 * 1024 * 1024)]]);

    assert.ok(github.archive.length < 100_000);
    await assert.rejects(read(github), {
      message: "review.md in the artifact is larger than 8388608 bytes",
    });
  });

  it("writes nothing to where a name in the archive leads", async () => {
    const github = new FakeGithub();
    const outside = "/tmp/artifact-outside.txt";
    github.artifacts = [anArtifact()];
    github.archive = zip([
      [`../${outside.slice(5)}`, "bad"],
      [`../../../../../..${outside}`, "bad"],
      [outside, "bad"],
      ["review.md", "good"],
    ]);

    assert.deepEqual(await read(github), { "review.md": "good" });
    assert.equal(existsSync(outside), false);
  });

  it("says which file is missing, and what is no archive", async () => {
    const github = new FakeGithub();
    github.artifacts = [anArtifact()];
    github.archive = zip([["other.md", "text"]]);
    await assert.rejects(read(github), {
      message: /^review\.md cannot be read from the artifact: .*not matched/s,
    });

    github.archive = Buffer.from("no archive");
    await assert.rejects(read(github), {
      message: /^review\.md cannot be read from the artifact: /,
    });
  });
});
