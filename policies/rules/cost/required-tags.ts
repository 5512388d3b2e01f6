import { isSet } from "../../known";
import { type Judge, stackPolicy, type StackResource } from "../../policy";
import { booleanOf, listOf, objectOf, textOf } from "../../values";

const GROUP = "aws:autoscaling/group:Group";
const LAUNCH_TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const SERVICE = "aws:ecs/service:Service";

export const requiredTags = stackPolicy({
  name: "required-tags",
  description:
    "Everything that costs money tells by its tags whose it is, what starts instances and tasks hands the tags on.",
  severity: "low",
  levels: { dev: "advisory", prod: "mandatory" },
  frameworks: [
    "Security Hub AutoScaling.10",
    "Security Hub ECS.13",
    "Security Hub ECS.14",
    "Security Hub ECS.15",
    "Checkov CKV_AWS_153",
  ],
  remediationSteps:
    "Set the tags in aws:defaultTags in Pulumi.<stack>.yaml: the provider gives them to every resource, and the program hands them on to instances, volumes and tasks. On a group of your own give each tag propagateAtLaunch: true, on a launch template tagSpecifications for instance and volume, on a service propagateTags and enableEcsManagedTags.",
  url: "https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/cost-alloc-tags.html",
  reads: "all",
  check: (stack, judge) => {
    stack.each(stack.resources, (resource) => {
      checkTags(resource, judge);
    });
    stack.each(stack.ofType(GROUP), (group) => {
      checkGroup(group, judge);
    });
    stack.each(stack.ofType(LAUNCH_TEMPLATE), (template) => {
      checkTemplate(template, judge);
    });
    stack.each(stack.ofType(SERVICE), (service) => {
      checkPropagation(service, judge);
    });
    stack.each(stack.ofType(SERVICE), (service) => {
      checkManagedTags(service, judge);
    });
  },
});

type TagsJudge = Judge<"required-tags">;

/**
 * `tagsAll` is what a resource ends up with, the provider's default tags included, and only what takes
 * tags has it. Where nobody gave a tag the provider may leave it out, so that types that bear costs
 * are judged in any case.
 */
function checkTags(resource: StackResource, judge: TagsJudge): void {
  const { type, props } = resource;
  if (!type.startsWith("aws:") || !(isSet(props, "tagsAll") || TAGGED_TYPES.has(type))) {
    return;
  }
  requireKeys(resource, "tagsAll", objectOf(props["tagsAll"]), judge);
}

/** What this project declares and AWS bills, or bills things for. */
const TAGGED_TYPES = new Set([
  "aws:alb/loadBalancer:LoadBalancer",
  "aws:cloudwatch/logGroup:LogGroup",
  "aws:cloudwatch/metricAlarm:MetricAlarm",
  "aws:ec2/eip:Eip",
  "aws:ec2/flowLog:FlowLog",
  "aws:ec2/instance:Instance",
  LAUNCH_TEMPLATE,
  "aws:ec2/natGateway:NatGateway",
  "aws:ec2/vpcEndpoint:VpcEndpoint",
  "aws:ecr/repository:Repository",
  "aws:ecs/cluster:Cluster",
  SERVICE,
  "aws:ecs/taskDefinition:TaskDefinition",
  "aws:kms/key:Key",
  "aws:lb/loadBalancer:LoadBalancer",
  "aws:s3/bucket:Bucket",
  "aws:sns/topic:Topic",
  "aws:wafv2/webAcl:WebAcl",
]);

/** A tag without a text says nothing, so that it counts as missing. */
function requireKeys(
  { name, urn }: StackResource,
  property: string,
  tags: Readonly<Record<string, unknown>>,
  { limits, violate }: TagsJudge,
): void {
  const missing = limits.keys.filter((key) => !isSet(tags, key));
  if (missing.length > 0) {
    violate(
      {
        got: `${property} of ${name} lacks ${missing.join(", ")}`,
        allowed: `the tags ${limits.keys.join(", ")}`,
        fix: "set them in aws:defaultTags",
      },
      urn,
    );
  }
}

/** The default tags of the provider do not reach a group, and instances get only what is passed on. */
function checkGroup(group: StackResource, judge: TagsJudge): void {
  const passedOn = listOf(group.props["tags"])
    .map(objectOf)
    .filter((tag) => booleanOf(tag["propagateAtLaunch"]) === true)
    .map((tag) => [textOf(tag["key"]) ?? "", isSet(tag, "value") ? true : undefined] as const);
  requireKeys(group, "tags with propagateAtLaunch", Object.fromEntries(passedOn), judge);
}

function checkTemplate(template: StackResource, judge: TagsJudge): void {
  const specifications = listOf(template.props["tagSpecifications"]).map(objectOf);
  for (const resourceType of ["instance", "volume"]) {
    const found = specifications.find((each) => each["resourceType"] === resourceType);
    requireKeys(
      template,
      `tagSpecifications for ${resourceType}`,
      objectOf(found?.["tags"]),
      judge,
    );
  }
}

function checkPropagation({ name, props, urn }: StackResource, { violate }: TagsJudge): void {
  const source = props["propagateTags"];
  if (source !== "SERVICE" && source !== "TASK_DEFINITION") {
    violate(
      {
        got: `propagateTags of ${name} is not set`,
        allowed: "SERVICE or TASK_DEFINITION",
        fix: "set propagateTags of the service",
      },
      urn,
    );
  }
}

function checkManagedTags({ name, props, urn }: StackResource, { violate }: TagsJudge): void {
  if (booleanOf(props["enableEcsManagedTags"]) !== true) {
    violate(
      {
        got: `enableEcsManagedTags of ${name} is not true`,
        allowed: "true, so that the bill tells the cluster and service of a task",
        fix: "set enableEcsManagedTags of the service",
      },
      urn,
    );
  }
}
