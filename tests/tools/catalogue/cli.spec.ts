import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AwsCommandError, type RunAws } from "../../../tools/catalogue/aws-command";
import { run } from "../../../tools/catalogue/cli";
import { answer, recordedAws } from "./recorded-aws";

const M7G =
  '{"instanceType": "m7g.large", "architecture": "arm64", "vCpus": 2, "memoryMiB": 8192, "enis": 3, "trunkedTasks": 10, "burstable": false, "usdPerHour": 0.0816}';
const CATALOGUE = `{
 "source": {
  "pricedOn": "2026-07-20",
  "specifications": "s",
  "prices": "p",
  "enis": "e",
  "trunkedTasks": "t"
 },
 "instanceTypes": [
  ${M7G}
 ]
}
`;

describe("npm run catalogue", () => {
  let directory = "";
  let file = "";
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "catalogue-"));
    file = join(directory, "instance-types.json");
    writeFileSync(file, CATALOGUE);
  });
  afterEach(() => {
    rmSync(directory, { recursive: true });
  });

  async function ran(args: readonly string[], aws: RunAws = recordedAws().run) {
    const texts = { stdout: "", stderr: "" };
    const code = await run(["--file", file, ...args], {
      stdout: { write: (text) => (texts.stdout += text) },
      stderr: { write: (text) => (texts.stderr += text) },
      run: aws,
      today: "2026-11-24",
    });
    return { code, ...texts };
  }

  it("writes the file and says what changed", async () => {
    assert.deepEqual(await ran([]), {
      code: 0,
      stdout: `m7g.large: usdPerHour 0.0816 → 0.085\n1 types, 1 changes, prices of 2026-07-20 → 2026-11-21\nwrote ${file}\n`,
      stderr: "",
    });
    assert.match(readFileSync(file, "utf8"), /"usdPerHour": 0\.085\}/);
    assert.deepEqual(readdirSync(directory), ["instance-types.json"]);
  });

  it("writes nothing with --check, and tells by its exit code", async () => {
    const { code, stdout } = await ran(["--check"]);

    assert.equal(code, 3);
    assert.ok(!stdout.includes("wrote"));
    assert.equal(readFileSync(file, "utf8"), CATALOGUE);

    writeFileSync(file, CATALOGUE.replace("0.0816", "0.085"));
    assert.equal((await ran(["--check"])).code, 0);
  });

  for (const [what, aws, message] of [
    [
      "credentials",
      () => Promise.reject(new AwsCommandError("the AWS CLI has no valid credentials")),
      "the AWS CLI has no valid credentials",
    ],
    [
      "an answer of the known form",
      recordedAws({
        "describe-instance-types-1": '{"InstanceTypes":[{"InstanceType":"m7g.large"}]}',
      }).run,
      "an answer or the file has another form than expected at InstanceTypes.0.ProcessorInfo: Invalid input: expected object, received undefined",
    ],
    [
      "a product that is JSON",
      recordedAws({ "get-products-1": JSON.stringify({ PriceList: ["{"] }) }).run,
      /^error: .*JSON.* is unchanged\n$/,
    ],
    [
      "a type of the file",
      recordedAws({
        "describe-instance-types-1": answer("describe-instance-types-2"),
      }).run,
      "EC2 in us-east-1 does not know: m7g.large; check the names, choose another region, or remove them from the file",
    ],
  ] as const) {
    it(`leaves the file as it is without ${what}`, async () => {
      const { code, stdout, stderr } = await ran([], aws);

      assert.deepEqual([code, stdout], [1, ""]);
      if (typeof message === "string") {
        assert.equal(stderr, `error: ${message}; ${file} is unchanged\n`);
      } else {
        assert.match(stderr, message);
      }
      assert.equal(readFileSync(file, "utf8"), CATALOGUE);
      assert.deepEqual(readdirSync(directory), ["instance-types.json"]);
    });
  }

  it("says where the file is not", async () => {
    rmSync(file);
    assert.equal(
      (await ran([])).stderr,
      `error: ${file} does not exist; run the command in the root of the project or pass --file\n`,
    );
    writeFileSync(file, "");
  });
});
