"use strict";

const grpc = require("@grpc/grpc-js");

/** The engine's own limit of a message. */
const limits = { "grpc.max_receive_message_length": 400 * 1024 * 1024 };

/**
 * Serves a gRPC service on a free port of the loopback address and gives the port. A method answers
 * with a message or a promise of one; one that answers in parts gets the call and writes to it.
 */
function serve(service, methods) {
  const server = new grpc.Server(limits);
  const handlers = Object.entries(methods).map(([name, method]) => [
    name,
    service[name].responseStream ? method : unary(method),
  ]);
  server.addService(service, Object.fromEntries(handlers));
  return new Promise((listening, failed) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
      if (error === null) listening(port);
      else failed(error);
    });
  });
}

function unary(method) {
  return async (call, done) => {
    try {
      done(null, await method(call.request));
    } catch (error) {
      done({ code: error.code ?? grpc.status.UNKNOWN, details: error.details ?? error.message });
    }
  };
}

module.exports = { limits, serve };
