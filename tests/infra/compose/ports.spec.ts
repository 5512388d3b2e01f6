import assert from "node:assert/strict";
import fc from "fast-check";
import { readPorts } from "../../../infra/compose/ports";

function read(item: unknown) {
  const faults: string[] = [];
  const ports = readPorts([item], (message) => faults.push(message));
  return faults.length === 0
    ? ports.map((port) => `${port.containerPort}/${port.protocol}`)
    : faults;
}

describe("readPorts", () => {
  for (const item of [
    3000,
    "3000",
    "3000/tcp",
    "3000/TCP",
    "3000-3000",
    "8080:3000",
    ":3000",
    "8000-9000:3000",
    "127.0.0.1:8080:3000",
    "127.0.0.1::3000",
    "[::1]:8080:3000",
    "[2001:db8::1]:8080-8090:3000/tcp",
    { target: 3000 },
    { target: "3000", protocol: "tcp" },
  ]) {
    it(`reads ${JSON.stringify(item)} as port 3000 of the container`, () => {
      assert.deepEqual(read(item), ["3000/tcp"]);
    });
  }

  for (const item of [
    "",
    "http",
    "3000/tcp/udp",
    "-1",
    "1.5",
    "70000:80",
    "90-80:80",
    "localhost:80:80",
    "::1:80:80",
    "[127.0.0.1]:80:80",
    "1.2.3:80:80",
    null,
  ]) {
    it(`refuses ${JSON.stringify(item)}`, () => {
      const shown = item === null ? "nothing" : item === "" ? '""' : item;

      assert.deepEqual(read(item), [`${shown} is no port; write one such as "3000:3000"`]);
    });
  }

  it("reads a later port over UDP", () => {
    const ports = readPorts(["80", "53:53/udp"], (message) => {
      throw new Error(message);
    });

    assert.deepEqual(ports[1], { containerPort: 53, protocol: "udp" });
  });

  it("takes every port on either side", () => {
    const port = fc.integer({ min: 1, max: 65535 });
    fc.assert(
      fc.property(port, port, (host, container) => {
        assert.deepEqual(read(`${host}:${container}`), [`${container}/tcp`]);
      }),
    );
  });
});
