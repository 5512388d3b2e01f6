import type { Socket } from "node:net";
import type { FastifyInstance } from "fastify";
import type { Readiness } from "./readiness";

/**
 * Lets clients go politely. While the service drains, every answer asks its client to open the next
 * connection elsewhere; while it closes, connections end after the answer that they wait for, and
 * those that never carried a request end at once, so that closing takes as long as the last request.
 */
export function endConnectionsPolitely(app: FastifyInstance, readiness: Readiness): void {
  const sockets = new Set<Socket>();
  let closing = false;

  app.server.on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  app.addHook("onSend", (_request, reply, payload, done) => {
    if (closing || readiness.state === "draining") reply.header("connection", "close");
    done(null, payload);
  });
  app.addHook("preClose", (done) => {
    closing = true;
    // Node counts a connection without its first request as busy and would wait for it.
    for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
    done();
  });
  app.addHook("onResponse", (request, _reply, done) => {
    // An answer whose head left before the drain began promised to keep its connection.
    if (closing) request.raw.socket.destroySoon();
    done();
  });
}
