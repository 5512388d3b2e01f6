import assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { loadStackFiles } from "../../../tools/preview/stack-files";
import { openSandboxFolder } from "../../../tools/sandbox/sandbox-folder";
import { copyStackFile, readOverrides } from "../../../tools/sandbox/stack-copy";
import { projectFolder, write } from "./sandbox-places";

describe("copyStackFile", () => {
  const project = projectFolder();
  const folder = openSandboxFolder(join(project, ".sandbox"));
  const stackFile = join(project, "Pulumi.dev.yaml");

  function copy(text: string, config: readonly string[] = [], environment = {}) {
    write(stackFile, text);
    const files = loadStackFiles(project, "dev");
    const overrides = readOverrides(config, files.project);
    const made = copyStackFile(folder, { stackFile, files, overrides, environment });
    assert.equal(readFileSync(stackFile, "utf8"), text);
    return { ...made, text: readFileSync(made.file, "utf8") };
  }

  it("copies the file as it is into the sandbox, for its owner alone", () => {
    const { file, text, passphrase } = copy("config:\n  aws:region: eu-central-1 # home\n");

    assert.equal(file, join(folder.config, "Pulumi.dev.yaml"));
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.equal(text, "config:\n  aws:region: eu-central-1 # home\n");
    assert.equal(passphrase, undefined);
  });

  it("sets values of the command line, lists and maps as such, in place of both forms of a key", () => {
    const { text } = copy("config:\n  minTasks: 2\n  shop:email: a\n", [
      "minTasks=3",
      "email=",
      "types=[a, b]",
      "aws:region=us-east-1",
    ]);

    assert.equal(
      text,
      'config:\n  shop:email: ""\n  shop:minTasks: "3"\n  shop:types:\n    - a\n    - b\n  aws:region: us-east-1\n',
    );
  });

  it("encrypts with the sandbox's own salt where the file has nothing encrypted", () => {
    write(join(folder.newStacks, "Pulumi.dev.yaml"), "encryptionsalt: v1:own\n");

    const { text } = copy("secretsprovider: awskms://alias/x\nencryptedkey: k\nconfig: {}\n");

    assert.equal(text, "config: {}\nencryptionsalt: v1:own\n");
  });

  const encrypted = "encryptionsalt: v1:theirs\nconfig:\n  email:\n    secure: v1:abc\n";

  it("keeps the salt of encrypted values, and takes their passphrase", () => {
    for (const name of ["PULUMI_CONFIG_PASSPHRASE", "PULUMI_CONFIG_PASSPHRASE_FILE"]) {
      const { text, passphrase } = copy(encrypted, [], { [name]: "x" });

      assert.equal(text, encrypted);
      assert.deepEqual(passphrase, { [name]: "x" });
    }
  });

  it("needs no passphrase where the command line replaces what is encrypted", () => {
    const { text, passphrase } = copy(encrypted, ["email=a@example.com"]);

    assert.equal(text, "config:\n  shop:email: a@example.com\nencryptionsalt: v1:own\n");
    assert.equal(passphrase, undefined);
  });

  it("refuses encrypted values without their passphrase", () => {
    assert.throws(() => copy(encrypted), {
      name: "SandboxError",
      message: `missing passphrase: ${stackFile} has shop:email encrypted with one; set PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE, or replace what is encrypted: --config shop:email=…`,
    });
  });

  it("refuses values that only a cloud can decrypt", () => {
    const text = encrypted.replace("encryptionsalt: v1:theirs\n", "");
    const end =
      "which the sandbox does not reach; replace what is encrypted: --config shop:email=…";

    assert.throws(() => copy(`secretsprovider: awskms://alias/x\n${text}`), {
      message: `${stackFile}: shop:email is encrypted by awskms://alias/x, ${end}`,
    });
    assert.throws(() => copy(text), {
      message: `${stackFile}: shop:email is encrypted by Pulumi Cloud, ${end}`,
    });
  });
});

describe("readOverrides", () => {
  it("gives keys without a namespace the project's", () => {
    assert.deepEqual(
      [...readOverrides(["minTasks=2", "aws:region=a=b", "email="], "shop")],
      [
        ["shop:minTasks", "2"],
        ["aws:region", "a=b"],
        ["shop:email", ""],
      ],
    );
  });

  it("refuses texts of another form", () => {
    for (const text of ["minTasks", "=2"]) {
      assert.throws(() => readOverrides([text], "shop"), {
        message: `--config got "${text}"; write <key>=<value>, for example --config minTasks=2`,
      });
    }
  });
});
