import assert from "node:assert/strict";
import type { IamStatement } from "../../../infra/lib/iam-policy";
import type { Environment } from "../../../bootstrap/permissions/permission-table";
import { AREAS } from "../../../bootstrap/permissions/policy-documents";
import { type IamAction, keyWithoutTag, readReference } from "../authorization-reference";
import {
  boundaryDocument,
  deployDocuments,
  listOf,
  previewDocuments,
  PROD,
  statementsOf,
} from "../documents";
import { globsIntersect } from "../globs";
import { type IamRequest, isAllowed } from "../iam-simulation";

const REFERENCE = readReference();
const known = (action: string): IamAction => {
  const found = REFERENCE.actions[action];
  assert.ok(found !== undefined, `${action} is not in the reference; record it anew`);
  return found;
};

/** Settings with the longest texts that they take, in the partition and region with the longest names. */
const LONGEST: Environment = {
  partition: "aws-us-gov",
  region: "ap-southeast-1",
  accountId: "123456789012",
  appName: "a".repeat(16),
  project: "p".repeat(40),
  hostedZoneId: `Z${"0".repeat(31)}`,
  environment: "e".repeat(24),
  boundaryArn: "arn:aws-us-gov:iam::123456789012:policy/pulumi-boundary",
};

/** What only AWS has, with no account in its ARN. */
const withAccount = (arn: string) => arn.replace(/^(arn:aws:ssm:[^:]*:):/, `$1${PROD.accountId}:`);

/** Resource types of an action that a statement names. */
function typesNamed(action: string, { Resource }: IamStatement): string[] {
  const [service = ""] = action.split(":");
  return Object.keys(known(action).resources).filter((type) =>
    listOf(Resource).some((pattern) =>
      globsIntersect(withAccount(pattern), REFERENCE.resources[`${service}:${type}`]?.arn ?? ""),
    ),
  );
}

/** Required by the reference for load balancers of the kind that the program has none of. */
const OF_OTHER_KINDS = ["listener/gwy"];

/** Keys that every request has, whatever the action. */
const GLOBAL_KEYS = ["aws:RequestedRegion"];

/** Checked as a part of CreateKey, whose request has the tags. */
const PARTS_OF_A_CREATION = ["kms:PutKeyPolicy aws:RequestTag"];

