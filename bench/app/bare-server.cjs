const { Buffer } = require("node:buffer");
const { createServer } = require("node:http");
const { body, headers, host, logAnswer, port } = require("./what-peers-answer.cjs");

/** The same routes on node:http alone: no framework, nothing but a switch over the path. */
const server = createServer((request, response) => {
  const [path] = request.url.split("?", 1);
  logAnswer(request, response, path);
  switch (request.method === "GET" ? path : undefined) {
    case "/":
      return send(response, 200, JSON.stringify(body));
    case "/healthz":
      return send(response, 200, '{"status":"ok"}');
    case "/readyz":
      return send(response, 200, '{"status":"ready"}');
    default:
      return send(response, 404, '{"type":"about:blank","title":"Not Found","status":404}');
  }
});

function send(response, status, text) {
  response.writeHead(status, { ...headers, "content-length": Buffer.byteLength(text) });
  response.end(text);
}

server.listen(port, host);
