import assert from "node:assert/strict";
import { secretValue } from "../../../../tools/simulated-aws/protocol-values";
import { sealed, secretsOf, unwrapped } from "../../../../tools/simulated-aws/server/secret-values";

const onWire = {
  registry: { username: "AWS", password: secretValue("hunter22") },
  hooks: [secretValue({ url: "https://example.com/token" })],
  short: secretValue("on"),
};

describe("unwrapped", () => {
  it("takes secrets out of their wrappers at any depth", () => {
    assert.deepEqual(unwrapped(onWire), {
      registry: { username: "AWS", password: "hunter22" },
      hooks: [{ url: "https://example.com/token" }],
      short: "on",
    });
  });
});

describe("sealed", () => {
  it("wraps again what was secret, at the same place", () => {
    assert.deepEqual(sealed(unwrapped(onWire), secretsOf(onWire)), onWire);
  });

  it("wraps every text that holds a secret one, wherever it stands", () => {
    const outputs = { log: ["docker login -p hunter22", "on"], state: { url: "hunter22" } };

    assert.deepEqual(sealed(outputs, secretsOf(onWire)), {
      log: [secretValue("docker login -p hunter22"), "on"],
      state: { url: secretValue("hunter22") },
    });
  });

  it("leaves alone what is secret already, and everything where nothing was secret", () => {
    const outputs = { password: secretValue("hunter22"), list: [1, null, true] };

    assert.deepEqual(sealed(outputs, secretsOf(onWire)), outputs);
    assert.deepEqual(sealed({ text: "hunter22" }, secretsOf({})), { text: "hunter22" });
  });
});
