import { type Judge, stackPolicy, type StackResource } from "../../policy";
import { listOf, numberOf, objectOf } from "../../values";

const REPOSITORY = "aws:ecr/repository:Repository";
const LIFECYCLE_POLICY = "aws:ecr/lifecyclePolicy:LifecyclePolicy";

export const ecrLifecycle = stackPolicy({
  name: "ecr-lifecycle",
  description:
    "Every repository has a lifecycle policy that expires untagged images and bounds how many images it keeps.",
  severity: "low",
  levels: { dev: "advisory", prod: "mandatory" },
  frameworks: ["Security Hub ECR.3"],
  remediationSteps:
    "Lower keepImages in Pulumi.<stack>.yaml. Give a repository of your own an aws.ecr.LifecyclePolicy with one rule that expires images with the tagStatus untagged, and a last one with the tagStatus any and the countType imageCountMoreThan.",
  url: "https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html",
  reads: [REPOSITORY, LIFECYCLE_POLICY],
  check: (stack, judge) => {
    const { limits, violate } = judge;
    for (const repository of stack.ofType(REPOSITORY)) {
      const policies = stack.referring(repository, "repository", LIFECYCLE_POLICY);
      if (policies.length === 0) {
        violate(
          {
            got: `${repository.name} has no lifecycle policy`,
            allowed: `one that expires untagged images and keeps at most ${String(limits.maxImages)}`,
            fix: "declare an aws.ecr.LifecyclePolicy for the repository",
          },
          repository.urn,
        );
      }
    }
    stack.each(stack.ofType(LIFECYCLE_POLICY), (policy) => {
      checkRules(policy, judge);
    });
  },
});

type Rule = Readonly<Record<string, unknown>>;

function checkRules(
  { name, props, urn }: StackResource,
  { limits, violate }: Judge<"ecr-lifecycle">,
): void {
  const selections = expiringSelections(props["policy"]);
  if (!selections.some(takesUntagged)) {
    violate(
      {
        got: `${name} keeps untagged images`,
        allowed: "a rule that expires them",
        fix: "add a rule with the tagStatus untagged",
      },
      urn,
    );
  }
  const counts = selections.flatMap((selection) =>
    isForAll(selection) && selection["countType"] === "imageCountMoreThan"
      ? [numberOf(selection["countNumber"])]
      : [],
  );
  const kept = counts.filter((count) => count !== undefined);
  if (kept.length === 0 || Math.min(...kept) > limits.maxImages) {
    violate(
      {
        got: `${name} keeps ${kept.length === 0 ? "any number of images" : `${String(Math.min(...kept))} images`}`,
        allowed: `at most ${String(limits.maxImages)}`,
        fix: "lower keepImages",
      },
      urn,
    );
  }
}

/** Selections of the rules that delete images; a text that is no lifecycle policy has none. */
function expiringSelections(document: unknown): readonly Rule[] {
  return listOf(objectOf(parsed(document))["rules"])
    .map(objectOf)
    .filter((rule) => objectOf(rule["action"])["type"] === "expire")
    .map((rule) => objectOf(rule["selection"]));
}

function parsed(document: unknown): unknown {
  try {
    return JSON.parse(String(document));
  } catch {
    return undefined;
  }
}

/** By age, images of any tag count too; by number, tagged ones would push the untagged ones aside. */
function takesUntagged(selection: Rule): boolean {
  return (
    selection["tagStatus"] === "untagged" ||
    (selection["tagStatus"] === "any" && selection["countType"] === "sinceImagePushed")
  );
}

function isForAll(selection: Rule): boolean {
  const patterns = listOf(selection["tagPatternList"]);
  return (
    selection["tagStatus"] === "any" ||
    (selection["tagStatus"] === "tagged" && patterns.length === 1 && patterns[0] === "*")
  );
}
