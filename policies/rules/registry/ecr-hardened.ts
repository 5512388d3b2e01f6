import { allowStatements } from "../../iam-document";
import { type Judge, type JudgedResource, resourcePolicy } from "../../policy";
import { repairableObject, repairProperty } from "../../repair-property";
import { booleanOf, listOf, objectOf, textOf } from "../../values";

const REPOSITORY = "aws:ecr/repository:Repository";

type EcrJudge = Judge<"ecr-hardened">;

export const ecrHardened = resourcePolicy({
  name: "ecr-hardened",
  description:
    "Repositories keep what a tag means, scan what is pushed, are private, and are encrypted and kept as the environment asks for.",
  severity: "high",
  levels: { dev: "remediate", prod: "mandatory" },
  frameworks: [
    "Security Hub ECR.1",
    "Security Hub ECR.2",
    "Security Hub ECR.5",
    "Checkov CKV_AWS_32",
    "Checkov CKV_AWS_51",
    "Checkov CKV_AWS_136",
    "Checkov CKV_AWS_163",
    "cdk-nag AwsSolutions-ECR1",
  ],
  remediationSteps:
    "Set imageEncryption to KMS and deletionProtection to true in Pulumi.<stack>.yaml; the encryption of a repository is for good, so that another one replaces it with its images. On a repository of your own set imageTagMutability to IMMUTABLE and imageScanningConfiguration.scanOnPush to true, and name the accounts that may pull in its policy.",
  url: "https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html",
  checks: [
    ...[checkMutability, checkFilters, checkScan, checkEncryption, checkDeletion].map((check) => ({
      type: REPOSITORY,
      check,
    })),
    { type: "aws:ecr/repositoryPolicy:RepositoryPolicy", check: checkPrivate },
  ],
  remediation: {
    type: REPOSITORY,
    repair: (props) => {
      if (repairProperty(props, SCANNING, isGiven, { scanOnPush: true })) {
        return true;
      }
      const scanning = repairableObject(props, SCANNING);
      return scanning !== undefined && repairProperty(scanning, "scanOnPush", isOn, true);
    },
  },
});

const SCANNING = "imageScanningConfiguration";

const isGiven = (value: unknown): boolean => value !== undefined && value !== null;
const isOn = (value: unknown): boolean => booleanOf(value) === true;

const EXCLUSION = "IMMUTABLE_WITH_EXCLUSION";

function checkMutability({ props }: JudgedResource, { limits, violate }: EcrJudge): void {
  const allowed = ["IMMUTABLE", ...(limits.exclusionFilters.length > 0 ? [EXCLUSION] : [])];
  const mutability = textOf(props["imageTagMutability"] ?? "MUTABLE");
  if (mutability === undefined || !allowed.includes(mutability)) {
    violate({
      got: `imageTagMutability is ${mutability === undefined ? "not a text" : `"${mutability}"`}`,
      allowed: allowed.join(" or "),
      fix: "set imageTagMutability of the repository",
    });
  }
}

function checkFilters({ props }: JudgedResource, { limits, violate }: EcrJudge): void {
  if (limits.exclusionFilters.length === 0 || props["imageTagMutability"] !== EXCLUSION) {
    return;
  }
  for (const entry of listOf(props["imageTagMutabilityExclusionFilters"])) {
    const filter = textOf(objectOf(entry)["filter"]);
    if (filter === undefined || !limits.exclusionFilters.includes(filter)) {
      violate({
        got: `imageTagMutabilityExclusionFilters has ${filter === undefined ? "no filter" : `"${filter}"`}`,
        allowed: limits.exclusionFilters.join(", "),
        fix: "remove the filter",
      });
    }
  }
}

function checkScan({ props }: JudgedResource, { violate }: EcrJudge): void {
  if (!isOn(objectOf(props[SCANNING])["scanOnPush"])) {
    violate({
      got: "imageScanningConfiguration.scanOnPush is not true",
      allowed: "true",
      fix: "set scanOnPush of the repository",
    });
  }
}

function checkEncryption({ props }: JudgedResource, { limits, violate }: EcrJudge): void {
  if (!limits.requireKms) {
    return;
  }
  const [first] = listOf(props["encryptionConfigurations"]);
  const encryption = textOf(objectOf(first)["encryptionType"] ?? "AES256");
  if (encryption !== "KMS" && encryption !== "KMS_DSSE") {
    violate({
      got: `encryptionConfigurations[0].encryptionType is ${encryption === undefined ? "not a text" : `"${encryption}"`}`,
      allowed: "KMS or KMS_DSSE",
      fix: "set imageEncryption to KMS",
    });
  }
}

function checkDeletion({ props }: JudgedResource, { limits, violate }: EcrJudge): void {
  if (!limits.allowForceDelete && booleanOf(props["forceDelete"] ?? false) !== false) {
    violate({
      got: "forceDelete is not false",
      allowed: "false",
      fix: "set deletionProtection to true",
    });
  }
}

function checkPrivate({ props }: JudgedResource, { violate }: EcrJudge): void {
  const statements = allowStatements(props["policy"]);
  if (statements === undefined) {
    violate({
      got: "policy is no policy document",
      allowed: "a JSON document with statements",
      fix: "build it with pulumi.jsonStringify",
    });
  }
  for (const { label, principals, negations, hasCondition } of statements ?? []) {
    const isPublic =
      principals.some(({ name }) => name === "*") || negations.includes("NotPrincipal");
    if (isPublic && !hasCondition) {
      violate({
        got: `${label} of policy is for every principal`,
        allowed: "principals by name, or a condition on who they are",
        fix: "name the accounts or roles that may pull",
      });
    }
  }
}
