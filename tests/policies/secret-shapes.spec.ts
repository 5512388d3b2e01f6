import assert from "node:assert/strict";
import { secretShapeOf } from "../../policies/secret-shapes";

/** Put together here, so that no scanner takes the file for a leak. */
const join = (...parts: readonly string[]) => parts.join("");

describe("secretShapeOf", () => {
  for (const [shape, text] of [
    ["an AWS access key id", join("AK", "IAIOSFODNN7EXAMPLE")],
    ["an AWS access key id", join("key=AS", "IAIOSFODNN7EXAMPLE;")],
    ["an AWS secret access key", "aws_secret_access_key = x"],
    ["an AWS secret access key", 'AWS_SECRET_ACCESS_KEY": x'],
    ["a private key", join("-----BEGIN ", "PRIVATE KEY-----")],
    ["a private key", join("-----BEGIN ", "RSA PRIVATE KEY-----\nMII")],
    ["a private key", join("-----BEGIN ", "PGP PRIVATE KEY BLOCK-----")],
    ["a JSON Web Token", join("Bearer ey", "JhbGciOiJI.ey", "JzdWIiOiIx.c2ln")],
    ["a GitHub token", join("gh", "p_", "a".repeat(36))],
    ["a GitHub token", join("gh", "s_", "a".repeat(36))],
    ["a GitHub token", join("github", "_pat_", "a".repeat(22))],
    ["a GitLab token", join("gl", "pat-", "a".repeat(20))],
    ["an npm token", join("np", "m_", "a".repeat(36))],
    ["a Slack token", join("xo", "xb-", "1".repeat(10))],
    ["a Stripe key", join("sk", "_live_", "a".repeat(16))],
    ["a Google API key", join("AI", "za", "a".repeat(35))],
    ["a password in a URL", "postgres://app:hunter2@db:5432/app"],
    ["a password in a URL", "redis://:hunter2@cache:6379"],
  ] as const) {
    it(`knows ${shape} in ${String(text.length)} characters beginning ${text.slice(0, 4)}`, () => {
      assert.equal(secretShapeOf(text), shape);
    });
  }

  for (const text of [
    "",
    "3000",
    "info",
    join("AK", "IAIOSFODNN7EXAMPL"),
    join("XAK", "IAIOSFODNN7EXAMPLE"),
    join("AK", "IAIOSFODNN7EXAMPLEX"),
    "-----BEGIN CERTIFICATE-----",
    "-----BEGIN PUBLIC KEY-----",
    join("gh", "p_", "a".repeat(35)),
    "postgres://app@db:5432/app",
    "postgres://app:$PASSWORD@db:5432/app",
    "postgres://app:${PASSWORD}@db:5432/app",
    "https://example.com:8443/@scope/package",
    "arn:aws:secretsmanager:eu-central-1:123456789012:secret:app-AbCdEf",
    "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  ]) {
    it(`takes ${JSON.stringify(text)} for no secret`, () => {
      assert.equal(secretShapeOf(text), undefined);
    });
  }

  it("stays fast on long texts that begin like a secret", () => {
    const started = performance.now();

    for (const part of ["://", "eyJaaaaaaaa", "-----BEGIN A", "AKIA", "aws_secret_access_key "]) {
      assert.equal(secretShapeOf(part.repeat(20_000)), undefined);
    }
    assert.ok(performance.now() - started < 2000);
  });
});
