import { dev, type Mutation, prod } from "./mutation";

const repository = prod("aws:ecr:Repository web");
const small = dev("aws:ecr:Repository web");
const lifecycle = prod("aws:ecr:LifecyclePolicy web-lifecycle");

const pulledBy = (principal: string) => ({
  type: "aws:ecr/repositoryPolicy:RepositoryPolicy",
  name: "pull",
  inputs: {
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { AWS: principal }, Action: "ecr:BatchGetImage" }],
    }),
  },
});

/** The repository of the image. */
export const REGISTRY: readonly Mutation[] = [
  repository.set({ imageTagMutability: "MUTABLE" }, ["ecr-hardened"]),
  repository.set({ imageTagMutability: undefined }, ["ecr-hardened"]),
  small.set({ imageTagMutability: "MUTABLE" }, ["ecr-hardened"]),
  repository.set({ "imageScanningConfiguration.scanOnPush": false }, ["ecr-hardened"]),
  repository.set({ imageScanningConfiguration: undefined }, ["ecr-hardened"]),
  small.set({ "imageScanningConfiguration.scanOnPush": false }, ["ecr-hardened"]),
  repository.set({ "encryptionConfigurations[0].encryptionType": "AES256" }, ["ecr-hardened"]),
  repository.set({ encryptionConfigurations: undefined }, ["ecr-hardened"]),
  repository.set({ forceDelete: true }, ["ecr-hardened"]),
  repository.add(pulledBy("*"), ["ecr-hardened"]),
  repository.add(pulledBy("arn:aws:iam::123456789012:role/ci"), []),
  lifecycle.remove(["ecr-lifecycle"]),
  lifecycle.edit("policy", { "rules[1].selection.countNumber": 51 }, ["ecr-lifecycle"]),
  lifecycle.edit("policy", { "rules[1].selection.countNumber": 49 }, []),
  lifecycle.edit("policy", { "rules[1]": undefined }, ["ecr-lifecycle"]),
  lifecycle.edit("policy", { "rules[0]": undefined }, ["ecr-lifecycle"]),
  lifecycle.set({ policy: "{}" }, ["ecr-lifecycle"]),
  dev("aws:ecr:LifecyclePolicy web-lifecycle").edit(
    "policy",
    { "rules[1].selection.countNumber": 21 },
    ["ecr-lifecycle"],
  ),
];
