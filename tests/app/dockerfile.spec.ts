import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import dockerignore from "@balena/dockerignore";
import { parse } from "yaml";
import packageJson from "../../app/package.json";

const root = join(__dirname, "..", "..");
const read = (path: string): string => readFileSync(join(root, path), "utf8");

interface LockedPackage {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly hasInstallScript?: boolean;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
}

const { packages } = JSON.parse(read("package-lock.json")) as {
  readonly packages: Readonly<Record<string, LockedPackage | undefined>>;
};

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

/** Lockfile paths of what `from` needs in production, found as Node finds them: from the inside out. */
function productionPackages(from: string, found = new Set<string>()): ReadonlySet<string> {
  const locked = packages[from];
  const names = Object.keys({ ...locked?.dependencies, ...locked?.optionalDependencies });
  for (const name of names) {
    let folder = from;
    while (packages[join(folder, "node_modules", name)] === undefined) {
      assert.notEqual(folder, ".", `${name} of ${from} is not in the lockfile`);
      folder = join(folder, "..");
    }
    const path = join(folder, "node_modules", name);
    if (!found.has(path)) productionPackages(path, found.add(path));
  }
  return found;
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
      ["FROM", "LABEL", "ENV", "WORKDIR", "COPY", "COPY", "USER", "EXPOSE", "CMD"],
    );
    assert.equal(service[0], "FROM ${NODE_IMAGE} AS service");
  });

  it("agrees with compose.yaml on target, base image and port", () => {
    assert.equal(compose.build.target, "service");
    assert.equal(/^ARG NODE_IMAGE=(.*)$/m.exec(dockerfile)?.[1], compose.build.args["NODE_IMAGE"]);
    assert.deepEqual(compose.ports, ["3000:3000"]);
    assert.equal(compose.environment["PORT"], "3000");
    assert.equal(valueOf("EXPOSE"), "3000");
  });

  it("is labelled with the version of the service", () => {
    const label = `org.opencontainers.image.version="${packageJson.version}"`;

    assert.ok(valueOf("LABEL")?.includes(label), `the label ${label} is missing`);
  });

  it("is built for any platform on one, since no package in it has native code", () => {
    const shipped = productionPackages("app");
    const native = [...shipped].filter((path) => {
      const locked = packages[path];
      return (
        locked?.hasInstallScript === true || locked?.os !== undefined || locked?.cpu !== undefined
      );
    });

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
    "app/tsconfig.build.json",
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