describe("the policy documents", () => {
  const deploy = statementsOf(deployDocuments());
  const preview = statementsOf(previewDocuments());

  it("know every action, and are known to the reference as they are", () => {
    const named = [...deploy, ...preview, ...boundaryDocument().Statement]
      .filter(({ Effect }) => Effect === "Allow")
      .flatMap(({ Action }) => listOf(Action));

    assert.deepEqual([...new Set(named)].sort(), Object.keys(REFERENCE.actions).sort());
  });

  it("allow the preview role nothing but to read, and to decrypt what it reads", () => {
    const levels = preview.flatMap(({ Action }) =>
      listOf(Action).map((action) => [action, known(action).level] as const),
    );

    assert.deepEqual(
      levels.filter(([, level]) => level !== "Read" && level !== "List"),
      [["kms:Decrypt", "Write"]],
    );
  });

  it("have no wildcard in an action", () => {
    const actions = deploy.flatMap(({ Action }) => listOf(Action));

    assert.deepEqual(
      actions.filter((action) => /[*?]/.test(action)),
      [],
    );
  });

  it("allow on every resource exactly those actions that know none, and these under a condition", () => {
    for (const statement of deploy) {
      const resources = listOf(statement.Resource);
      for (const action of listOf(statement.Action)) {
        const isResourceless = Object.keys(known(action).resources).length === 0;
        assert.equal(resources.includes("*"), isResourceless, `${statement.Sid}: ${action}`);
      }
      if (resources.includes("*")) {
        assert.deepEqual(resources, ["*"], statement.Sid);
        assert.ok(statement.Condition !== undefined, statement.Sid);
      }
    }
  });

  it("name for every action a resource that it is checked on, and no resource in vain", () => {
    for (const statement of deploy.filter(({ Resource }) => Resource !== "*")) {
      const resources = listOf(statement.Resource).filter((resource) => resource !== "*");
      for (const action of resources.length === 0 ? [] : listOf(statement.Action)) {
        assert.notDeepEqual(typesNamed(action, statement), [], `${statement.Sid}: ${action}`);
      }
      for (const resource of resources) {
        const only = { ...statement, Resource: resource };
        assert.ok(
          listOf(statement.Action).some((action) => typesNamed(action, only).length > 0),
          `${statement.Sid}: ${resource}`,
        );
      }
    }
  });

  it("name for every action each resource type that AWS requires", () => {
    for (const action of new Set(deploy.flatMap(({ Action }) => listOf(Action)))) {
      const named = deploy
        .filter(({ Action }) => listOf(Action).includes(action))
        .flatMap((statement) => typesNamed(action, statement));
      const required = Object.entries(known(action).resources)
        .filter(([type, { required }]) => required && !OF_OTHER_KINDS.includes(type))
        .map(([type]) => type);

      assert.deepEqual(
        required.filter((type) => !named.includes(type)),
        [],
        action,
      );
    }
  });

  it("have conditions only on what AWS tells of the action or of each resource that they name", () => {
    for (const statement of [...deploy, ...preview]) {
      const keys = Object.values(statement.Condition ?? {}).flatMap((each) => Object.keys(each));
      for (const action of listOf(statement.Action)) {
        const [service = ""] = action.split(":");
        const { keys: ofAction, resources } = known(action);
        const ofTypes = typesNamed(action, statement).map((type) => [
          ...(resources[type]?.keys ?? []),
          // A resource has its tags, whatever is done to it; the tags of a request are told by action.
          ...(REFERENCE.resources[`${service}:${type}`]?.keys ?? []).filter(
            (key) => key !== "aws:RequestTag",
          ),
        ]);
        for (const key of keys.map(keyWithoutTag)) {
          assert.ok(
            [...GLOBAL_KEYS, ...ofAction].includes(key) ||
              (ofTypes.length > 0 && ofTypes.every((each) => each.includes(key))) ||
              PARTS_OF_A_CREATION.includes(`${action} ${key}`),
            `${statement.Sid}: ${action} knows no ${key}`,
          );
        }
      }
    }
  });

  it("say of every statement why, and name each once in a policy", () => {
    for (const { reads, writes } of AREAS) {
      const grants = [...reads(PROD), ...writes(PROD)];
      const sids = grants.map(({ sid }) => sid);

      assert.deepEqual(
        grants.filter(({ why }) => !/^[^.]{20,}$/.test(why)),
        [],
      );
      assert.deepEqual([...new Set(sids)], sids);
      assert.deepEqual(
        sids.filter((sid) => !/^[A-Z][A-Za-z]+$/.test(sid)),
        [],
      );
    }
  });

  it("fit into policies of 6,144 characters with the longest settings, the role's own into 10,240", () => {
    const { state, ...managed } = deployDocuments(LONGEST);
    const length = (document: unknown) => JSON.stringify(document).length;

    assert.deepEqual(
      Object.entries(managed)
        .map(([name, document]) => [name, length(document)] as const)
        .filter(([, characters]) => characters > 6144),
      [],
    );
    assert.ok(length(state) <= 10_240);
    const actions = Array.from({ length: 30 }, () => `${"s".repeat(30)}:${"A".repeat(50)}`);
    assert.ok(length(boundaryDocument(actions, LONGEST)) <= 6144);
  });

  it("leave DNS records alone where no hosted zone is set", () => {
    const documents = deployDocuments({ ...PROD, hostedZoneId: undefined });
    const actions = statementsOf(documents).flatMap(({ Action }) => listOf(Action));

    assert.ok(!actions.includes("route53:ChangeResourceRecordSets"));
    assert.ok(!actions.includes("route53:ListResourceRecordSets"));
  });
});

const account = PROD.accountId;
const own = { "aws:ResourceTag/Project": "ecs-on-ec2", "aws:ResourceTag/Environment": "prod" };
const tags = { "aws:RequestTag/Project": "ecs-on-ec2", "aws:RequestTag/Environment": "prod" };
const ec2 = (kind: string) => `arn:aws:ec2:eu-central-1:${account}:${kind}`;
const role = (name: string) => `arn:aws:iam::${account}:role/${name}`;
const bounded = { "iam:PermissionsBoundary": PROD.boundaryArn };

