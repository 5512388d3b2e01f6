import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { hermeticEnvironment } from "../../../tools/sandbox/environment";
import { openSandboxFolder } from "../../../tools/sandbox/sandbox-folder";
import { temporaryFolder } from "./sandbox-places";

describe("hermeticEnvironment", () => {
  const folder = openSandboxFolder(temporaryFolder());

  it("is the whole environment: nothing that reaches an account is passed on", () => {
    const inherited = {
      PATH: "/usr/bin",
      TERM: "xterm",
      NO_COLOR: "1",
      HOME: "/home/me",
      AWS_PROFILE: "prod",
      AWS_ACCESS_KEY_ID: "AKIA",
      PULUMI_ACCESS_TOKEN: "pul-1",
      PULUMI_BACKEND_URL: "s3://states",
      PULUMI_HOME: "/home/me/.pulumi",
      PULUMI_CONFIG_PASSPHRASE_FILE: "/home/me/passphrase",
      NODE_OPTIONS: "--inspect",
    };

    assert.deepEqual(hermeticEnvironment(folder, { inherited, pulumi: "/opt/pulumi/pulumi" }), {
      PATH: `/opt/pulumi:${dirname(process.execPath)}:/usr/bin`,
      TERM: "xterm",
      NO_COLOR: "1",
      HOME: folder.root,
      PULUMI_HOME: join(folder.root, "home"),
      PULUMI_BACKEND_URL: `file://${join(folder.root, "state")}?metadata=skip`,
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS: "true",
      PULUMI_CONFIG_PASSPHRASE: "",
    });
  });

  it("attaches providers, and takes the passphrase of the stack's own secrets", () => {
    const environment = hermeticEnvironment(folder, {
      inherited: {},
      pulumi: "/opt/pulumi",
      ports: { aws: 1, awsx: 2, docker: 3 },
      passphrase: { PULUMI_CONFIG_PASSPHRASE_FILE: "/secret" },
    });

    assert.equal(environment["PULUMI_DEBUG_PROVIDERS"], "aws:1,awsx:2,docker:3");
    assert.equal(environment["PULUMI_CONFIG_PASSPHRASE_FILE"], "/secret");
    assert.ok(!("PULUMI_CONFIG_PASSPHRASE" in environment));
  });
});
