import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findResponder, unplacedResponder } from "../../app/src/responder";

const known = unplacedResponder("1.2.3", "laptop");
const task = {
  Cluster: "web",
  TaskARN: "arn:aws:ecs:eu-central-1:111122223333:task/web/0123456789abcdef0123456789abcdef",
  Family: "web",
  Revision: "7",
  AvailabilityZone: "eu-central-1b",
};
const container = {
  ContainerInstanceARN:
    "arn:aws:ecs:eu-central-1:111122223333:container-instance/web/fedcba9876543210fedcba9876543210",
  TaskARN: "arn:aws-cn:ecs:cn-north-1:111122223333:task/abc",
  TaskDefinitionFamily: "web-of-file",
  TaskDefinitionRevision: "8",
  AvailabilityZone: "cn-north-1a",
};
const placed = {
  version: "1.2.3",
  taskDefinition: "web:7",
  zone: "eu-central-1b",
  instance: null,
  task: "0123456789abcdef0123456789abcdef",
  host: "laptop",
};

describe("findResponder", () => {
  let folder: string;
  let server: Server;
  let answer: RequestListener;
  let uri: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "responder-"));
    server = createServer((request, response) => {
      answer(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    uri = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v4/0123-456`;
  });
  after(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await rm(folder, { recursive: true });
  });

  const find = (sources: { uri?: string; file?: string; timeoutMilliseconds?: number }) =>
    findResponder(known, {
      uri: sources.uri,
      file: sources.file,
      timeoutMilliseconds: sources.timeoutMilliseconds ?? 5000,
    });
  const replyWith =
    (body: string, status = 200): RequestListener =>
    (_request, response) =>
      response.writeHead(status).end(body);
  const writeMetadata = async (name: string, text: string): Promise<string> => {
    const file = join(folder, name);
    await writeFile(file, text);
    return file;
  };

  it("knows version and host alone where there is no ECS agent", async () => {
    assert.deepEqual(await find({}), {
      responder: {
        version: "1.2.3",
        taskDefinition: null,
        zone: null,
        instance: null,
        task: null,
        host: "laptop",
      },
      faults: [],
    });
  });

  it("asks the endpoint for task, task definition and zone, never for the instance", async () => {
    const paths: (string | undefined)[] = [];
    answer = (request, response) => {
      paths.push(request.url);
      response.end(JSON.stringify(task));
    };

    assert.deepEqual(await find({ uri }), { responder: placed, faults: [] });
    assert.deepEqual(paths, ["/v4/0123-456/task"]);
  });

  it("takes the instance from the file and prefers the endpoint for the rest", async () => {
    answer = replyWith(JSON.stringify(task));
    const file = await writeMetadata("container.json", JSON.stringify(container));

    assert.deepEqual(await find({ uri, file }), {
      responder: { ...placed, instance: "fedcba9876543210fedcba9876543210" },
      faults: [],
    });
  });

  it("takes everything from the file where the endpoint is absent, ids of short ARNs too", async () => {
    const file = await writeMetadata("container.json", JSON.stringify(container));

    assert.deepEqual(await find({ file }), {
      responder: {
        version: "1.2.3",
        taskDefinition: "web-of-file:8",
        zone: "cn-north-1a",
        instance: "fedcba9876543210fedcba9876543210",
        task: "abc",
        host: "laptop",
      },
      faults: [],
    });
  });

  it("takes nothing that is not text", async () => {
    answer = replyWith(
      JSON.stringify({ TaskARN: 7, Family: "web", Revision: null, AvailabilityZone: "" }),
    );

    assert.deepEqual(await find({ uri }), { responder: known, faults: [] });
  });

  const broken: readonly (readonly [string, RequestListener, string])[] = [
    ["fails", replyWith("{}", 500), "status 500"],
    ["answers what is not JSON", replyWith("<html>"), "not JSON"],
    ["answers a list", replyWith("[]"), "not a JSON object"],
    ["answers null", replyWith("null"), "not a JSON object"],
    [
      "hangs up",
      (request) => {
        request.socket.destroy();
      },
      "other side closed",
    ],
  ];
  for (const [what, listener, reason] of broken) {
    it(`says why and goes on when the endpoint ${what}`, async () => {
      answer = listener;

      assert.deepEqual(await find({ uri }), {
        responder: known,
        faults: [`task metadata endpoint ${uri} cannot be read: ${reason}`],
      });
    });
  }

  it("waits for the endpoint no longer than told", async () => {
    answer = () => undefined;

    const found = await find({ uri, timeoutMilliseconds: 50 });

    assert.deepEqual(found, {
      responder: known,
      faults: [
        `task metadata endpoint ${uri} cannot be read: The operation was aborted due to timeout`,
      ],
    });
  });

  it("waits for a body that does not end no longer than told", async () => {
    answer = (_request, response) => {
      response.write("{");
    };

    const { faults } = await find({ uri, timeoutMilliseconds: 50 });

    assert.deepEqual(faults, [
      `task metadata endpoint ${uri} cannot be read: The operation was aborted due to timeout`,
    ]);
  });

  it("names both sources when neither can be read", async () => {
    const file = await writeMetadata("broken.json", "{");
    const missing = join(folder, "missing.json");
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, "127.0.0.1", resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));

    const refused = `http://127.0.0.1:${port}`;
    const first = await find({ uri: refused, file });
    const second = await find({ file: missing });

    assert.deepEqual(first, {
      responder: known,
      faults: [
        `container metadata file ${file} cannot be read: not JSON`,
        `task metadata endpoint ${refused} cannot be read: connect ECONNREFUSED 127.0.0.1:${port}`,
      ],
    });
    assert.deepEqual(second.faults, [
      `container metadata file ${missing} cannot be read: ENOENT: no such file or directory, open '${missing}'`,
    ]);
  });
});
