import assert from "node:assert/strict";
import { pinnedVersion, versionOf } from "../../tools/sandbox/pulumi-version";
import { pulumiCli } from "./pulumi-cli";

describe("the CLI of these tests", () => {
  it("has the version that package.json pins for the SDK", () => {
    const variables = { PATH: process.env["PATH"] ?? "", PULUMI_SKIP_UPDATE_CHECK: "true" };

    assert.equal(versionOf(pulumiCli(), variables), `v${pinnedVersion(process.cwd())}`);
  });
});
