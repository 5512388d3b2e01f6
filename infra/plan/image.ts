import { createHash } from "node:crypto";
import type { ContainerContract } from "../container-contract";
import type { StackConfig } from "../stack-config";
import type { Architecture, ImagePlan } from "./stack-plan";

const PLATFORMS: Readonly<Record<Architecture, string>> = {
  arm64: "linux/arm64",
  x86_64: "linux/amd64",
};

/** Plans the image for the architecture of the instances that will run it. */
export function planImage(config: StackConfig, container: ContainerContract): ImagePlan {
  const platform = PLATFORMS[config.container.architecture];
  return {
    build: container.build,
    platform,
    tag: imageTag(container.build.contentHash, platform),
    keepImages: config.image.keepImages,
    encryption: config.image.imageEncryption,
    deletionProtection: config.deletionProtection,
  };
}

/** 16 hexadecimal digits that change with the image's content and with its platform, and with nothing else. */
export function imageTag(contentHash: string, platform: string): string {
  return createHash("sha256").update(`${contentHash}\n${platform}`).digest("hex").slice(0, 16);
}