describe("the deploy role of prod", () => {
  const documents = Object.values(deployDocuments());
  const allows = (action: string, resource: string, context: IamRequest["context"] = {}) =>
    isAllowed(documents, { action, resource, context });

  it("changes what carries its tags, and nothing without them or with those of dev", () => {
    const vpc = ec2("vpc/vpc-1");

    assert.equal(allows("ec2:DeleteVpc", vpc, own), true);
    assert.equal(allows("ec2:DeleteVpc", vpc), false);
    assert.equal(
      allows("ec2:DeleteVpc", vpc, { ...own, "aws:ResourceTag/Environment": "dev" }),
      false,
    );
    assert.equal(
      allows("ec2:DeleteVpc", vpc, { ...own, "aws:ResourceTag/Project": "other" }),
      false,
    );
  });

  it("makes nothing that does not carry its tags", () => {
    assert.equal(allows("ec2:CreateVpc", ec2("vpc/*"), tags), true);
    assert.equal(allows("ec2:CreateVpc", ec2("vpc/*")), false);
    assert.equal(allows("kms:CreateKey", "*", tags), true);
    assert.equal(
      allows("kms:CreateKey", "*", { ...tags, "aws:RequestTag/Environment": "dev" }),
      false,
    );
  });

  it("takes nothing of others over by tagging it", () => {
    const foreign = {
      ...tags,
      "aws:ResourceTag/Project": "ecs-on-ec2-bootstrap",
      "aws:ResourceTag/Environment": "prod",
    };
    const key = `arn:aws:kms:eu-central-1:${account}:key/1`;

    assert.equal(allows("ec2:CreateTags", ec2("vpc/vpc-1"), tags), false);
    assert.equal(allows("kms:TagResource", key, tags), true);
    assert.equal(allows("kms:TagResource", key, foreign), false);
    assert.equal(allows("kms:PutKeyPolicy", key, foreign), false);
    assert.equal(allows("kms:PutKeyPolicy", key), false);
    assert.equal(allows("kms:ScheduleKeyDeletion", key, foreign), false);
  });

  it("tags a key or certificate that has neither tag or both of its own, and none with one alone", () => {
    const taggings = [
      ["kms:TagResource", `arn:aws:kms:eu-central-1:${account}:key/1`],
      ["acm:AddTagsToCertificate", `arn:aws:acm:eu-central-1:${account}:certificate/1`],
    ] as const;
    for (const [action, resource] of taggings) {
      const tagging = (context: IamRequest["context"]) =>
        allows(action, resource, { ...tags, ...context });

      assert.equal(tagging({}), true, action);
      assert.equal(tagging(own), true, action);
      assert.equal(tagging({ "aws:ResourceTag/Project": "ecs-on-ec2" }), false, action);
      assert.equal(tagging({ "aws:ResourceTag/Environment": "prod" }), false, action);
      assert.equal(tagging({ ...own, "aws:ResourceTag/Environment": "dev" }), false, action);
      assert.equal(allows(action, resource), false, action);
    }
  });

  it("makes things in what carries its tags only, whatever tags it asks for", () => {
    const foreign = { ...tags, "aws:ResourceTag/Project": "other" };
    const made = [
      ["ec2:AuthorizeSecurityGroupIngress", "security-group-rule", ["security-group"]],
      ["ec2:AuthorizeSecurityGroupEgress", "security-group-rule", ["security-group"]],
      ["ec2:CreateSecurityGroup", "security-group", ["vpc"]],
      ["ec2:CreateSubnet", "subnet", ["vpc"]],
      ["ec2:CreateRouteTable", "route-table", ["vpc"]],
      ["ec2:CreateNatGateway", "natgateway", ["elastic-ip", "subnet", "vpc"]],
      ["ec2:CreateVpcEndpoint", "vpc-endpoint", ["route-table", "security-group", "subnet", "vpc"]],
      ["ec2:CreateFlowLogs", "vpc-flow-log", ["natgateway", "subnet", "vpc"]],
    ] as const;
    for (const [action, kind, surroundings] of made) {
      assert.equal(allows(action, ec2(`${kind}/*`), tags), true, action);
      assert.equal(allows(action, ec2(`${kind}/*`)), false, action);
      for (const each of surroundings) {
        const resource = ec2(`${each}/1`);

        assert.equal(allows(action, resource, { ...tags, ...own }), true, `${action}: ${each}`);
        assert.equal(allows(action, resource, foreign), false, `${action}: ${each}`);
        assert.equal(allows(action, resource, tags), false, `${action}: ${each}`);
      }
    }
  });

  it("reads and writes the parameter that counts images, and none that holds a secret", () => {
    const parameter = (name: string) => `arn:aws:ssm:eu-central-1:${account}:parameter/${name}`;
    const reads = Object.values(previewDocuments());

    assert.equal(allows("ssm:PutParameter", parameter("web-image-tag-1a2b3c4")), true);
    for (const name of ["web-database-password", "web/database/password"]) {
      assert.equal(allows("ssm:GetParameter", parameter(name)), false, name);
      assert.equal(allows("ssm:PutParameter", parameter(name)), false, name);
      assert.equal(
        isAllowed(reads, { action: "ssm:GetParameter", resource: parameter(name) }),
        false,
        name,
      );
    }
  });

  it("gives permissions to roles of the application under the boundary only", () => {
    for (const action of ["iam:CreateRole", "iam:PutRolePolicy", "iam:UpdateAssumeRolePolicy"]) {
      assert.equal(allows(action, role("web-task"), bounded), true, action);
      assert.equal(allows(action, role("web-task")), false, action);
      assert.equal(
        allows(action, role("web-task"), {
          "iam:PermissionsBoundary": "arn:aws:iam::aws:policy/AdministratorAccess",
        }),
        false,
        action,
      );
      assert.equal(allows(action, role("pulumi-deploy-prod"), bounded), false, action);
    }
    assert.equal(allows("iam:DeleteRolePermissionsBoundary", role("web-task"), bounded), false);
    assert.equal(allows("iam:CreatePolicyVersion", PROD.boundaryArn), false);
  });

  it("attaches one managed policy and no other", () => {
    const attach = (policy: string) =>
      allows("iam:AttachRolePolicy", role("web-instance"), {
        ...bounded,
        "iam:PolicyARN": `arn:aws:iam::aws:policy/${policy}`,
      });

    assert.equal(attach("AmazonSSMManagedInstanceCore"), true);
    assert.equal(attach("AdministratorAccess"), false);
  });

  it("passes roles of the application to its three services and to no other", () => {
    const pass = (name: string, service: string) =>
      allows("iam:PassRole", role(name), { "iam:PassedToService": service });

    assert.equal(pass("web-task", "ecs-tasks.amazonaws.com"), true);
    assert.equal(pass("web-instance", "ec2.amazonaws.com"), true);
    assert.equal(pass("web-flow-logs", "vpc-flow-logs.amazonaws.com"), true);
    assert.equal(pass("web-task", "lambda.amazonaws.com"), false);
    assert.equal(pass("pulumi-deploy-prod", "ec2.amazonaws.com"), false);
  });

  it("starts instances from the environment's launch templates only", () => {
    const launch = (context: IamRequest["context"]) =>
      allows("ec2:RunInstances", ec2("instance/*"), context);

    assert.equal(launch({ "ec2:LaunchTemplate": ec2("launch-template/lt-1") }), true);
    assert.equal(launch({}), false);
    assert.equal(allows("ec2:RunInstances", ec2("launch-template/lt-1"), own), true);
    assert.equal(allows("ec2:RunInstances", ec2("launch-template/lt-1")), false);
  });

  it("lists in its own region only", () => {
    const list = (region: string) =>
      allows("ec2:DescribeVpcs", "*", { "aws:RequestedRegion": region });

    assert.equal(list("eu-central-1"), true);
    assert.equal(list("us-east-1"), false);
  });
});
