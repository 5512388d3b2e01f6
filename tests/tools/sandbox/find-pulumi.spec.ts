import assert from "node:assert/strict";
import { join } from "node:path";
import { findPulumi } from "../../../tools/sandbox/find-pulumi";
import { temporaryFolder, write } from "./sandbox-places";

const ways = `get it in one of three ways:
  - install it, so that \`pulumi\` is on the PATH: https://www.pulumi.com/docs/iac/download-install/
  - npm install --no-save pulumi: the official npm package, which downloads it when it is first used
  - set PULUMI_BIN to the path of any other one; .ci/pulumi/build builds one with Go and prints its path`;

describe("findPulumi", () => {
  const root = temporaryFolder();
  const named = write(join(root, "named", "pulumi"), "#!/bin/sh\n", 0o755);
  const installed = write(join(root, "installed", "pulumi"), "#!/bin/sh\n", 0o755);
  const downloaded = write(join(root, "downloaded", "pulumi"), "#!/bin/sh\n", 0o755);
  write(join(root, "unusable", "pulumi"), "text");
  const project = join(root, "project");
  const withWrapper = join(root, "with-wrapper");
  const wrapperBin = join(withWrapper, "node_modules", ".bin");
  write(join(wrapperBin, "pulumi"), "#!/bin/sh\n", 0o755);
  const wrapper = join(withWrapper, "node_modules", "pulumi", "lib", "resolve.js");
  write(wrapper, `exports.resolve = async () => process.env.DOWNLOADED;`);
  const path = `${join(root, "unusable")}:${wrapperBin}:${join(root, "installed")}`;

  it("takes the one that PULUMI_BIN names before any other", () => {
    const environment = { PULUMI_BIN: named, PATH: path };

    assert.equal(findPulumi({ environment, directory: withWrapper }), named);
    assert.equal(
      findPulumi({ environment: { PULUMI_BIN: "../named/pulumi" }, directory: project }),
      named,
    );
  });

  it("takes the first that can be executed on the PATH, where npm's own folders do not count", () => {
    assert.equal(findPulumi({ environment: { PATH: path }, directory: withWrapper }), installed);
  });

  it("takes the one that the official npm package has downloaded", () => {
    const environment = { PATH: wrapperBin, DOWNLOADED: downloaded };

    assert.equal(findPulumi({ environment, directory: withWrapper }), downloaded);
  });

  it("says the three ways to get one where there is none", () => {
    assert.throws(() => findPulumi({ environment: {}, directory: project }), {
      name: "SandboxError",
      message: `no Pulumi CLI found; ${ways}`,
    });
  });

  it("says so where the npm package could not get one", () => {
    const environment = { DOWNLOADED: join(root, "nowhere") };

    assert.throws(() => findPulumi({ environment, directory: withWrapper }), {
      message: `the npm package pulumi could not get the Pulumi CLI; ${ways}`,
    });
  });

  it("refuses a PULUMI_BIN that is none, and names the one in a folder", () => {
    const refusal = (name: string) => () =>
      findPulumi({ environment: { PULUMI_BIN: name, PATH: path }, directory: project });
    const nowhere = join(root, "nowhere");
    const end = "; set it to the path of the Pulumi CLI, or unset it";

    assert.throws(refusal(nowhere), {
      message: `PULUMI_BIN is ${nowhere}, which is no executable file${end}`,
    });
    assert.throws(refusal(join(root, "named")), {
      message: `PULUMI_BIN is ${join(root, "named")}, which is no executable file; did you mean ${named}?${end}`,
    });
  });
});
