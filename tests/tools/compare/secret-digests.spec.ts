import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import {
  ENCRYPTED,
  ownSecrets,
  SecretDigester,
  shareSecretsKey,
} from "../../../tools/compare/secret-digests";
import { type Json, UNKNOWN } from "../../../tools/preview/graph";

/** Digests of one value under the key of an environment. */
function digestOf(value: Json, environment: NodeJS.ProcessEnv): string | undefined {
  const digester = new SecretDigester(environment);
  digester.note("urn", "password", value);
  return digester.digests?.["urn"]?.["password"];
}

function keyed(): NodeJS.ProcessEnv {
  const environment = {};
  shareSecretsKey(environment);
  return environment;
}

describe("the digest of a secret", () => {
  it("is the same for the same value in both processes, and another one for another value", () => {
    const environment = keyed();

    assert.equal(digestOf({ a: 1, b: 2 }, environment), digestOf({ b: 2, a: 1 }, environment));
    assert.notEqual(digestOf("hunter2", environment), digestOf("hunter3", environment));
    assert.match(digestOf("hunter2", environment) ?? "", /^[0-9a-f]{64}$/);
  });

  it("cannot be guessed from the value, as every comparison has a key of its own", () => {
    const [one, other] = [digestOf("hunter2", keyed()), digestOf("hunter2", keyed())];

    assert.notEqual(one, other);
    const guesses = ["hunter2", '"hunter2"'].map((text) =>
      createHash("sha256").update(text).digest("hex"),
    );
    assert.ok(!guesses.includes(one ?? ""));
  });

  it("is a mark for what is encrypted in a stack's file, and nothing without a key", () => {
    assert.equal(digestOf(UNKNOWN, keyed()), ENCRYPTED);
    assert.equal(digestOf(UNKNOWN, {}), undefined);
    assert.equal(new SecretDigester({}).digests, undefined);
    assert.equal(digestOf("hunter2", {}), undefined);
  });
});

describe("ownSecrets", () => {
  it("has what is the same in both accounts", () => {
    assert.deepEqual(
      ownSecrets(
        { one: { a: "1", b: "2" }, two: { a: "3" }, three: { a: "4" } },
        { one: { a: "1", b: "9" }, two: { a: "9" }, four: { a: "4" } },
      ),
      { one: { a: "1" } },
    );
    assert.equal(ownSecrets(undefined, {}), undefined);
  });
});
