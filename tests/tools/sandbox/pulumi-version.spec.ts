import assert from "node:assert/strict";
import { join } from "node:path";
import { checkVersion, pinnedVersion, versionOf } from "../../../tools/sandbox/pulumi-version";
import { fakePulumi, temporaryFolder, write } from "./sandbox-places";

const check = (version: string) => checkVersion("/opt/pulumi", version, "3.248.0");

describe("checkVersion", () => {
  it("takes the pinned version, and any patch of its minor version", () => {
    assert.deepEqual(["v3.248.0", "v3.248.7", "v3.248.0-dev.0"].map(check), [
      undefined,
      undefined,
      undefined,
    ]);
  });

  it("warns of a newer minor version", () => {
    assert.equal(
      check("v3.249.0"),
      "the Pulumi CLI at /opt/pulumi is v3.249.0; this project is tested with 3.248.0",
    );
  });

  it("refuses an older minor version and another major one", () => {
    for (const version of ["v3.247.9", "v2.300.0", "v4.0.0"]) {
      assert.throws(() => check(version), {
        name: "SandboxError",
        message: `the Pulumi CLI at /opt/pulumi is ${version}, but the project's SDK is 3.248.0; use a CLI from 3.248.0 up to below 4.0.0`,
      });
    }
  });

  it("refuses one that says no version, as one does that was built without it", () => {
    assert.throws(() => check(""), {
      message:
        '/opt/pulumi says that its version is ""; use a released Pulumi CLI, 3.248.0 or newer',
    });
  });
});

describe("versionOf", () => {
  const root = temporaryFolder();

  it("is what the CLI says", () => {
    const { path } = fakePulumi(join(root, "pulumi"), "v3.248.0");

    assert.equal(versionOf(path, {}), "v3.248.0");
  });

  it("refuses what does not start", () => {
    const path = write(join(root, "broken"), "#!/nowhere\n", 0o755);

    assert.throws(() => versionOf(path, {}), {
      name: "SandboxError",
      message: `${path} does not start: spawnSync ${path} ENOENT`,
    });
  });
});

describe("versionOf a CLI that never answers", () => {
  it("ends it, and says so", () => {
    const path = write(join(temporaryFolder(), "silent"), "#!/bin/sh\nexec sleep 60\n", 0o755);

    assert.throws(() => versionOf(path, { PATH: process.env["PATH"] ?? "" }, 200), {
      name: "SandboxError",
      message: `${path} did not answer \`pulumi version\` within 0.2 s; check that it is the Pulumi CLI, or set PULUMI_BIN to the path of another one`,
    });
  });
});

describe("pinnedVersion", () => {
  const root = temporaryFolder();

  it("is the SDK's in package.json", () => {
    write(join(root, "package.json"), '{ "dependencies": { "@pulumi/pulumi": "3.248.0" } }');

    assert.equal(pinnedVersion(root), "3.248.0");
  });

  it("refuses a range", () => {
    const file = write(
      join(root, "package.json"),
      '{ "dependencies": { "@pulumi/pulumi": "^3.248.0" } }',
    );

    assert.throws(() => pinnedVersion(root), {
      message: `${file}: dependencies.@pulumi/pulumi is "^3.248.0"; pin one exact version, for example "3.248.0"`,
    });
  });
});
