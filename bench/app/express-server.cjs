const express = require("express");
const { body, headers, host, logAnswer, port } = require("./what-peers-answer.cjs");

/** The same routes on Express, without the two headers that the service does not send. */
const app = express().disable("x-powered-by").disable("etag");

app.use((request, response, next) => {
  logAnswer(request, response, request.path);
  response.set(headers);
  next();
});
app.get("/", (_request, response) => response.json(body));
app.get("/healthz", (_request, response) => response.json({ status: "ok" }));
app.get("/readyz", (_request, response) => response.json({ status: "ready" }));
app.use((_request, response) =>
  response.status(404).json({ type: "about:blank", title: "Not Found", status: 404 }),
);

app.listen(port, host);
