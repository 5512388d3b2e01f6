import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { fakePrograms, type Replies } from "../tools/verify/fake-programs";

const MANIFEST = '{"schemaVersion":2}';
const DIGEST = `sha256:${createHash("sha256").update(MANIFEST).digest("hex")}`;
const SOURCE = "111111111111.dkr.ecr.eu-west-1.amazonaws.com";
const TARGET = "222222222222.dkr.ecr.eu-central-1.amazonaws.com";
const TAG = `promoted-${DIGEST.slice(7, 23)}`;

function ran(script: string, args: readonly string[], replies: Replies) {
  const programs = fakePrograms(replies, ["aws", "pulumi", "skopeo"]);
  const { status, stderr, stdout } = spawnSync(`.github/scripts/${script}`, args, {
    encoding: "utf8",
    env: { PATH: programs.path },
  });
  return { status, stderr, stdout, calls: programs.calls() };
}

describe("pull-image.sh", () => {
  it("writes the image as it is, with a password that is no argument", () => {
    const image = `${SOURCE}/web@${DIGEST}`;
    const { status, stderr, calls } = ran("pull-image.sh", [image, "folder"], {
      "aws ecr get-login-password": [{ text: "the password" }],
      skopeo: [{ text: "" }],
    });

    assert.equal(stderr, "");
    assert.equal(status, 0);
    assert.deepEqual([...calls].sort(), [
      "aws ecr get-login-password --region eu-west-1",
      `skopeo copy --all --preserve-digests --retry-times 3 docker://${image} dir:folder`,
      `skopeo login --username AWS --password-stdin ${SOURCE}`,
    ]);
  });

  it("says how it is used", () => {
    assert.deepEqual(
      [ran("pull-image.sh", [], {})].map(({ status, stderr }) => [status, stderr]),
      [[2, ".github/scripts/pull-image.sh REPOSITORY@sha256:DIGEST FOLDER\n"]],
    );
  });
});

describe("push-image.sh", () => {
  const args = ["prod", `${SOURCE}/web@${DIGEST}`, "folder"];
  const replies = (overrides: Replies = {}): Replies => ({
    "skopeo inspect": [{ text: MANIFEST }],
    "pulumi stack output registry": [{ text: `${TARGET}/web-8da352c\n` }],
    "aws ecr describe-images": [{ error: "ImageNotFoundException" }],
    "aws ecr get-login-password": [{ text: "the password" }],
    skopeo: [{ text: "" }],
    ...overrides,
  });
  const described = `aws ecr describe-images --region eu-central-1 --repository-name web-8da352c --image-ids imageTag=${TAG} --output text`;

  it("copies the image to the stack's own repository, under the tag of npm run promote", () => {
    const { status, calls } = ran("push-image.sh", args, replies());

    assert.equal(status, 0);
    assert.deepEqual(calls.slice(0, 3), [
      "skopeo inspect --raw dir:folder",
      "pulumi stack output registry --stack prod",
      described,
    ]);
    assert.equal(
      calls.at(-1),
      `skopeo copy --all --preserve-digests --retry-times 3 dir:folder docker://${TARGET}/web-8da352c:${TAG}`,
    );
    assert.ok(calls.includes(`skopeo login --username AWS --password-stdin ${TARGET}`));
  });

  it("copies nothing that is there", () => {
    const there = replies({ "aws ecr describe-images": [{ text: "IMAGEDETAILS" }] });
    const { status, stdout, calls } = ran("push-image.sh", args, there);

    assert.equal(status, 0);
    assert.equal(stdout, `${TARGET}/web-8da352c has ${DIGEST} already\n`);
    assert.equal(calls.at(-1), described);
  });

  it("refuses a folder with another image", () => {
    const other = replies({ "skopeo inspect": [{ text: "{}" }] });
    const { status, stderr, calls } = ran("push-image.sh", args, other);

    assert.equal(status, 1);
    assert.match(
      stderr,
      /^error: folder has the image sha256:44136fa3\w+, expected sha256:\w{64}; run the deployment of the other stack again\n$/,
    );
    assert.deepEqual(calls, ["skopeo inspect --raw dir:folder"]);
  });

  it("says that a stack has to be deployed by hand once", () => {
    const missing = replies({
      "pulumi stack output registry": [{ error: "error: no such output" }],
    });
    const { status, stderr } = ran("push-image.sh", args, missing);

    assert.equal(status, 1);
    assert.match(
      stderr,
      /error: stack prod has no repository yet; deploy it for the first time by hand, see docs\/deploying\.md\n$/,
    );
  });

  it("fails where the copy does", () => {
    const { skopeo, ...others } = replies();
    const refused: Replies = { ...others, "skopeo copy": [{ error: "denied" }], skopeo: skopeo! };
    const { status, stderr } = ran("push-image.sh", args, refused);

    assert.deepEqual([status, stderr.split("\n").at(-2)], [254, "denied"]);
  });
});
