import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { AppProcess } from "./app-process";

describe("healthcheck", () => {
  const check = async (listener: RequestListener): Promise<readonly unknown[]> => {
    const server = createServer(listener);
    await once(server.listen(0, "127.0.0.1"), "listening");
    const { port } = server.address() as AddressInfo;

    const program = new AppProcess("healthcheck.ts", { PORT: String(port) });
    const exit = await program.exit;
    server.close().closeAllConnections();
    return [exit, program.errors];
  };

  it("ends with 0 where /healthz answers 200, and with 1 and the reason where it does not", async () => {
    const paths: (string | undefined)[] = [];
    const results = await Promise.all([
      check((request, response) => {
        paths.push(request.url);
        response.end('{"status":"ok"}');
      }),
      check((_request, response) => response.writeHead(503).end()),
      check((request) => request.socket.destroy()),
      check(() => undefined),
    ]);

    assert.deepEqual(results, [
      [0, ""],
      [1, "not healthy: status 503\n"],
      [1, "not healthy: socket hang up\n"],
      [1, "not healthy: no answer in 2000 ms\n"],
    ]);
    assert.deepEqual(paths, ["/healthz"]);
  });
});
