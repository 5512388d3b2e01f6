import assert from "node:assert/strict";
import { commandRunner } from "../../../tools/verify/run-command";

describe("commandRunner", () => {
  const environment = { PATH: process.env["PATH"] };

  it("says each command so that a shell reads it back", async () => {
    const said: string[] = [];
    const run = commandRunner(environment, (line) => said.push(line));

    assert.equal(await run("printf", ["%s", "it's a b"]), "it's a b");
    assert.deepEqual(said, ["$ printf %s 'it'\\''s a b'\n"]);
  });

  it("says how a program ended that said nothing", async () => {
    const run = commandRunner(environment, () => undefined);

    await assert.rejects(run("false", []), {
      name: "VerifyError",
      message:
        "false\nended with exit code 1 and said nothing; run the command by itself to see why",
    });
    await assert.rejects(run("sh", ["-c", "kill -KILL $$"]), {
      name: "VerifyError",
      message:
        "sh -c 'kill -KILL $$'\nended by SIGKILL and said nothing; run the command by itself to see why",
    });
  });

  it("says why a program cannot be started", async () => {
    const run = commandRunner(environment, () => undefined);

    await assert.rejects(run("/", []), {
      name: "VerifyError",
      message: "/\nthe program cannot be run (EACCES); run the command by itself to see why",
    });
  });
});
