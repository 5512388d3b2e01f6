import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { currentLocation } from "../infra/components/location";
import type { AwsLocation } from "../infra/lib/aws-location";
import { CiRole } from "./components/ci-role";
import { StateBucket } from "./components/state-bucket";
import { type BootstrapConfig, warnOfPlaceholder } from "./config";
import { GITHUB_AUDIENCE, GITHUB_ISSUER } from "./lib/github-trust";
import { BOUNDARY, deployRoleOf, KEY_ALIAS, PREVIEW_ROLE, stateBucketOf } from "./lib/names";
import { buildKeyPolicy } from "./lib/state-policies";
import { boundaryGrants, boundaryRefusals } from "./permissions/boundary";
import type { Application } from "./permissions/permission-table";
import {
  documentOf,
  READ_POLICIES,
  readDocument,
  WRITE_POLICIES,
  writeDocument,
} from "./permissions/policy-documents";
import { stateReads, stateWrites } from "./permissions/state";

/** What the application's stacks and workflows of the account are configured with. */
export interface BootstrapOutputs {
  /** Value of PULUMI_BACKEND_URL. */
  readonly backendUrl: pulumi.Output<string>;
  /** Value of `pulumi stack init --secrets-provider`. */
  readonly secretsProvider: string;
  /** Role of the workflows that preview and look for drift. */
  readonly previewRoleArn: pulumi.Output<string>;
  /** Role of the workflow that deploys, by environment. */
  readonly deployRoleArns: pulumi.Output<Record<string, string>>;
  /** Value of the application's setting permissionsBoundary. */
  readonly permissionsBoundary: pulumi.Output<string>;
}

/** A preview is short, the refresh of a large stack is not. */
const PREVIEW_SECONDS = 3600;
/** A deployment waits for a service to become steady, and is not to lose its credentials then. */
const DEPLOY_SECONDS = 7200;

/** Declares everything that the account needs before CI deploys to it. */
export function declareBootstrap(config: BootstrapConfig): BootstrapOutputs {
  const { environments, region, repository, defaultBranch } = config;
  warnOfPlaceholder(config);
  const location = currentLocation();
  const where = pulumi.output(location);
  const application = where.apply((place) => applicationIn(place, config));
  const keyArn = declareKey(where);
  const bucket = new StateBucket("state", {
    bucketName:
      config.stateBucket ?? where.apply(({ accountId }) => stateBucketOf(accountId, region)),
    keyArn,
    retentionDays: config.stateRetentionDays,
  });
  const state = pulumi.output({ bucketArn: bucket.bucketArn, keyArn });
  declareServiceLinkedRoles(config.serviceLinkedRoles);
  const providerArn = providerOf(config, where);

  const boundary = new aws.iam.Policy("boundary", {
    name: BOUNDARY,
    description: "The most that roles of the application may do",
    policy: pulumi.jsonStringify(
      pulumi
        .all([application, state])
        .apply(([app, at]) =>
          documentOf(boundaryGrants(app, config.applicationActions), boundaryRefusals(at)),
        ),
    ),
  });
  const sharedPolicies = Object.fromEntries(
    READ_POLICIES.map((policy) => {
      const { arn } = new aws.iam.Policy(`read-${policy.name}`, {
        description: "What a preview of the application reads",
        policy: pulumi.jsonStringify(application.apply((app) => readDocument(policy, app))),
      });
      return [policy.name, arn] as const;
    }),
  );
  const preview = new CiRole("preview", {
    ...{ providerArn, repository, sharedPolicies, roleName: PREVIEW_ROLE },
    description: "Previews stacks of the application and looks for drift, and changes nothing",
    subjects: [{ kind: "pullRequest" }, { kind: "branch", name: defaultBranch }],
    sessionSeconds: PREVIEW_SECONDS,
    statePolicy: pulumi
      .all([application, state])
      .apply(([app, at]) => documentOf(stateReads(app, at))),
  });
  const deployRoles = environments.map((name) => {
    const environment = pulumi
      .all([application, boundary.arn])
      .apply(([app, boundaryArn]) => ({ ...app, environment: name, boundaryArn }));
    const role = new CiRole(`deploy-${name}`, {
      ...{ providerArn, repository, sharedPolicies, roleName: deployRoleOf(name) },
      description: `Deploys the environment ${name} of the application`,
      subjects: [{ kind: "environment", name }],
      sessionSeconds: DEPLOY_SECONDS,
      statePolicy: pulumi
        .all([environment, state])
        .apply(([owner, at]) => documentOf(stateWrites(owner, at))),
      ownPolicies: Object.fromEntries(
        WRITE_POLICIES.map((policy) => [
          policy.name,
          environment.apply((owner) => writeDocument(policy, owner)),
        ]),
      ),
    });
    return [name, role.roleArn] as const;
  });

  return {
    backendUrl: pulumi.interpolate`s3://${bucket.bucketName}?region=${region}&awssdk=v2`,
    secretsProvider: `awskms://${KEY_ALIAS}?region=${region}`,
    previewRoleArn: preview.roleArn,
    deployRoleArns: pulumi.all(Object.fromEntries(deployRoles)),
    permissionsBoundary: boundary.arn,
  };
}

function applicationIn(place: AwsLocation, config: BootstrapConfig): Application {
  const { appName, appProject: project, hostedZoneId } = config;
  return { ...place, appName, project, hostedZoneId };
}

/** The key that encrypts states and the secrets in them; without it none can be read again. */
function declareKey(where: pulumi.Output<AwsLocation>): pulumi.Output<string> {
  const key = new aws.kms.Key(
    "secrets",
    {
      description: "States of Pulumi and the secrets in them",
      enableKeyRotation: true,
      deletionWindowInDays: 30,
      policy: pulumi.jsonStringify(where.apply(buildKeyPolicy)),
    },
    { protect: true },
  );
  new aws.kms.Alias("secrets", { name: KEY_ALIAS, targetKeyId: key.keyId });
  return key.arn;
}

/** AWS checks GitHub's certificate by its own list of authorities, so that no thumbprint is given. */
function providerOf(
  { createOidcProvider }: BootstrapConfig,
  where: pulumi.Output<AwsLocation>,
): pulumi.Output<string> {
  if (createOidcProvider) {
    return new aws.iam.OpenIdConnectProvider("github", {
      url: `https://${GITHUB_ISSUER}`,
      clientIdLists: [GITHUB_AUDIENCE],
    }).arn;
  }
  return where.apply(
    ({ partition, accountId }) =>
      `arn:${partition}:iam::${accountId}:oidc-provider/${GITHUB_ISSUER}`,
  );
}

/** Other stacks of the account work with these roles too, so that they stay when this stack is destroyed. */
function declareServiceLinkedRoles(services: readonly string[]): void {
  for (const awsServiceName of services) {
    new aws.iam.ServiceLinkedRole(
      awsServiceName.replace(".amazonaws.com", "").replaceAll(".", "-"),
      { awsServiceName },
      { retainOnDelete: true },
    );
  }
}
