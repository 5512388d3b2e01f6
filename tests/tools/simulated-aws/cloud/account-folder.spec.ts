import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AccountFolder, openAccount } from "../../../../tools/simulated-aws/cloud/account-folder";
import { createCloud } from "../../../../tools/simulated-aws/cloud/simulated-cloud";
import type { StoredResource } from "../../../../tools/simulated-aws/cloud/stored-resource";
import { ACCOUNT, inAccount } from "./temporary-account";

const VPC = "aws:ec2/vpc:Vpc";

const vpc = (name: string): StoredResource => ({
  type: VPC,
  name,
  id: `vpc-${name}`,
  incarnation: 0,
  inputs: { cidrBlock: "10.0.0.0/16" },
  computed: { ownerId: "123456789012" },
});

/** Writes one large resource over and over, in the folder of its first argument, until it is killed. */
const ENDLESS_WRITER = `
  const { AccountFolder } = require("./tools/simulated-aws/cloud/account-folder");
  const store = new AccountFolder(process.argv[1]);
  for (let round = 0; ; round += 1) {
    const inputs = { text: String(round % 10).repeat(2_000_000) };
    store.write({ type: "aws:ec2/vpc:Vpc", name: "web", id: "vpc-1", incarnation: 0, inputs, computed: {} });
    if (round === 3) process.stdout.write("writing");
  }`;

describe("AccountFolder", () => {
  it(
    "keeps each resource in a readable file of its own, by service",
    inAccount(({ folder }) => {
      openAccount(folder).write(vpc("web"));

      assert.deepEqual(readdirSync(folder), ["ec2"]);
      const [file = ""] = readdirSync(join(folder, "ec2"));
      assert.match(file, /^Vpc\.vpc-web\.[0-9a-f]{8}\.json$/);
      assert.deepEqual(JSON.parse(readFileSync(join(folder, "ec2", file), "utf8")), vpc("web"));
      return Promise.resolve();
    }),
  );

  it(
    "gives an id once, and remembers what is gone",
    inAccount(({ folder }) => {
      const store = openAccount(folder);
      store.write(vpc("web"));
      store.delete(vpc("web"));

      assert.deepEqual(store.all(), []);
      assert.equal(store.find(VPC, "vpc-web"), undefined);
      assert.equal(store.isTaken(VPC, "vpc-web"), true);
      assert.equal(store.isTaken(VPC, "vpc-other"), false);
      return Promise.resolve();
    }),
  );

  it(
    "sees what another process writes and deletes",
    inAccount(({ folder }) => {
      const [mine, other] = [new AccountFolder(folder), new AccountFolder(folder)];
      mine.write(vpc("one"));
      assert.deepEqual(names(other), ["one"]);

      other.write(vpc("two"));
      assert.deepEqual(names(mine).sort(), ["one", "two"]);

      mine.delete(vpc("one"));
      assert.deepEqual(names(other), ["two"]);
      return Promise.resolve();
    }),
  );

  it(
    "does not trust a look that the file system's clock cannot tell from a later change",
    inAccount(({ folder }) => {
      const [mine, other] = [new AccountFolder(folder), new AccountFolder(folder)];
      const soon = new Date(Date.now() + 60_000);
      const freeze = () => {
        utimesSync(join(folder, "ec2"), soon, soon);
      };
      other.write(vpc("one"));
      freeze();
      assert.deepEqual(names(mine), ["one"]);

      other.write(vpc("two"));
      freeze();

      assert.deepEqual(names(mine).sort(), ["one", "two"]);
      return Promise.resolve();
    }),
  );

  it(
    "reads a file anew that somebody has edited",
    inAccount(({ folder }) => {
      const store = openAccount(folder);
      store.write(vpc("web"));
      const file = onlyFile(folder);
      writeFileSync(file, readFileSync(file, "utf8").replace("10.0.0.0/16", "10.1.0.0/16"));

      assert.deepEqual(store.find(VPC, "vpc-web")?.inputs, { cidrBlock: "10.1.0.0/16" });
      return Promise.resolve();
    }),
  );

  it(
    "takes a file that somebody has removed for a resource that is gone",
    inAccount(({ folder }) => {
      const store = openAccount(folder);
      store.write(vpc("web"));
      rmSync(onlyFile(folder));

      assert.equal(store.find(VPC, "vpc-web"), undefined);
      assert.deepEqual(store.all(), []);
      store.delete(vpc("web"));
      return Promise.resolve();
    }),
  );

  it(
    "names a corrupt file and what to do, before anything is done",
    inAccount(({ folder }) => {
      openAccount(folder).write(vpc("web"));
      const file = onlyFile(folder);
      const advice =
        "correct the file, or delete it, which is as if the resource had been deleted in AWS";
      for (const [text, reason] of [
        ["[]", "it must be an object"],
        [
          '{"type":"t","name":"n","inputs":{},"computed":{},"incarnation":0}',
          '"id" must be a text',
        ],
        [
          '{"type":"t","name":"n","id":"i","inputs":[],"computed":{}}',
          '"inputs" must be an object, "incarnation" must be a whole number',
        ],
      ] as const) {
        writeFileSync(file, text);
        assert.throws(() => createCloud({ account: ACCOUNT, folder }), {
          message: `${file} is not a resource of the simulated account: ${reason}; ${advice}`,
        });
      }
      writeFileSync(file, '{"type"');
      assert.throws(
        () => createCloud({ account: ACCOUNT, folder }),
        (error: Error) =>
          error.message.startsWith(`${file} is not a resource of the simulated account: `),
      );
      return Promise.resolve();
    }),
  );

  it(
    "refuses a path that leads to a file",
    inAccount(({ folder }) => {
      const file = join(folder, "account");
      writeFileSync(file, "");
      assert.throws(() => createCloud({ account: ACCOUNT, folder: file }), {
        message: `${file} is no folder; the simulated account keeps its resources in one: name a folder, or a path that does not exist yet`,
      });
      return Promise.resolve();
    }),
  );

  it(
    "has no torn file after a process was killed while it wrote",
    inAccount(async ({ folder }) => {
      const writer = spawn(
        process.execPath,
        ["-r", "sucrase/register/ts", "-e", ENDLESS_WRITER, folder],
        { stdio: ["ignore", "pipe", "inherit"] },
      );
      await once(writer.stdout, "data");
      writer.kill("SIGKILL");
      await once(writer, "exit");

      const store = new AccountFolder(folder);
      const [written] = store.all();
      assert.match(JSON.stringify(written?.inputs), /^\{"text":"(\d)\1{1999999}"\}$/);
      assert.deepEqual(
        readdirSync(folder).filter((name) => name.startsWith(".")),
        [],
      );
    }),
  );
});

function names(store: AccountFolder): string[] {
  return store.ofType(VPC).map(({ name }) => name);
}

function onlyFile(folder: string): string {
  const [file = ""] = readdirSync(join(folder, "ec2"));
  return join(folder, "ec2", file);
}
