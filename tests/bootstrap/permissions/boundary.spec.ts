import assert from "node:assert/strict";
import { loadContainer } from "../../../infra/compose";
import { loadConfig, loadSecrets } from "../../../infra/config";
import type { IamPolicy } from "../../../infra/lib/iam-policy";
import { planStack } from "../../../infra/plan";
import { declareStack } from "../../../infra/stack";
import { boundaryDocument, listOf, PROD, STATE } from "../documents";
import { isAllowed } from "../iam-simulation";
import { recordDeployment } from "../recorded-deployment";
import { shippedFiles } from "../../support/shipped-files";

const inRegion = { "aws:RequestedRegion": PROD.region };

describe("the boundary of the application's roles", () => {
  const allows = (action: string, resource: string, actions: readonly string[] = []) =>
    isAllowed([boundaryDocument(actions)], { action, resource, context: inRegion });

  it("lets the roles of prod do everything that their own policies allow", async () => {
    const files = shippedFiles("prod");
    const config = {
      ...files.config,
      "ecs-on-ec2:secretEnvironment":
        '{"TOKEN":"arn:aws:secretsmanager:eu-central-1:123456789012:secret:token","KEY":"arn:aws:ssm:eu-central-1:123456789012:parameter/key"}',
    };
    const { graph } = await recordDeployment(
      () => {
        const loaded = loadConfig();
        const { composeFile, composeService } = loaded.container;
        const plan = planStack(loaded, loadContainer(composeFile, composeService));
        return declareStack(plan, loadSecrets());
      },
      { ...files, config },
    );
    const requests = graph.resources
      .filter(({ type }) => type === "aws:iam/rolePolicy:RolePolicy")
      .flatMap(({ inputs }) => (JSON.parse(inputs["policy"] as string) as IamPolicy).Statement)
      .flatMap(({ Action, Resource }) =>
        listOf(Action).flatMap((action) =>
          listOf(Resource).map((resource) => [action, resource] as const),
        ),
      );

    assert.ok(requests.length > 15, String(requests.length));
    assert.deepEqual(
      requests.filter(([action, resource]) => !allows(action, resource)),
      [],
    );
  });

  it("stops whatever makes a role more than it is", () => {
    for (const action of [
      "iam:CreateUser",
      "iam:PutRolePolicy",
      "iam:PassRole",
      "sts:AssumeRole",
      "organizations:LeaveOrganization",
      "ec2:RunInstances",
      "s3:GetObject",
    ]) {
      assert.equal(allows(action, "*"), false, action);
    }
  });

  it("lets the application do what the setting names, but never with the states or their key", () => {
    const actions = ["s3:GetObject", "kms:Decrypt"];

    assert.equal(allows("s3:GetObject", "arn:aws:s3:::pictures/1", actions), true);
    assert.equal(allows("s3:GetObject", `${STATE.bucketArn}/.pulumi/meta.yaml`, actions), false);
    assert.equal(allows("kms:Decrypt", STATE.keyArn, actions), false);
  });

  it("decrypts for the services that hold secrets only", () => {
    const decrypt = (service: string) =>
      isAllowed([boundaryDocument()], {
        action: "kms:Decrypt",
        resource: "arn:aws:kms:eu-central-1:123456789012:key/1",
        context: { ...inRegion, "kms:ViaService": `${service}.eu-central-1.amazonaws.com` },
      });

    assert.deepEqual(["secretsmanager", "ssm", "s3"].map(decrypt), [true, true, false]);
  });

  it("ends at the region of the stack", () => {
    const request = { action: "logs:PutLogEvents", resource: "*" };
    const pull = (region: string) =>
      isAllowed([boundaryDocument()], { ...request, context: { "aws:RequestedRegion": region } });

    assert.equal(pull("eu-central-1"), true);
    assert.equal(pull("us-east-1"), false);
  });
});
