import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { decodeUserData } from "../../policies/user-data";

describe("decodeUserData", () => {
  it("decodes base64", () => {
    assert.equal(decodeUserData(Buffer.from("#!/bin/bash\n").toString("base64")), "#!/bin/bash\n");
  });

  it("uncompresses a gzip file", () => {
    assert.equal(decodeUserData(gzipSync("#!/bin/bash\n").toString("base64")), "#!/bin/bash\n");
  });

  it("uncompresses a megabyte and no more", () => {
    const megabyte = "a".repeat(1024 * 1024);

    assert.equal(decodeUserData(gzipSync(megabyte).toString("base64")), megabyte);
    assert.notEqual(decodeUserData(gzipSync(`${megabyte}a`).toString("base64"))[0], "a");
  });

  it("leaves a damaged gzip file as it is", () => {
    const damaged = Buffer.from([0x1f, 0x8b, 0x41]);

    assert.equal(decodeUserData(damaged.toString("base64")), damaged.toString());
  });

  it("reads nothing from nothing", () => {
    assert.equal(decodeUserData(""), "");
  });
});
