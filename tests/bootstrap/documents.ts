import type { IamPolicy, IamStatement } from "../../infra/lib/iam-policy";
import { boundaryGrants, boundaryRefusals } from "../../bootstrap/permissions/boundary";
import type { Environment } from "../../bootstrap/permissions/permission-table";
import {
  documentOf,
  READ_POLICIES,
  readDocument,
  WRITE_POLICIES,
  writeDocument,
} from "../../bootstrap/permissions/policy-documents";
import { type State, stateReads, stateWrites } from "../../bootstrap/permissions/state";

/** An environment whose settings are those of the shipped prod stacks. */
export const PROD: Environment = {
  partition: "aws",
  region: "eu-central-1",
  accountId: "123456789012",
  appName: "web",
  project: "ecs-on-ec2",
  hostedZoneId: "Z0123456789ABCDEFGHIJ",
  environment: "prod",
  boundaryArn: "arn:aws:iam::123456789012:policy/pulumi-boundary",
};

export const STATE: State = {
  bucketArn: "arn:aws:s3:::pulumi-state-123456789012-eu-central-1",
  keyArn: "arn:aws:kms:eu-central-1:123456789012:key/12345678-1234-1234-1234-123456789abc",
};

/** A role's policies by name. */
export type Documents = Readonly<Record<string, IamPolicy>>;

const readsOf = (environment: Environment): Documents =>
  Object.fromEntries(
    READ_POLICIES.map((policy) => [`read-${policy.name}`, readDocument(policy, environment)]),
  );

/** Everything that the preview role may do. */
export const previewDocuments = (environment = PROD, state = STATE): Documents => ({
  ...readsOf(environment),
  state: documentOf(stateReads(environment, state)),
});

/** Everything that the deploy role of an environment may do. */
export const deployDocuments = (environment = PROD, state = STATE): Documents => ({
  ...readsOf(environment),
  ...Object.fromEntries(
    WRITE_POLICIES.map((policy) => [policy.name, writeDocument(policy, environment)]),
  ),
  state: documentOf(stateWrites(environment, state)),
});

/** The boundary of the application's roles. */
export const boundaryDocument = (
  applicationActions: readonly string[] = [],
  environment = PROD,
  state = STATE,
): IamPolicy =>
  documentOf(boundaryGrants(environment, applicationActions), boundaryRefusals(state));

export const statementsOf = (documents: Documents): readonly IamStatement[] =>
  Object.values(documents).flatMap(({ Statement }) => Statement);

/** A single text or a list as a list. */
export const listOf = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === "string" ? [value] : value;
