import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { bootstrap, bootstrapFiles, type Changes, recordDeployment } from "./recorded-deployment";

const SHIPPED = "your-organisation/your-repository";
const OWN = "octo@12/shop@345";
const warningIn = (file: string) =>
  `warning: ${file}: ecs-on-ec2-bootstrap:repository: got "${SHIPPED}", which stands for yours: the roles would trust the jobs of whoever has that name on GitHub; write what \`gh api repos/<owner>/<name>/actions/oidc/customization/sub --jq .sub_claim_prefix\` prints, without repo:`;

describe("the repository that the stack files are shipped with", () => {
  it("is warned of, and no other is", async () => {
    const messages = async (stack: string, changes: Changes = {}) =>
      (await recordDeployment(bootstrap, bootstrapFiles(stack, changes))).messages;

    assert.deepEqual(await messages("dev"), [warningIn("Pulumi.dev.yaml")]);
    assert.deepEqual(await messages("prod"), [warningIn("Pulumi.prod.yaml")]);
    assert.deepEqual(await messages("prod", { "ecs-on-ec2-bootstrap:repository": OWN }), []);
  });

  describe("in npm run preview:bootstrap", () => {
    let folder: string;

    before(() => {
      folder = mkdtempSync(join(tmpdir(), "bootstrap-"));
      cpSync("bootstrap/Pulumi.yaml", join(folder, "Pulumi.yaml"));
      writeFileSync(join(folder, "package.json"), '{"main":"start.js"}');
      const start = JSON.stringify(resolve("bootstrap/start.js"));
      writeFileSync(join(folder, "start.js"), `module.exports = require(${start});`);
    });

    after(() => {
      rmSync(folder, { recursive: true, force: true });
    });

    const preview = (repository: string) => {
      const shipped = readFileSync("tests/shipped/bootstrap/Pulumi.prod.yaml", "utf8");
      writeFileSync(join(folder, "Pulumi.prod.yaml"), shipped.replace(SHIPPED, repository));
      const { status, stdout, stderr } = spawnSync(
        process.execPath,
        [resolve("tools/bootstrap/start.cjs"), "prod", "--json"],
        { cwd: folder, encoding: "utf8" },
      );
      const { stack } = JSON.parse(stdout) as { stack: string };
      return { status, stack, stderr };
    };

    it("is warned of on the standard error stream, apart from what is previewed", () => {
      assert.deepEqual(preview(SHIPPED), {
        status: 0,
        stack: "prod",
        stderr: `${warningIn("Pulumi.prod.yaml")}\n`,
      });
      assert.deepEqual(preview(OWN), { status: 0, stack: "prod", stderr: "" });
    });
  });
});
