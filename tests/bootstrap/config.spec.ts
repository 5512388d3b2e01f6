import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";
import { loadConfig } from "../../bootstrap/config";
import { settings } from "../../bootstrap/settings";
import { ConfigError } from "../../infra/config/config-error";
import { bootstrapFiles, type Changes } from "./recorded-deployment";
import { shippedFiles } from "../support/shipped-files";

const KEY = "ecs-on-ec2-bootstrap:";

async function useStack(stack: string, changes: Changes = {}, secretKeys: string[] = []) {
  const { project, config } = bootstrapFiles(stack, changes);
  const nothing = { newResource: () => ({ id: "", state: {} }), call: () => ({}) };
  await pulumi.runtime.setMocks(nothing, project, stack);
  pulumi.runtime.setAllConfig(config, secretKeys);
}

async function faultsOf(changes: Changes, secretKeys: string[] = []): Promise<readonly string[]> {
  await useStack("prod", changes, secretKeys);
  try {
    loadConfig();
    return [];
  } catch (error) {
    assert.ok(error instanceof ConfigError, String(error));
    return error.faults;
  }
}

describe("loadConfig of the bootstrap", () => {
  it("reads the settings of prod", async () => {
    await useStack("prod");

    assert.deepEqual(loadConfig(), {
      region: "eu-central-1",
      appName: "web",
      appProject: "ecs-on-ec2",
      environments: ["prod"],
      hostedZoneId: "Z0123456789ABCDEFGHIJ",
      applicationActions: [],
      repository: "your-organisation/your-repository",
      defaultBranch: "main",
      createOidcProvider: true,
      stateBucket: undefined,
      stateRetentionDays: 90,
      serviceLinkedRoles: [
        "autoscaling.amazonaws.com",
        "ecs.amazonaws.com",
        "ecs.application-autoscaling.amazonaws.com",
        "elasticloadbalancing.amazonaws.com",
      ],
    });
  });

  it("reads every key that Pulumi.yaml declares, and no other", () => {
    const { config } = parse(readFileSync("bootstrap/Pulumi.yaml", "utf8")) as { config: object };

    assert.deepEqual(Object.keys(settings), Object.keys(config));
  });

  it("is of the application whose stack files stand beside it", () => {
    for (const stack of ["dev", "prod"]) {
      const application = shippedFiles(stack);
      const { config } = bootstrapFiles(stack);
      const { tags } = JSON.parse(application.config["aws:defaultTags"] ?? "") as {
        tags: Record<string, string>;
      };

      assert.equal(config[`${KEY}appProject`], application.project);
      assert.equal(config[`${KEY}appProject`], tags["Project"]);
      assert.equal(config[`${KEY}appName`], application.config["ecs-on-ec2:appName"]);
      assert.equal(config[`${KEY}environments`], JSON.stringify([tags["Environment"]]));
      assert.equal(config[`${KEY}hostedZoneId`], application.config["ecs-on-ec2:hostedZoneId"]);
      assert.equal(config["aws:region"], application.config["aws:region"]);
    }
  });

  it("tells all faults at once", async () => {
    assert.deepEqual(
      await faultsOf({
        [`${KEY}appName`]: "Web",
        [`${KEY}environments`]: '["prod","prod"]',
        [`${KEY}repository`]: "https://github.com/octo/shop",
        [`${KEY}defaultBranch`]: "*",
        [`${KEY}stateRetentionDays`]: "0",
        [`${KEY}applicationActions`]: '["s3:*","iam:PassRole"]',
        [`${KEY}serviceLinkedRoles`]: '["ecs"]',
        [`${KEY}bogus`]: "1",
      }),
      [
        "Pulumi.prod.yaml: ecs-on-ec2-bootstrap:bogus: got an unknown key, must be one that Pulumi.yaml declares; remove it",
        'Pulumi.prod.yaml: ecs-on-ec2-bootstrap:appName: got "Web", must be 2 to 16 lower-case letters, digits and single hyphens, a letter first and no hyphen last; choose a shorter or plainer name',
        'Pulumi.prod.yaml: ecs-on-ec2-bootstrap:environments: got ["prod","prod"], must name each once, and AWS ignores case; remove the second, prod',
        'Pulumi.prod.yaml: ecs-on-ec2-bootstrap:applicationActions[0]: got "s3:*", must be <service>:<Action> without a wildcard; write one such as s3:GetObject, each action by itself',
        'Pulumi.prod.yaml: ecs-on-ec2-bootstrap:applicationActions[1]: got "iam:PassRole", must not be of iam, sts, organizations, account or sso; let an administrator make what needs it',
        'Pulumi.prod.yaml: ecs-on-ec2-bootstrap:repository: got "https://github.com/octo/shop", must be owner@id/name@id, or owner/name for a repository whose tokens have no ids; write what `gh api repos/<owner>/<name>/actions/oidc/customization/sub --jq .sub_claim_prefix` prints, without repo:',
        'Pulumi.prod.yaml: ecs-on-ec2-bootstrap:defaultBranch: got "*", must be the name of one branch; write it without refs/heads/, for example main',
        "Pulumi.prod.yaml: ecs-on-ec2-bootstrap:stateRetentionDays: got 0, must be an integer from 1 to 3650; write a whole number in that range",
        'Pulumi.prod.yaml: ecs-on-ec2-bootstrap:serviceLinkedRoles[0]: got "ecs", must be one of autoscaling.amazonaws.com, ecs.amazonaws.com, ecs.application-autoscaling.amazonaws.com, elasticloadbalancing.amazonaws.com; choose one of them',
      ],
    );
  });

  it("refuses what would give the deploy roles power over the bootstrap", async () => {
    assert.deepEqual(
      await faultsOf({
        [`${KEY}appName`]: "pulumi",
        [`${KEY}stateBucket`]: "pulumi-states",
        "aws:defaultTags": '{"tags":{"Project":"ecs-on-ec2"}}',
      }),
      [
        "Pulumi.prod.yaml: ecs-on-ec2-bootstrap:appName: got \"pulumi\", but roles of the bootstrap begin with pulumi-, and the deploy roles may change what begins with the application's name; choose another name, here and in the application's settings",
        'Pulumi.prod.yaml: ecs-on-ec2-bootstrap:stateBucket: got "pulumi-states", but the deploy roles may change every bucket that begins with pulumi-; choose a name that begins otherwise',
        'Pulumi.prod.yaml: aws:defaultTags.tags.Project: got "ecs-on-ec2", must be set, and differ from appProject: the deploy roles may change what carries that tag; write the name of this project',
      ],
    );
    assert.deepEqual(await faultsOf({ "aws:defaultTags": undefined }), [
      "Pulumi.prod.yaml: aws:defaultTags.tags.Project: got nothing, must be set, and differ from appProject: the deploy roles may change what carries that tag; write the name of this project",
    ]);
  });

  it("refuses its own project as the application's, whose states the deploy roles write", async () => {
    const fault =
      'Pulumi.prod.yaml: ecs-on-ec2-bootstrap:appProject: got "ecs-on-ec2-bootstrap", but that is the project of the bootstrap, and the deploy roles may write the states of appProject; write the name in the application\'s Pulumi.yaml';

    for (const project of ["bootstrap-of-prod", "ecs-on-ec2-bootstrap"]) {
      assert.deepEqual(
        await faultsOf({
          [`${KEY}appProject`]: "ecs-on-ec2-bootstrap",
          "aws:defaultTags": JSON.stringify({ tags: { Project: project } }),
        }),
        [fault],
        project,
      );
    }
  });

  it("asks for what has no default, and takes nothing encrypted", async () => {
    assert.deepEqual(await faultsOf({ [`${KEY}repository`]: undefined }, [`${KEY}appName`]), [
      "Pulumi.prod.yaml: ecs-on-ec2-bootstrap:appName: got [secret], must not be encrypted because it decides what the stack consists of; run `pulumi config set ecs-on-ec2-bootstrap:appName <value> --stack prod` without --secret",
      "Pulumi.prod.yaml: ecs-on-ec2-bootstrap:repository: got nothing, must be set; run `pulumi config set ecs-on-ec2-bootstrap:repository <value> --stack prod`",
    ]);
  });

  const accepted = async (key: string, ...values: string[]) => {
    const results: boolean[] = [];
    for (const value of values) {
      results.push((await faultsOf({ [`${KEY}${key}`]: value })).length === 0);
    }
    return results;
  };

  it("takes repositories and branches that GitHub has, and none that change a subject", async () => {
    assert.deepEqual(
      await accepted(
        "repository",
        "o/r",
        "my-org/My.Repo_1",
        "o/r:x",
        "o/*",
        "o",
        "-o/r",
        "o/r/s",
        "o/..",
        "o@1/r@2",
        "my-org@123456/My.Repo_1@456789",
        "o@1/r",
        "o/r@2",
        "o@*/r@2",
        "o@0/r@2",
        "o@1/..@2",
        "repo:o@1/r@2",
        "octo_acme/repo",
        "octo_acme@1/repo@2",
        "octo_/repo",
        "_acme/repo",
      ),
      [
        ...[true, true, false, false, false, false, false, false],
        ...[true, true, false, false, false, false, false, false],
        ...[true, true, false, false],
      ],
    );
    assert.deepEqual(
      await accepted("defaultBranch", "main", "release/1.x", "/main", "main/", "a:b", "refs?", ""),
      [true, true, false, false, false, false, false],
    );
    assert.deepEqual(
      await accepted("defaultBranch", "refs/heads/main", "refs/tags/v1", "refs", "my/refs/heads"),
      [false, false, true, true],
    );
    assert.deepEqual(
      await accepted(
        "environments",
        `["${"e".repeat(24)}"]`,
        `["${"e".repeat(25)}"]`,
        '["*"]',
        "[]",
        '["a:b"]',
      ),
      [true, false, false, false, false],
    );
  });

  it("tells names apart as AWS does, which ignores case", async () => {
    assert.deepEqual(await faultsOf({ [`${KEY}environments`]: '["dev","Dev"]' }), [
      'Pulumi.prod.yaml: ecs-on-ec2-bootstrap:environments: got ["dev","Dev"], must name each once, and AWS ignores case; remove the second, Dev',
    ]);
    assert.deepEqual(
      await accepted(
        "applicationActions",
        '["s3:GetObject","s3:PutObject"]',
        '["s3:GetObject","s3:getobject"]',
      ),
      [true, false],
    );
  });

  it("takes names of buckets that S3 takes", async () => {
    assert.deepEqual(
      await accepted("stateBucket", "states", "my.states-1.x", "1.2.3", "192.168.1.x", "a--b"),
      [true, true, true, true, true],
    );
    assert.deepEqual(
      await accepted(
        "stateBucket",
        "192.168.1.1",
        "a.-b",
        "a-.b",
        "a..b",
        "-ab",
        "ab.",
        "ab",
        "A-b",
      ),
      [false, false, false, false, false, false, false, false],
    );
  });
});
