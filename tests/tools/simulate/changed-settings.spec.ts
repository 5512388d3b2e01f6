import assert from "node:assert/strict";
import { withSettings } from "../../../tools/simulate/changed-settings";

const files = {
  project: "shop",
  stack: "prod",
  config: {
    "aws:region": "eu-central-1",
    "shop:minTasks": "8",
    "shop:minInstances": "7",
    "shop:instanceTypes": '["m6g.medium","m7g.medium"]',
    "shop:alarmEmail": "secret",
  },
  secretKeys: ["shop:alarmEmail"],
};

function changed(written: string) {
  const { config } = withSettings(files, written);
  return Object.entries(config).filter(
    ([key, value]) => files.config[key as keyof typeof files.config] !== value,
  );
}

describe("withSettings", () => {
  it("puts values in place of the stack's own and leaves the rest", () => {
    assert.deepEqual(changed("minTasks=3"), [["shop:minTasks", "3"]]);
    assert.deepEqual(changed(" minTasks=3 , minInstances=0"), [
      ["shop:minTasks", "3"],
      ["shop:minInstances", "0"],
    ]);
    assert.equal(files.config["shop:minTasks"], "8");
  });

  it("takes a list with plus signs, one item alone, as JSON or as a stack file has it", () => {
    const types = (written: string) => changed(`instanceTypes=${written},minTasks=3`).at(-1)?.[1];

    assert.equal(types("m7g.large+ m6g.large"), '["m7g.large","m6g.large"]');
    assert.equal(types("m7g.large"), '["m7g.large"]');
    assert.equal(types('["m7g.large","c7g.large"]'), '["m7g.large","c7g.large"]');
    assert.equal(types("[m7g.large, c7g.large]"), '["m7g.large","c7g.large"]');
    assert.equal(types("[m7g.large"), "[m7g.large");
  });

  it("makes a secret that is written plain one that is not", () => {
    assert.deepEqual(withSettings(files, "alarmEmail=a@b.example").secretKeys, []);
    assert.deepEqual(withSettings(files, "minTasks=3").secretKeys, ["shop:alarmEmail"]);
  });

  it("refuses what is no setting, all at once", () => {
    assert.throws(() => withSettings(files, "minTask=3,region=x,minInstances=1,minInstances=2"), {
      name: "InputFileError",
      message: [
        "arguments: --with: got 'minTask', must be a setting of Pulumi.yaml; did you mean 'minTasks'?",
        "arguments: --with: got 'region', must be a setting of Pulumi.yaml",
        "arguments: --with: got 'minInstances' twice in 'minTask=3,region=x,minInstances=1,minInstances=2', must be there once",
      ].join("\n"),
    });
    assert.throws(() => withSettings(files, "minTasks"), {
      message: "arguments: --with: got 'minTasks', must be <setting>=<value>, as minTasks=3",
    });
    assert.throws(() => withSettings(files, "minTasks="), {
      message: "arguments: --with: got 'minTasks=', must be <setting>=<value>, as minTasks=3",
    });
  });
});
