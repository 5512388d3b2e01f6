import assert from "node:assert/strict";
import { buildServiceUrl, listenersOf } from "../../../infra/lib/listeners";

const TLS = { kind: "existing", certificateArn: "arn" } as const;

describe("listenersOf", () => {
  it("is HTTP on port 80 without TLS", () => {
    assert.deepEqual(listenersOf(undefined), [{ role: "http", port: 80, protocol: "HTTP" }]);
  });

  it("adds HTTPS on port 443 with TLS", () => {
    assert.deepEqual(listenersOf(TLS), [
      { role: "http", port: 80, protocol: "HTTP" },
      { role: "https", port: 443, protocol: "HTTPS" },
    ]);
  });
});

describe("buildServiceUrl", () => {
  it("is an address of HTTP without TLS, of HTTPS with it", () => {
    assert.equal(buildServiceUrl(undefined, "web.example.com"), "http://web.example.com");
    assert.equal(buildServiceUrl(TLS, "web.example.com"), "https://web.example.com");
  });
});
