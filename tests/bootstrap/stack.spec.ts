import assert from "node:assert/strict";
import { judgeStack } from "../../tools/policy/judge-stack";
import { exitCodeOf, type Verdict } from "../../tools/policy/verdict";
import type { Bag, ResourceGraph, ResourceNode } from "../../tools/preview/graph";
import { recordStack } from "../../tools/preview/record";
import {
  boundaryDocument,
  deployDocuments,
  type Documents,
  PROD,
  previewDocuments,
} from "./documents";
import { bootstrap, bootstrapFiles, type Changes, recordDeployment } from "./recorded-deployment";
import { shippedFiles } from "../support/shipped-files";

const KEY = "ecs-on-ec2-bootstrap:";
const shortType = (type: string) => type.replace(/^(\w+):(\w+)\/\w+:/, "$1:$2:");
const labelOf = ({ type, name }: ResourceNode) => `${shortType(type)} ${name}`;

const deployed = async (stack: string, changes: Changes = {}) =>
  (await recordDeployment(bootstrap, bootstrapFiles(stack, changes))).graph;

function only(graph: ResourceGraph, label: string): ResourceNode {
  const [found, another] = graph.resources.filter((resource) => labelOf(resource) === label);
  assert.ok(found !== undefined && another === undefined, `exactly one ${label}`);
  return found;
}
const json = (graph: ResourceGraph, label: string, property: string): unknown =>
  JSON.parse(only(graph, label).inputs[property] as string);

const POLICIES = ["network", "instances", "containers", "load-balancing", "records", "identity"];
const READS = ["network", "services", "records"];

const role = (name: string, own: readonly string[]) => [
  `ecs-on-ec2-bootstrap:index:CiRole ${name}`,
  `aws:iam:Role ${name}`,
  `aws:iam:RolePolicy ${name}-state`,
  ...own.map((policy) => `aws:iam:Policy ${name}-${policy}`),
  ...own.map((policy) => `aws:iam:RolePolicyAttachment ${name}-${policy}`),
  ...READS.map((policy) => `aws:iam:RolePolicyAttachment ${name}-read-${policy}`),
];

const STATE_BUCKET = [
  "aws:s3:Bucket state",
  "aws:s3:BucketLifecycleConfiguration state",
  "aws:s3:BucketOwnershipControls state",
  "aws:s3:BucketPolicy state",
  "aws:s3:BucketPublicAccessBlock state",
  "aws:s3:BucketServerSideEncryptionConfiguration state",
  "aws:s3:BucketVersioning state",
  "ecs-on-ec2-bootstrap:index:StateBucket state",
];

const OF_THE_ACCOUNT = [
  ...STATE_BUCKET,
  "aws:iam:OpenIdConnectProvider github",
  "aws:iam:Policy boundary",
  ...READS.map((policy) => `aws:iam:Policy read-${policy}`),
  "aws:iam:ServiceLinkedRole autoscaling",
  "aws:iam:ServiceLinkedRole ecs",
  "aws:iam:ServiceLinkedRole ecs-application-autoscaling",
  "aws:iam:ServiceLinkedRole elasticloadbalancing",
  "aws:kms:Alias secrets",
  "aws:kms:Key secrets",
  ...role("preview", []),
];

