import assert from "node:assert/strict";
import { Trials } from "../../../tools/compare/trial";
import { shippedFiles } from "../../support/shipped-files";

describe("Trials", () => {
  const trials = new Trials(process.cwd());
  const dev = shippedFiles("dev");
  const refused = { ...dev, config: { ...dev.config, "ecs-on-ec2:minTasks": "0" } };

  it("tells why the program refuses a configuration", async () => {
    const trial = await trials.record(refused);

    assert.ok("refusal" in trial);
    assert.match(trial.refusal, /minTasks/);
  });

  it("tries a configuration once, in whatever order its keys are", async () => {
    const config = Object.fromEntries(Object.entries(refused.config).reverse());

    assert.equal(await trials.record({ ...refused, config }), await trials.record(refused));
    assert.notEqual(
      await trials.record({ ...refused, config: { ...config, "ecs-on-ec2:maxTasks": "x" } }),
      await trials.record(refused),
    );
  });
});
