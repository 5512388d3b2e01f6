import assert from "node:assert/strict";
import { imageTag } from "../../../infra/plan/image";
import { aContainer, aStackPlan } from "../../support/stack-plans";

describe("planImage", () => {
  it("builds for the platform of the configured architecture", () => {
    const { build } = aContainer();
    assert.deepEqual(aStackPlan().image, {
      source: {
        kind: "build",
        build,
        platform: "linux/arm64",
        tag: imageTag(build.contentHash, "linux/arm64"),
      },
      keepImages: 20,
      encryption: "AES256",
      deletionProtection: false,
    });
    const intel = aStackPlan({
      container: { architecture: "x86_64" },
      capacity: { instanceTypes: ["t3.small"] },
    });
    assert.deepEqual(intel.image.source, {
      kind: "build",
      build,
      platform: "linux/amd64",
      tag: imageTag(build.contentHash, "linux/amd64"),
    });
  });

  it("builds nothing where the setting names an image by digest", () => {
    const imageDigest = `sha256:${"d".repeat(64)}`;

    assert.deepEqual(aStackPlan({ image: { imageDigest } }).image, {
      source: { kind: "digest", digest: imageDigest },
      keepImages: 20,
      encryption: "AES256",
      deletionProtection: false,
    });
  });
});

describe("imageTag", () => {
  it("is the same for the same content and platform", () => {
    // printf 'aaaa\nlinux/arm64' | sha256sum
    assert.equal(imageTag("aaaa", "linux/arm64"), "e145460c3142433a");
  });

  it("changes with the content and with the platform", () => {
    const tags = [
      imageTag("aaaa", "linux/arm64"),
      imageTag("aaab", "linux/arm64"),
      imageTag("aaaa", "linux/amd64"),
    ];
    assert.equal(new Set(tags).size, 3);
    for (const tag of tags) {
      assert.match(tag, /^[0-9a-f]{16}$/);
    }
  });
});
