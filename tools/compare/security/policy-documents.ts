import type { Json, ResourceNode } from "../../preview/graph";
import { referencesIn } from "../reference";
import type { ComparedSide } from "./compared-sides";
import { bagOf, listOf, textsOf } from "./values";

/** A policy document of a resource, and whom or what it is about. */
export interface PolicyDocument {
  /** URN of the subject, or its name where the stack does not declare it. */
  readonly subject: string;
  /** Who may take the role, or what the subject may do or lets others do. */
  readonly purpose: "trust" | "permissions";
  readonly document: Json | undefined;
  readonly node: ResourceNode;
}

/** An attachment of a managed policy that the stack does not declare. */
export interface ManagedPolicy {
  readonly subject: string;
  readonly arn: string;
  readonly node: ResourceNode;
}

const ROLE_TYPE = "aws:iam/role:Role";
const POLICY_TYPE = "aws:iam/policy:Policy";

/** Every policy document of a side. */
export function policyDocuments(side: ComparedSide): readonly PolicyDocument[] {
  const attached = attachments(side);
  const declared = attached.flatMap(({ subject, policy }) =>
    policy === undefined
      ? []
      : [{ subject, purpose: PERMISSIONS, document: policy.inputs["policy"], node: policy }],
  );
  const used = new Set(declared.map(({ node }) => node));
  const unused = side
    .ofType(POLICY_TYPE)
    .filter((node) => !used.has(node))
    .map((node) => ({
      subject: node.urn,
      purpose: PERMISSIONS,
      document: node.inputs["policy"],
      node,
    }));
  return [...resourcePolicies(side), ...rolePolicies(side), ...declared, ...unused].filter(
    ({ document }) => document !== undefined,
  );
}

/** Attachments of policies that somebody else keeps, AWS above all. */
export function managedPolicies(side: ComparedSide): readonly ManagedPolicy[] {
  return attachments(side).flatMap(({ subject, arn, policy, node }) =>
    policy === undefined ? [{ subject, arn, node }] : [],
  );
}

const PERMISSIONS = "permissions" as const;

/** Policies of resources: type, property with the document, property that names the subject. */
const RESOURCE_POLICIES: readonly (readonly [type: string, property: string, target?: string])[] = [
  ["aws:s3/bucketPolicy:BucketPolicy", "policy", "bucket"],
  ["aws:s3/bucket:Bucket", "policy"],
  ["aws:sns/topicPolicy:TopicPolicy", "policy", "arn"],
  ["aws:sns/topic:Topic", "policy"],
  ["aws:kms/keyPolicy:KeyPolicy", "policy", "keyId"],
  ["aws:kms/key:Key", "policy"],
  ["aws:ecr/repositoryPolicy:RepositoryPolicy", "policy", "repository"],
  ["aws:ecr/registryPolicy:RegistryPolicy", "policy"],
  ["aws:sqs/queuePolicy:QueuePolicy", "policy", "queueUrl"],
  ["aws:sqs/queue:Queue", "policy"],
  ["aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy", "policy", "vpcEndpointId"],
  ["aws:ec2/vpcEndpoint:VpcEndpoint", "policy"],
  ["aws:secretsmanager/secretPolicy:SecretPolicy", "policy", "secretArn"],
  ["aws:secretsmanager/secret:Secret", "policy"],
  ["aws:cloudwatch/logResourcePolicy:LogResourcePolicy", "policyDocument"],
  ["aws:cloudwatch/eventBusPolicy:EventBusPolicy", "policy", "eventBusName"],
];

function resourcePolicies(side: ComparedSide): readonly PolicyDocument[] {
  return RESOURCE_POLICIES.flatMap(([type, property, target]) =>
    side.ofType(type).map((node) => ({
      subject: target === undefined ? node.urn : subjectOf(side, node, target),
      purpose: PERMISSIONS,
      document: node.inputs[property],
      node,
    })),
  );
}

/** Policies that stand in their principal: type of the policy, property that names it. */
const INLINE_POLICIES = [
  ["aws:iam/rolePolicy:RolePolicy", "role"],
  ["aws:iam/userPolicy:UserPolicy", "user"],
  ["aws:iam/groupPolicy:GroupPolicy", "group"],
] as const;

function rolePolicies(side: ComparedSide): readonly PolicyDocument[] {
  const roles = side.ofType(ROLE_TYPE).flatMap((node) => [
    {
      subject: node.urn,
      purpose: "trust" as const,
      document: node.inputs["assumeRolePolicy"],
      node,
    },
    ...listOf(node.inputs["inlinePolicies"]).map((inline) => ({
      subject: node.urn,
      purpose: PERMISSIONS,
      document: bagOf(inline)["policy"],
      node,
    })),
  ]);
  const inline = INLINE_POLICIES.flatMap(([type, target]) =>
    side.ofType(type).map((node) => ({
      subject: subjectOf(side, node, target),
      purpose: PERMISSIONS,
      document: node.inputs["policy"],
      node,
    })),
  );
  return [...roles, ...inline];
}

interface Attachment {
  readonly subject: string;
  readonly arn: string;
  /** Where the stack declares the policy. */
  readonly policy: ResourceNode | undefined;
  readonly node: ResourceNode;
}

const ATTACHMENTS = [
  ["aws:iam/rolePolicyAttachment:RolePolicyAttachment", ["role"]],
  ["aws:iam/userPolicyAttachment:UserPolicyAttachment", ["user"]],
  ["aws:iam/groupPolicyAttachment:GroupPolicyAttachment", ["group"]],
  ["aws:iam/policyAttachment:PolicyAttachment", ["roles", "users", "groups"]],
] as const;

function attachments(side: ComparedSide): readonly Attachment[] {
  const policyOf = (arn: string): ResourceNode | undefined =>
    referencesIn(arn)
      .flatMap(({ source }) => side.get(source) ?? [])
      .find(({ type }) => type === POLICY_TYPE);
  const separate = ATTACHMENTS.flatMap(([type, targets]) =>
    side.ofType(type).flatMap((node) =>
      targets
        .flatMap((target) => subjectsOf(side, node, target))
        .flatMap((subject) =>
          textsOf(node.inputs["policyArn"]).map((arn) => ({
            subject,
            arn,
            policy:
              policyOf(arn) ??
              side.referred(node, "policyArn").find(({ type: of }) => of === POLICY_TYPE),
            node,
          })),
        ),
    ),
  );
  const own = side.ofType(ROLE_TYPE).flatMap((node) =>
    textsOf(node.inputs["managedPolicyArns"]).map((arn) => ({
      subject: node.urn,
      arn,
      policy: policyOf(arn),
      node,
    })),
  );
  return [...separate, ...own];
}

const subjectOf = (side: ComparedSide, node: ResourceNode, property: string): string =>
  subjectsOf(side, node, property)[0] ?? node.urn;

/** URNs of the resources that a property names; what the stack does not declare by its own name. */
function subjectsOf(side: ComparedSide, node: ResourceNode, property: string): readonly string[] {
  const referred = side.referred(node, property).map(({ urn }) => urn);
  return referred.length > 0 ? referred : textsOf(node.inputs[property]);
}
