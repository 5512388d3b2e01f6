import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { getStatus } from "../../../tools/verify/get-status";

describe("getStatus", () => {
  it("gives the status, of a redirect too, and then why there is none", async () => {
    const server = createServer((_, response) => {
      response.writeHead(301, { location: "/elsewhere" }).end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const address = `http://127.0.0.1:${String(port)}/readyz`;

    assert.equal(await getStatus(address), 301);

    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));

    assert.equal(
      await getStatus(address),
      `no answer, connect ECONNREFUSED 127.0.0.1:${String(port)}`,
    );
  });
});
