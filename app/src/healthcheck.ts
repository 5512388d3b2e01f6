import { get } from "node:http";
import { loadEnvironment } from "./environment";

const timeoutMilliseconds = 2000;

/**
 * Asks the service in this container whether it is alive, without a shell or curl in the image.
 * Ends with 0 where it is, with 1 and the reason where it is not.
 */
function checkHealth(): void {
  const { port } = loadEnvironment(process.env);
  const request = get(
    { host: "127.0.0.1", port, path: "/healthz", timeout: timeoutMilliseconds, agent: false },
    (response) => {
      response.resume();
      if (response.statusCode !== 200) fail(`status ${response.statusCode ?? "unknown"}`);
    },
  );
  request.on("timeout", () => request.destroy(new Error(`no answer in ${timeoutMilliseconds} ms`)));
  request.on("error", (error) => {
    fail(error.message);
  });
}

function fail(reason: string): void {
  process.stderr.write(`not healthy: ${reason}\n`);
  process.exitCode = 1;
}

checkHealth();
