import { createHash } from "node:crypto";
import type { ContainerContract } from "../container-contract";
import type { StackConfig } from "../stack-config";
import type { Architecture, ImagePlan, ImageSource } from "./stack-plan";

const PLATFORMS: Readonly<Record<Architecture, string>> = {
  arm64: "linux/arm64",
  x86_64: "linux/amd64",
};

/** Plans the repository, and the image for the architecture of the instances that will run it. */
export function planImage(config: StackConfig, container: ContainerContract): ImagePlan {
  return {
    source: planSource(config, container),
    keepImages: config.image.keepImages,
    encryption: config.image.imageEncryption,
    deletionProtection: config.deletionProtection,
  };
}

function planSource(config: StackConfig, { build }: ContainerContract): ImageSource {
  const { imageDigest } = config.image;
  if (imageDigest !== undefined) {
    return { kind: "digest", digest: imageDigest };
  }
  const platform = PLATFORMS[config.container.architecture];
  return { kind: "build", build, platform, tag: imageTag(build.contentHash, platform) };
}

/** 16 hexadecimal digits that change with the image's content and with its platform, and with nothing else. */
export function imageTag(contentHash: string, platform: string): string {
  return createHash("sha256").update(`${contentHash}\n${platform}`).digest("hex").slice(0, 16);
}
