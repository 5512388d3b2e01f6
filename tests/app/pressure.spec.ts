import assert from "node:assert/strict";
import type { PressureLimits } from "../../app/src/pressure";
import { type AnApp, anApp, until } from "./an-app";

const off: PressureLimits = {
  maxEventLoopDelayMilliseconds: 0,
  maxHeapPercent: 0,
  maxRssMebibytes: 0,
};

describe("guardAgainstPressure", () => {
  const built: AnApp[] = [];
  afterEach(async () => {
    await Promise.all(built.splice(0).map(({ app }) => app.close()));
  });
  const build = (limits: PressureLimits): AnApp => {
    const made = anApp({ pressure: limits, work: { maxMilliseconds: 10, maxConcurrency: 1 } });
    built.push(made);
    return made;
  };
  /** The first refusal: the guard looks at the process twice a second. */
  const refusalOf = ({ app }: AnApp) =>
    until(async () => {
      const answer = await app.inject("/");
      return answer.statusCode === 200 ? undefined : answer;
    });

  it("answers 503 with problem details and Retry-After above each limit, and never to probes", async () => {
    const apps = [
      build({ ...off, maxRssMebibytes: 1 }),
      build({ ...off, maxHeapPercent: 0.001 }),
      build({ ...off, maxEventLoopDelayMilliseconds: 0.001 }),
    ];

    const refusals = await Promise.all(
      apps.map(async (made) => {
        const { statusCode, headers, body } = await refusalOf(made);
        return [
          statusCode,
          headers["retry-after"],
          headers["content-type"],
          (JSON.parse(body) as { detail: unknown }).detail,
        ];
      }),
    );
    const [{ app, logged } = build(off)] = apps;
    const others = await Promise.all(
      ["/work?ms=1", "/nothing", "/healthz", "/readyz", "/metrics"].map((url) => app.inject(url)),
    );

    assert.deepEqual(
      refusals,
      ["resident memory", "heap", "event loop"].map((cause) => [
        503,
        "1",
        "application/problem+json; charset=utf-8",
        `the service is under pressure (${cause}), ask again in 1 s`,
      ]),
    );
    assert.deepEqual(
      others.map(({ statusCode }) => statusCode),
      [503, 404, 200, 200, 200],
    );
    // A refusal is no failure: under pressure the log must not become a load of its own.
    assert.deepEqual(
      logged.filter(({ level }) => level !== "info"),
      [],
    );
  });

  it("refuses nothing below its limits and with all limits off", async () => {
    const roomy = build({
      maxEventLoopDelayMilliseconds: 60_000,
      maxHeapPercent: 100,
      maxRssMebibytes: 1_048_576,
    });
    const free = build(off);
    const pressed = build({ ...off, maxRssMebibytes: 1 });
    await Promise.all([roomy, free, pressed].map(({ app }) => app.ready()));

    // All of them have looked at the process at least once when the last one has.
    await refusalOf(pressed);
    const answers = await Promise.all([roomy, free].map(({ app }) => app.inject("/")));

    assert.deepEqual(
      answers.map(({ statusCode }) => statusCode),
      [200, 200],
    );
  });
});
