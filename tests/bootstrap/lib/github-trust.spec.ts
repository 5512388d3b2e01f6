import assert from "node:assert/strict";
import { buildGitHubTrust, renderSubject } from "../../../bootstrap/lib/github-trust";

const PROVIDER = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com";

describe("renderSubject", () => {
  it("has the three forms of GitHub's tokens", () => {
    assert.equal(
      renderSubject("octo/shop", { kind: "environment", name: "prod" }),
      "repo:octo/shop:environment:prod",
    );
    assert.equal(
      renderSubject("octo/shop", { kind: "branch", name: "release/1.x" }),
      "repo:octo/shop:ref:refs/heads/release/1.x",
    );
    assert.equal(
      renderSubject("octo/shop", { kind: "pullRequest" }),
      "repo:octo/shop:pull_request",
    );
  });

  it("has the ids of owner and repository where the tokens have them", () => {
    const repository = "octo@123456/shop@456789";

    assert.equal(
      renderSubject(repository, { kind: "environment", name: "prod" }),
      "repo:octo@123456/shop@456789:environment:prod",
    );
  });
});

describe("buildGitHubTrust", () => {
  it("compares audience and subject as whole texts", () => {
    const [statement] = buildGitHubTrust(PROVIDER, "octo/shop", [
      { kind: "pullRequest" },
      { kind: "branch", name: "main" },
    ]).Statement;

    assert.deepEqual(statement, {
      Sid: "AssumeForJobsOfTheRepository",
      Effect: "Allow",
      Principal: { Federated: PROVIDER },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: {
        StringEquals: {
          "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
          "token.actions.githubusercontent.com:sub": [
            "repo:octo/shop:pull_request",
            "repo:octo/shop:ref:refs/heads/main",
          ],
        },
      },
    });
  });

  it("stays within the 2,048 characters of a trust policy with the longest names", () => {
    const repository = `${"o".repeat(39)}@${"1".repeat(20)}/${"r".repeat(100)}@${"1".repeat(20)}`;
    const policy = buildGitHubTrust(PROVIDER, repository, [
      { kind: "pullRequest" },
      { kind: "branch", name: "b".repeat(200) },
    ]);

    assert.ok(JSON.stringify(policy).length <= 2048);
  });
});
