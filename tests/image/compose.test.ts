import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { BaseImage } from "./base-images";
import { provideImage } from "./base-images";
import { run, runCompose } from "./docker";
import { engine } from "./engine";
import { freePort } from "./free-port";
import { ask, until } from "./http";
import { Load } from "./load";
import { skip } from "./skip";

const COMPOSE_FILE = "app/compose.yaml";

interface ComposeServices {
  readonly services: { readonly balancer: { readonly image: string } };
}

/** The services of app/compose.yaml as a project of this run. */
class Project {
  readonly #folder = mkdtempSync(join(engine().folder, "files-"));
  readonly #override = join(this.#folder, "override.yaml");

  constructor(
    readonly name: string,
    readonly port: number,
    balancer: BaseImage,
    environment: Readonly<Record<string, string>> = {},
  ) {
    const { base } = engine();
    const services = {
      app: { build: { args: { NODE_IMAGE: base.tag } }, environment },
      balancer: { image: balancer.tag },
    };
    writeFileSync(this.#override, JSON.stringify({ services }));
  }

  /** `docker compose up --build --scale app=…`, in the background. */
  async scale(replicas: number): Promise<void> {
    await this.compose("up", "--build", "--detach", "--no-recreate", "--scale", `app=${replicas}`);
  }

  async down(): Promise<void> {
    await this.compose("down", "--remove-orphans");
  }

  /** Hosts that answer, as soon as they are so many. */
  async hosts(count: number): Promise<readonly string[]> {
    const find = async (): Promise<readonly string[]> => {
      const found = new Set<string>();
      for (let request = 0; request < 3 * count; request += 1) found.add(await this.host());
      found.delete("");
      return [...found];
    };
    return until(`${count} replicas`, find, ({ length }) => length === count);
  }

  /** Who answers the next request; nothing where nobody does. */
  async host(): Promise<string> {
    try {
      const { status, body } = await ask(this.port, "/");
      return status === 200 ? (JSON.parse(body) as { readonly host: string }).host : "";
    } catch {
      return "";
    }
  }

  async compose(...args: readonly string[]): Promise<string> {
    const files = ["--file", COMPOSE_FILE, "--file", this.#override];
    const environment = { BALANCER_PORT: String(this.port) };
    return runCompose(
      engine().docker,
      ["--project-name", this.name, ...files, ...args],
      environment,
    );
  }

  /** Names and states of the containers, networks apart. */
  async containers(): Promise<readonly string[]> {
    const listed = await run(engine().docker, [
      ...["ps", "--all", "--filter", `label=com.docker.compose.project=${this.name}`],
      ...["--format", '{{.Label "com.docker.compose.service"}} {{.Status}}'],
    ]);
    return listed === "" ? [] : listed.split("\n").sort();
  }

  async networks(): Promise<string> {
    const filter = `label=com.docker.compose.project=${this.name}`;
    return run(engine().docker, ["network", "ls", "--quiet", "--filter", filter]);
  }

  async remove(): Promise<void> {
    await this.compose("down", "--timeout", "0", "--remove-orphans");
  }
}

describe("docker compose up", function () {
  this.timeout(180_000);
  let balancer: BaseImage;
  let project: Project | undefined;

  const start = async (name: string, environment = {}): Promise<Project> => {
    const { id } = engine();
    project = new Project(`${id}-${name}`, await freePort(), balancer, environment);
    return project;
  };

  before(async function () {
    const { docker } = engine();
    if (docker.compose === undefined) {
      return skip(this, "no Docker Compose; install the plugin docker-compose");
    }
    const { services } = parse(readFileSync(COMPOSE_FILE, "utf8")) as ComposeServices;
    balancer = await provideImage(docker, "balancer", services.balancer.image);
  });

  afterEach(async () => {
    await project?.remove();
    project = undefined;
  });

  it("spreads requests over three replicas, loses none while two leave and come, and ends with 0", async function () {
    // Longer than two checks of the balancer, and no longer than it has to be.
    const services = await start("drain", { APP_DRAIN_MILLISECONDS: "5000" });
    await services.scale(3);
    const three = await services.hosts(3);
    const turns: string[] = [];
    for (let request = 0; request < 30; request += 1) turns.push(await services.host());
    const load = new Load(services.port);

    await services.scale(1);
    await services.hosts(1);
    const leaving = load.tally();
    await services.scale(3);
    await services.hosts(3);
    await load.stop();
    const coming = load.tally();
    await services.compose("stop");
    const stopped = await services.containers();
    await services.down();

    assert.deepEqual(
      three.map((host) => turns.filter((turn) => turn === host).length),
      [10, 10, 10],
    );
    assert.deepEqual(leaving.failures, []);
    assert.equal(leaving.hosts.size, 3);
    assert.deepEqual(coming.failures, []);
    assert.equal(coming.hosts.size, 3);
    const answered = [...leaving.hosts.values(), ...coming.hosts.values()];
    const total = answered.reduce((sum, count) => sum + count);
    this.test!.title += ` (${total} requests)`;
    assert.ok(total > 2000, `${total} requests`);
    assert.equal(stopped.length, 4);
    for (const container of stopped) assert.match(container, /^(app|balancer) Exited \(0\) /);
    assert.deepEqual(await services.containers(), []);
    assert.equal(await services.networks(), "");
  });

  it("loses requests where the replicas do not drain, so that the loss would be seen", async () => {
    const services = await start("abrupt", { APP_DRAIN_MILLISECONDS: "0" });
    await services.scale(3);
    await services.hosts(3);
    const load = new Load(services.port);

    await services.scale(1);
    await services.hosts(1);
    await load.stop();

    assert.notEqual(load.tally().failures.length, 0);
  });
});
