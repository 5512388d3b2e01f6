import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DIGEST, REGISTRY } from "./fake-world";

/** Programs that note how they were called and answer as in a first promotion from dev to prod. */
const FAKES: Readonly<Record<string, string>> = {
  aws: `case "$*" in
    *get-login-password*) echo password ;;
    *) if [ -e "$FOLDER/copied" ]
       then echo '{"imageDetails": [{"imageDigest": "${DIGEST}", "imageTags": ["promoted"]}]}'
       else echo "An error occurred (ImageNotFoundException)" >&2; exit 254
       fi ;;
  esac`,
  pulumi: `case "$*" in
    *dev) echo '{"image": "${REGISTRY.dev}/web-d@${DIGEST}"}' ;;
    *output*) echo '{"registry": "${REGISTRY.prod}/web-p"}' ;;
  esac`,
  skopeo: `case "$*" in
    *password-stdin*) IFS= read -r password; echo "$password" >> "$FOLDER/passwords" ;;
    *inspect*) echo '{"Architecture": "arm64"}' ;;
    copy*) touch "$FOLDER/copied" ;;
  esac`,
};

describe("node tools/promote/start.cjs", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "promote-start-"));
    mkdirSync(join(folder, "bin"));
    for (const [program, answers] of Object.entries(FAKES)) {
      const script = `#!/bin/sh\necho "${program} $*" >> "$FOLDER/calls"\n${answers}\n`;
      writeFileSync(join(folder, "bin", program), script, { mode: 0o755 });
    }
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const ran = (...args: readonly string[]) =>
    spawnSync(process.execPath, ["tools/promote/start.cjs", ...args], {
      encoding: "utf8",
      env: { PATH: `${join(folder, "bin")}:/bin:/usr/bin`, FOLDER: folder },
    });
  const notes = (file: string) => readFileSync(join(folder, file), "utf8").trim().split("\n");

  it("promotes with the programs of the PATH", () => {
    const { status, stderr, stdout } = ran("dev", "prod");

    assert.equal(stderr, "");
    assert.equal(status, 0);
    assert.match(stdout, /\nnext: pulumi up --stack prod --policy-pack policies\n$/);
    assert.deepEqual(
      notes("calls").map((call) => call.replace(/^(\w+)(?: --\S+ \S+)* (\S+).*/, "$1 $2")),
      [
        ...["pulumi stack", "pulumi stack", "aws ecr"],
        ...["aws ecr", "skopeo login", "aws ecr", "skopeo login"],
        ...["skopeo inspect", "skopeo copy", "aws ecr", "pulumi config"],
      ],
    );
    assert.deepEqual(notes("passwords"), ["password", "password"]);
  });

  it("ends with 1 where a program fails, in its own words", () => {
    writeFileSync(
      join(folder, "bin", "pulumi"),
      "#!/bin/sh\necho 'error: not logged in' >&2\nexit 1\n",
    );

    const { status, stderr } = ran("dev", "prod");

    assert.equal(status, 1);
    assert.equal(
      stderr,
      "error: the outputs of dev cannot be read, `pulumi stack output` ended with 1:\n" +
        "  error: not logged in\n" +
        "error: log in to the backend that has the stack, or make it with `pulumi stack init dev`\n",
    );
  });
});
