import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import dockerignore from "@balena/dockerignore";
import { parse } from "yaml";
import packageJson from "../../app/package.json";
import { productionPackages } from "./production-packages";

const root = join(__dirname, "..", "..");
const read = (path: string): string => readFileSync(join(root, path), "utf8");

/** Instructions of each stage, continued lines joined and comments left out. */
function stagesOf(dockerfile: string): ReadonlyMap<string, readonly string[]> {
  const lines = dockerfile
    .replace(/^#.*\n/gm, "")
    .replace(/\\\n\s*/g, "")
    .split("\n")
    .filter((line) => line !== "");
  const stages = new Map<string, string[]>();
  let current: string[] = [];
  for (const line of lines) {
    const name = /^FROM .* AS (\S+)$/.exec(line)?.[1];
    if (name !== undefined) stages.set(name, (current = []));
    current.push(line);
  }
  return stages;
}

describe("Dockerfile", () => {
  const dockerfile = read("app/Dockerfile");
  const service = stagesOf(dockerfile).get("service") ?? [];
  const valueOf = (instruction: string): string | undefined =>
    service.find((line) => line.startsWith(`${instruction} `))?.slice(instruction.length + 1);
  const compose = (
    parse(read("app/compose.yaml")) as {
      services: {
        app: {
          user: string;
          ports: readonly string[];
          build: { target: string; args: Readonly<Record<string, string>> };
          environment: Readonly<Record<string, string>>;
        };
      };
    }
  ).services.app;

  it("runs the service as a user by number and without a shell", () => {
    assert.equal(valueOf("USER"), compose.user);
    assert.match(valueOf("USER") ?? "", /^[1-9]\d*:[1-9]\d*$/);
    assert.equal(valueOf("CMD"), '["node", "dist/server.js"]');
    assert.equal(valueOf("ENV"), "NODE_ENV=production");
    assert.equal(valueOf("HEALTHCHECK"), undefined);
    assert.equal(valueOf("ENTRYPOINT"), undefined);
  });

  it("runs nothing in the stage that is shipped, so that it needs no emulation and no npm", () => {
    assert.deepEqual(
      service.map((line) => line.split(" ", 1)[0]),
      [
        ...["FROM", "ENV", "WORKDIR", "COPY", "COPY", "USER", "EXPOSE", "CMD"],
        ...["ARG", "ARG", "ARG", "LABEL"],
      ],
    );
    assert.equal(service[0], "FROM ${NODE_IMAGE} AS service");
  });

  it("agrees with compose.yaml on target, base image and port", () => {
    assert.equal(compose.build.target, "service");
    assert.equal(/^ARG NODE_IMAGE=(.*)$/m.exec(dockerfile)?.[1], compose.build.args["NODE_IMAGE"]);
    assert.deepEqual(compose.ports, ["3000"]);
    assert.equal(compose.environment["PORT"], "3000");
    assert.equal(valueOf("EXPOSE"), "3000");
  });

  it("is labelled with the service's version and licence, and with an origin that the build is told", () => {
    const labels = [
      ...(valueOf("LABEL") ?? "").matchAll(/org\.opencontainers\.image\.(\w+)="([^"]*)"/g),
    ];

    assert.deepEqual(Object.fromEntries(labels.map(([, name = "", value]) => [name, value])), {
      title: "app",
      description: "Sample service that says which version, zone, instance and task answered",
      version: packageJson.version,
      licenses: packageJson.license,
      revision: "${REVISION}",
      created: "${CREATED}",
      source: "${SOURCE}",
    });
    assert.deepEqual(
      service.filter((line) => line.startsWith("ARG ")),
      ['ARG REVISION=""', 'ARG CREATED=""', 'ARG SOURCE=""'],
    );
  });

  it("is built for any platform on one, since no package in it has native code", () => {
    const shipped = productionPackages();
    const native = [...shipped].filter(
      ([, { hasInstallScript, os, cpu }]) =>
        hasInstallScript === true || os !== undefined || cpu !== undefined,
    );

    assert.ok(shipped.has("node_modules/fastify"));
    assert.ok(shipped.has("node_modules/pino"));
    assert.ok(!shipped.has("node_modules/typescript"));
    assert.deepEqual(native, []);
  });
});

describe(".dockerignore", () => {
  const ignored = dockerignore().add(read(".dockerignore"));

  const context = [
    "package.json",
    "package-lock.json",
    "tsconfig.json",
    "app/package.json",
    "app/tsconfig.json",
    "app/build.mjs",
    "app/src/server.ts",
    "app/src/routes/home.ts",
  ];

  it("lets in what decides the image", () => {
    assert.deepEqual(
      context.filter((path) => ignored.ignores(path)),
      [],
    );
  });

  it("lets in nothing that the Dockerfile does not copy", () => {
    const copied = [...read("app/Dockerfile").matchAll(/^COPY (?!--from)(.*)$/gm)].flatMap(
      ([, paths = ""]) => paths.split(" ").slice(0, -1),
    );
    const folders = context.map((path) => (path.startsWith("app/src/") ? "app/src" : path));

    assert.deepEqual([...new Set(folders)].sort(), copied.sort());
  });

  it("names what it lets in without wildcards, which Docker's archive does not follow into folders", () => {
    const letIn = read(".dockerignore")
      .split("\n")
      .filter((line) => line.startsWith("!"));

    assert.deepEqual(
      letIn.filter((line) => /[*?[]/.test(line)),
      [],
    );
  });

  it("keeps out everything else", () => {
    const others = [
      ".git/HEAD",
      ".npmrc",
      ".env",
      "README.md",
      "Pulumi.prod.yaml",
      "infra/index.ts",
      "node_modules/fastify/package.json",
      "app/.env",
      "app/Dockerfile",
      "app/compose.yaml",
      "app/dist/server.js",
      "app/node_modules/a/package.json",
      "app/src/.env",
      "app/src/routes/.home.ts.swp",
      "tests/app/app.spec.ts",
    ];

    assert.deepEqual(
      others.filter((path) => !ignored.ignores(path)),
      [],
    );
  });
});