describe("declareBootstrap", () => {
  let prod: ResourceGraph;

  before(async () => {
    prod = await deployed("prod");
  });

  const census = (graph: ResourceGraph) =>
    graph.resources
      .filter(({ parent }) => parent !== undefined)
      .map(labelOf)
      .sort();

  it("declares exactly these resources", () => {
    assert.deepEqual(census(prod), [...OF_THE_ACCOUNT, ...role("deploy-prod", POLICIES)].sort());
  });

  it("declares a deploy role for each environment of the account, and all else once", async () => {
    const shared = await deployed("prod", { [`${KEY}environments`]: '["dev","prod"]' });

    assert.deepEqual(
      census(shared),
      [...OF_THE_ACCOUNT, ...role("deploy-dev", POLICIES), ...role("deploy-prod", POLICIES)].sort(),
    );
  });

  it("leaves out what the account has already", async () => {
    const graph = await deployed("prod", {
      [`${KEY}createOidcProvider`]: "false",
      [`${KEY}serviceLinkedRoles`]: '["ecs.amazonaws.com"]',
    });

    const left = census(graph);
    assert.deepEqual(
      census(prod).filter((label) => !left.includes(label)),
      [
        "aws:iam:OpenIdConnectProvider github",
        "aws:iam:ServiceLinkedRole autoscaling",
        "aws:iam:ServiceLinkedRole ecs-application-autoscaling",
        "aws:iam:ServiceLinkedRole elasticloadbalancing",
      ],
    );
    assert.deepEqual(json(graph, "aws:iam:Role preview", "assumeRolePolicy"), {
      ...(json(prod, "aws:iam:Role preview", "assumeRolePolicy") as Bag),
    });
  });

  it("locks the bucket of states down and protects it", () => {
    const inputs = (type: string) => {
      const settings = Object.entries(only(prod, `aws:s3:${type} state`).inputs);
      return Object.fromEntries(settings.filter(([property]) => property !== "bucket"));
    };
    const { inputs: bucket, options } = only(prod, "aws:s3:Bucket state");

    assert.deepEqual(bucket, {
      bucket: "pulumi-state-123456789012-eu-central-1",
      forceDestroy: false,
    });
    assert.equal(options.protect, true);
    assert.deepEqual(inputs("BucketPublicAccessBlock"), {
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    assert.deepEqual(inputs("BucketOwnershipControls"), {
      rule: { objectOwnership: "BucketOwnerEnforced" },
    });
    assert.deepEqual(inputs("BucketServerSideEncryptionConfiguration"), {
      rules: [
        {
          applyServerSideEncryptionByDefault: {
            sseAlgorithm: "aws:kms",
            kmsMasterKeyId: only(prod, "aws:kms:Key secrets").outputs["arn"],
          },
          bucketKeyEnabled: true,
        },
      ],
    });
    assert.deepEqual(inputs("BucketVersioning"), {
      versioningConfiguration: { status: "Enabled" },
    });
    assert.equal(only(prod, "aws:s3:BucketVersioning state").options.protect, true);
    assert.deepEqual(inputs("BucketLifecycleConfiguration"), {
      rules: [
        {
          id: "earlier-versions",
          status: "Enabled",
          filter: { prefix: "" },
          noncurrentVersionExpiration: { noncurrentDays: 90 },
          expiration: { expiredObjectDeleteMarker: true },
          abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
        },
      ],
    });
    assert.deepEqual(json(prod, "aws:s3:BucketPolicy state", "policy"), {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "DenyWithoutTls",
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: [
            "arn:aws:s3:::pulumi-state-123456789012-eu-central-1",
            "arn:aws:s3:::pulumi-state-123456789012-eu-central-1/*",
          ],
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ],
    });
  });

  it("takes the bucket's name and the days of earlier versions from the settings", async () => {
    const graph = await deployed("prod", {
      [`${KEY}stateBucket`]: "states-of-prod",
      [`${KEY}stateRetentionDays`]: "365",
    });

    assert.equal(only(graph, "aws:s3:Bucket state").inputs["bucket"], "states-of-prod");
    assert.match(
      JSON.stringify(only(graph, "aws:s3:BucketLifecycleConfiguration state").inputs),
      /"noncurrentDays":365/,
    );
    assert.equal(graph.outputs["backendUrl"], "s3://states-of-prod?region=eu-central-1&awssdk=v2");
  });

  it("makes a key that rotates, is protected and is administered by IAM of the account", () => {
    const { inputs, options } = only(prod, "aws:kms:Key secrets");

    assert.equal(inputs["enableKeyRotation"], true);
    assert.equal(inputs["deletionWindowInDays"], 30);
    assert.equal(options.protect, true);
    assert.deepEqual(JSON.parse(inputs["policy"] as string), {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "AdministerByIamOfTheAccount",
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::123456789012:root" },
          Action: "kms:*",
          Resource: "*",
        },
      ],
    });
    assert.equal(only(prod, "aws:kms:Alias secrets").inputs["name"], "alias/pulumi-secrets");
  });

  it("trusts GitHub without a thumbprint, and keeps service-linked roles when it is destroyed", () => {
    assert.deepEqual(only(prod, "aws:iam:OpenIdConnectProvider github").inputs, {
      url: "https://token.actions.githubusercontent.com",
      clientIdLists: ["sts.amazonaws.com"],
    });
    assert.deepEqual(
      prod.resources
        .filter(({ type }) => type === "aws:iam/serviceLinkedRole:ServiceLinkedRole")
        .map(({ inputs, options }) => [inputs["awsServiceName"], options.retainOnDelete])
        .sort(),
      [
        ["autoscaling.amazonaws.com", true],
        ["ecs.amazonaws.com", true],
        ["ecs.application-autoscaling.amazonaws.com", true],
        ["elasticloadbalancing.amazonaws.com", true],
      ],
    );
  });

  it("lets exactly the jobs of the repository take the roles", () => {
    const trust = (name: string) => json(prod, `aws:iam:Role ${name}`, "assumeRolePolicy");
    const subjects = (...sub: string[]) => ({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "AssumeForJobsOfTheRepository",
          Effect: "Allow",
          Principal: {
            Federated:
              "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com",
          },
          Action: "sts:AssumeRoleWithWebIdentity",
          Condition: {
            StringEquals: {
              "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
              "token.actions.githubusercontent.com:sub": sub,
            },
          },
        },
      ],
    });

    assert.deepEqual(
      trust("preview"),
      subjects(
        "repo:your-organisation/your-repository:pull_request",
        "repo:your-organisation/your-repository:ref:refs/heads/main",
      ),
    );
    assert.deepEqual(
      trust("deploy-prod"),
      subjects("repo:your-organisation/your-repository:environment:prod"),
    );
  });

  it("names the roles and the boundary, and bounds the sessions", () => {
    const inputs = (label: string) => only(prod, label).inputs;

    assert.equal(inputs("aws:iam:Role preview")["name"], "pulumi-preview");
    assert.equal(inputs("aws:iam:Role preview")["maxSessionDuration"], 3600);
    assert.equal(inputs("aws:iam:Role deploy-prod")["name"], "pulumi-deploy-prod");
    assert.equal(inputs("aws:iam:Role deploy-prod")["maxSessionDuration"], 7200);
    assert.equal(inputs("aws:iam:Policy boundary")["name"], "pulumi-boundary");
  });

  it("gives each role the documents of its policies, and no more than ten managed ones", () => {
    const stateOf = {
      bucketArn: only(prod, "aws:s3:Bucket state").outputs["arn"] as string,
      keyArn: only(prod, "aws:kms:Key secrets").outputs["arn"] as string,
    };
    const documents = (name: string): Documents => {
      const arns = prod.resources
        .filter(({ type }) => type === "aws:iam/rolePolicyAttachment:RolePolicyAttachment")
        .filter(({ inputs }) => inputs["role"] === `pulumi-${name}`)
        .map(({ inputs }) => inputs["policyArn"]);
      assert.ok(arns.length <= 10, `${name} has ${String(arns.length)} managed policies`);
      const managed = prod.resources
        .filter(
          ({ type, outputs }) => type === "aws:iam/policy:Policy" && arns.includes(outputs["arn"]),
        )
        .map((policy) => [
          policy.name.replace(`${name}-`, ""),
          JSON.parse(policy.inputs["policy"] as string) as Documents[string],
        ]);
      return {
        ...(Object.fromEntries(managed) as Documents),
        state: json(prod, `aws:iam:RolePolicy ${name}-state`, "policy") as Documents[string],
      };
    };

    assert.deepEqual(documents("preview"), previewDocuments(PROD, stateOf));
    assert.deepEqual(documents("deploy-prod"), deployDocuments(PROD, stateOf));
    assert.deepEqual(
      json(prod, "aws:iam:Policy boundary", "policy"),
      boundaryDocument([], PROD, stateOf),
    );
  });

  it("tells what stacks and workflows are configured with", () => {
    assert.deepEqual(prod.outputs, {
      backendUrl: "s3://pulumi-state-123456789012-eu-central-1?region=eu-central-1&awssdk=v2",
      secretsProvider: "awskms://alias/pulumi-secrets?region=eu-central-1",
      previewRoleArn: "arn:aws:iam::123456789012:role/pulumi-preview",
      deployRoleArns: { prod: "arn:aws:iam::123456789012:role/pulumi-deploy-prod" },
      permissionsBoundary: "arn:aws:iam::123456789012:policy/pulumi-boundary",
    });
  });

  for (const stack of ["dev", "prod"]) {
    const judged = (verdict: Verdict) => [
      exitCodeOf(verdict),
      verdict.findings.filter(({ outcome }) => outcome !== "undecided"),
    ];

    it(`violates no policy in ${stack}, neither before a deployment nor after it`, async () => {
      const graph = await recordStack(bootstrap, {
        ...shippedFiles(stack, "bootstrap"),
        onMessage: () => undefined,
      });
      const afterwards = await judgeStack(await deployed(stack), {}, true);

      assert.deepEqual(judged(await judgeStack(graph)), [0, []]);
      assert.deepEqual(judged(afterwards), [0, []]);
      // Documents are known then, so that the policies on IAM have been through each of them.
      assert.deepEqual(
        afterwards.findings.map(({ name }) => name),
        [],
      );
    });
  }
});
