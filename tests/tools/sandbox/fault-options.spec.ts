import assert from "node:assert/strict";
import { Command } from "commander";
import { addFaultOptions, faultsOf } from "../../../tools/sandbox/fault-options";

function parse(...args: string[]): Command {
  const command = addFaultOptions(new Command())
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  return command.parse(args, { from: "user" });
}

describe("faultsOf", () => {
  it("is nothing without options", () => {
    assert.deepEqual(faultsOf(parse()), {});
  });

  it("has every fault that an option asks for", () => {
    const command = parse(
      ...["--fail-create", "1", "--fail-update", "2", "--fail-delete", "3"],
      ...["--hang-create", "4", "--lose-create", "5", "--hang-update", "6", "--hang-delete", "7"],
      ...["--delay", "8", "--fault-type", "aws:ecs/service:Service", "--roll-back"],
    );

    assert.deepEqual(faultsOf(command), {
      failCreate: 1,
      failUpdate: 2,
      failDelete: 3,
      hangCreate: 4,
      loseCreate: 5,
      hangUpdate: 6,
      hangDelete: 7,
      delayMilliseconds: 8,
      type: "aws:ecs/service:Service",
      rollBack: true,
    });
  });

  it("refuses what is no number of an operation", () => {
    for (const text of ["0", "-1", "1.5", "x"]) {
      assert.throws(() => parse("--fail-create", text), {
        message: `error: option '--fail-create <n>' argument '${text}' is invalid. it must be a whole number from 1`,
      });
    }
  });
});
