import assert from "node:assert/strict";
import { deployDocuments, previewDocuments, PROD, STATE } from "../documents";
import { isAllowed } from "../iam-simulation";

const FILES = {
  layout: ".pulumi/meta.yaml",
  state: ".pulumi/stacks/ecs-on-ec2/prod.json",
  backup: ".pulumi/stacks/ecs-on-ec2/prod.json.bak",
  history: ".pulumi/history/ecs-on-ec2/prod/prod-1.history.json",
  ofRemoval: ".pulumi/backups/ecs-on-ec2/prod/prod.1.json",
  lock: ".pulumi/locks/organization/ecs-on-ec2/prod/1.json",
  stateOfDev: ".pulumi/stacks/ecs-on-ec2/dev.json",
  lockOfDev: ".pulumi/locks/organization/ecs-on-ec2/dev/1.json",
  stateOfBootstrap: ".pulumi/stacks/ecs-on-ec2-bootstrap/prod.json",
} as const;

const OWN = ["state", "backup", "history", "ofRemoval", "lock"];

describe("the permissions on states", () => {
  const allowed = (documents: ReturnType<typeof deployDocuments>, action: string) =>
    Object.entries(FILES)
      .filter(([, file]) =>
        isAllowed(Object.values(documents), { action, resource: `${STATE.bucketArn}/${file}` }),
      )
      .map(([name]) => name);
  const key = (documents: ReturnType<typeof deployDocuments>, action: string) =>
    isAllowed(Object.values(documents), { action, resource: STATE.keyArn });

  it("let a preview read the application's states and write nothing, not even a lock", () => {
    const preview = previewDocuments();

    assert.deepEqual(allowed(preview, "s3:GetObject"), ["layout", "state", "backup", "stateOfDev"]);
    for (const action of ["s3:PutObject", "s3:DeleteObject", "s3:GetObjectVersion"]) {
      assert.deepEqual(allowed(preview, action), [], action);
    }
    assert.equal(key(preview, "kms:Decrypt"), true);
    assert.equal(key(preview, "kms:GenerateDataKey"), false);
  });

  it("let a deployment write what belongs to its own stack, and nothing of another", () => {
    const deploy = deployDocuments();

    assert.deepEqual(allowed(deploy, "s3:PutObject"), OWN);
    assert.deepEqual(allowed(deploy, "s3:DeleteObject"), OWN);
    assert.deepEqual(allowed(deploy, "s3:GetObject"), ["layout", ...OWN]);
    assert.equal(key(deploy, "kms:GenerateDataKey"), true);
  });

  it("let nobody take earlier versions, the bucket or the key away", () => {
    const documents = Object.values(deployDocuments());
    const allows = (action: string, resource: string) => isAllowed(documents, { action, resource });

    for (const action of ["s3:DeleteObjectVersion", "s3:GetObjectVersion"]) {
      assert.equal(allows(action, `${STATE.bucketArn}/${FILES.state}`), false, action);
    }
    for (const action of [
      "s3:DeleteBucket",
      "s3:PutBucketPolicy",
      "s3:PutLifecycleConfiguration",
    ]) {
      assert.equal(allows(action, STATE.bucketArn), false, action);
    }
    for (const action of [
      "kms:ScheduleKeyDeletion",
      "kms:PutKeyPolicy",
      "kms:DisableKeyRotation",
    ]) {
      assert.equal(allows(action, STATE.keyArn), false, action);
    }
  });

  it("let the stack dev of another environment neither write nor read prod's state", () => {
    const deploy = deployDocuments({ ...PROD, environment: "dev" });

    assert.deepEqual(allowed(deploy, "s3:PutObject"), ["stateOfDev", "lockOfDev"]);
    assert.deepEqual(allowed(deploy, "s3:GetObject"), ["layout", "stateOfDev", "lockOfDev"]);
  });
});
