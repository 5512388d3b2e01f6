import assert from "node:assert/strict";
import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";
import { markerOf } from "../../tools/review/render-markdown";
import { BOT, FakeGithub, type Note } from "./fake-github";
import { script } from "./script";

interface Scope {
  readonly github: FakeGithub;
  readonly context: { readonly repo: object; readonly payload: object };
  readonly read?: (request: { files: readonly string[] }) => Promise<unknown>;
}

const { publishReview } = script("comment.cjs") as {
  publishReview: (scope: Scope) => Promise<string>;
};

const MARKER = markerOf("ecs-on-ec2");

const SHA = "1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d";
const NOTE = `<sub>Of 1a2b3c4, by [this run](https://example.com/runs/5) of the pull request's own code.</sub>`;
const BODY = `${MARKER}\n\n${NOTE}\n\n# Review\n`;

const aRun = (overrides: object = {}) => ({
  id: 5,
  event: "pull_request",
  head_sha: SHA,
  head_branch: "feature",
  head_repository: { full_name: "acme/web" },
  html_url: "https://example.com/runs/5",
  pull_requests: [{ number: 7 }],
  ...overrides,
});

const aPull = (overrides: object = {}) => ({
  number: 7,
  state: "open",
  head: { sha: SHA, ref: "feature", repo: { full_name: "acme/web" } },
  ...overrides,
});

const aComment = (id: number, body: string, user: Note["user"] = BOT): Note => ({
  ...{ id, number: 7, user, body },
});

interface Situation {
  readonly run?: object;
  readonly pull?: unknown;
  readonly claim?: unknown;
  readonly markdown?: string;
  readonly stacks?: unknown;
  readonly comments?: Note[];
  readonly files?: undefined;
  readonly beforeCreation?: (github: FakeGithub) => void;
}

async function published(situation: Situation = {}) {
  const github = new FakeGithub();
  const {
    claim = { number: 7, headSha: SHA },
    stacks = [{ isUnchanged: true }, { isUnchanged: false }],
  } = situation;
  const { markdown = `${MARKER}\n\n# Review\n` } = situation;
  github.pull = "pull" in situation ? situation.pull : aPull();
  github.comments = situation.comments ?? [];
  github.beforeCreation = () => situation.beforeCreation?.(github);
  const said = await publishReview({
    github,
    context: {
      repo: { owner: "acme", repo: "web" },
      payload: { workflow_run: aRun(situation.run) },
    },
    read: () =>
      Promise.resolve(
        "files" in situation
          ? undefined
          : {
              "pull-request.json": typeof claim === "string" ? claim : JSON.stringify(claim),
              "review.json": JSON.stringify({ stacks }),
              "review.md": markdown,
            },
      ),
  });
  return { said, github, written: github.written, comments: github.comments };
}

/** Whom a text calls on GitHub, which looks into each piece of text that is displayed. */
function mentionsOf(markdown: string): string[] {
  const html = micromark(markdown, {
    allowDangerousHtml: true,
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
  });
  return html
    .split(/<!--.*?-->|<[^>]*>/s)
    .map(displayed)
    .flatMap((text) => [...text.matchAll(/(?<!\w)@(\w+)/g)].map(([, name = ""]) => name));
}

/** Text of HTML as a browser shows it, which takes some entities without a semicolon. */
function displayed(html: string): string {
  return html
    .replace(/&#x([\da-f]+);?/gi, (_, code: string) => String.fromCodePoint(parseInt(code, 16)))
    .replace(/&#(\d+);?/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/&nbsp;?/g, "\u00A0")
    .replaceAll("&commat;", "@")
    .replace(/&amp;?/g, "&");
}

describe("publishReview", () => {
  it("creates one comment with the review and where it comes from", async () => {
    const { said, comments, written } = await published();

    assert.equal(said, "created the comment of #7");
    assert.deepEqual(
      comments.map(({ body }) => body),
      [BODY],
    );
    assert.deepEqual(written, ["comment on #7"]);
  });

  it("updates its own comment, also one on the fourth page", async () => {
    const others = Array.from({ length: 330 }, (_, index) =>
      aComment(index + 1, "looks good", { login: "ann", type: "User" }),
    );
    const comments = [...others, aComment(900, `${MARKER}\n\nolder`)];
    const result = await published({ comments });

    assert.equal(result.said, "updated the comment of #7");
    assert.deepEqual(result.written, ["update comment 900"]);
    assert.equal(result.comments.at(-1)?.body, BODY);
  });

  it("does not touch what others have written with the same marker", async () => {
    const person = aComment(1, `${MARKER}\n\nforged`, { login: "eve", type: "User" });
    const namesake = aComment(2, `${MARKER}\n\nforged`, {
      login: "github-actions[bot]",
      type: "User",
    });
    const otherBot = aComment(3, `${MARKER}\n\nforged`, { login: "other[bot]", type: "Bot" });
    const deleted = aComment(4, `${MARKER}\n\nforged`, null);
    const quoted = aComment(5, `see this:\n${MARKER}`);
    const comments = [person, namesake, otherBot, deleted, quoted];
    const before = structuredClone(comments);
    const result = await published({ comments: [...comments] });

    assert.deepEqual(result.written, ["comment on #7"]);
    assert.deepEqual(result.comments.slice(0, 5), before);
  });

  it("writes nothing where the comment says so already", async () => {
    const { said, written } = await published({ comments: [aComment(9, BODY)] });

    assert.equal(said, "nothing: the comment of #7 says so already");
    assert.deepEqual(written, []);
  });

  it("creates no comment for a change that changes nothing", async () => {
    const { said, written } = await published({ stacks: [{ isUnchanged: true }] });

    assert.equal(said, "nothing: #7 changes nothing");
    assert.deepEqual(written, []);
  });

  it("lets an existing comment say that nothing changes any more", async () => {
    const markdown = `${MARKER}\n\nno changes\n`;
    const comments = [aComment(9, `${MARKER}\n\n1 to delete`)];
    const result = await published({ stacks: [{ isUnchanged: true }], markdown, comments });

    assert.equal(result.said, "updated the comment of #7");
    assert.equal(result.comments[0]?.body, `${MARKER}\n\n${NOTE}\n\nno changes\n`);
  });

  it("keeps the oldest of several comments of its own", async () => {
    const comments = [aComment(12, `${MARKER} b`), aComment(11, `${MARKER} a`)];
    const result = await published({ comments });

    assert.deepEqual(result.written, ["delete comment 12", "update comment 11"]);
    assert.deepEqual(
      result.comments.map(({ id, body }) => [id, body]),
      [[11, BODY]],
    );
  });

  it("leaves one comment where another run creates one at the same time", async () => {
    const result = await published({
      beforeCreation: (github) => github.comments.push(aComment(500, `${MARKER}\n\nthe other run`)),
    });

    assert.equal(result.said, "updated the comment of #7");
    assert.deepEqual(
      result.comments.map(({ id, body }) => [id, body]),
      [[500, BODY]],
    );
  });

  it("goes on where the other run has deleted the second comment already", async () => {
    const comments = [aComment(11, `${MARKER} a`), aComment(12, `${MARKER} b`)];
    const github = new FakeGithub();
    github.pull = aPull();
    github.comments = comments;
    const { deleteComment } = github.rest.issues;
    github.rest.issues.deleteComment = async (parameters) => {
      await deleteComment(parameters);
      return deleteComment(parameters);
    };
    const said = await publishReview({
      github,
      context: { repo: {}, payload: { workflow_run: aRun() } },
      read: () =>
        Promise.resolve({
          "pull-request.json": JSON.stringify({ number: 7, headSha: SHA }),
          "review.json": '{"stacks":[]}',
          "review.md": `${MARKER}\n\n# Review`,
        }),
    });

    assert.equal(said, "updated the comment of #7");
  });

  it("takes a pull request from a fork, of which the run names no number", async () => {
    const head = { sha: SHA, ref: "main", repo: { full_name: "eve/web" } };
    const run = {
      pull_requests: [],
      head_branch: "main",
      head_repository: { full_name: "eve/web" },
    };

    assert.equal(
      (await published({ run, pull: aPull({ head }) })).said,
      "created the comment of #7",
    );
  });

  for (const [title, situation, said] of [
    ["another trigger", { run: { event: "push" } }, "nothing: the run was started by push"],
    ["a run without a review", { files: undefined }, "nothing: the run has left no review"],
    ["a closed pull request", { pull: aPull({ state: "closed" }) }, "nothing: #7 is closed"],
    [
      "a pull request that has moved on",
      { pull: aPull({ head: { ...aPull().head, sha: "f".repeat(40) } }) },
      "nothing: #7 has a newer commit",
    ],
  ] as const) {
    it(`writes nothing for ${title}`, async () => {
      const result = await published(situation);

      assert.equal(result.said, said);
      assert.deepEqual(result.written, []);
    });
  }

  for (const [title, situation, message] of [
    [
      "the number of a pull request of another branch",
      { run: { pull_requests: [] }, pull: aPull({ head: { ...aPull().head, ref: "other" } }) },
      "#7 is of acme/web:other, but the run is of acme/web:feature",
    ],
    [
      "the number of a pull request whose fork is gone",
      { run: { pull_requests: [] }, pull: aPull({ head: { ...aPull().head, repo: null } }) },
      "#7 is of a deleted repository:feature, but the run is of acme/web:feature",
    ],
    [
      "a number that is not the run's",
      { claim: { number: 8, headSha: SHA } },
      "pull-request.json: number is 8, but the run is of #7",
    ],
    [
      "another commit than the run's",
      { claim: { number: 7, headSha: "0".repeat(40) } },
      `pull-request.json: headSha is "${"0".repeat(40)}", but the run is of ${SHA}`,
    ],
    [
      "a number that is none",
      { claim: { number: "7/../8", headSha: SHA } },
      'pull-request.json: number is "7/../8", expected an integer',
    ],
    [
      "a negative number",
      { claim: { number: -7, headSha: SHA } },
      "pull-request.json: number is -7, expected an integer",
    ],
    [
      "nothing at all",
      { claim: null },
      "pull-request.json: number is undefined, expected an integer",
    ],
    ["no JSON", { claim: "{" }, "pull-request.json is no JSON"],
    ["no stacks", { stacks: "none" }, "review.json has no list of stacks"],
    [
      "no marker",
      { markdown: "# Review\n" },
      "review.md does not begin with the marker of a review",
    ],
    [
      "a marker that ends early",
      { markdown: "<!-- review of project a --> --> -->\n" },
      "review.md does not begin with the marker of a review",
    ],
  ] as const) {
    it(`refuses an artifact with ${title}`, async () => {
      await assert.rejects(published(situation), { name: "Error", message });
    });
  }

  it("fails where there is no such pull request", async () => {
    await assert.rejects(published({ pull: undefined }), { status: 404 });
  });

  it("calls nobody by their name, however it is written, but leaves digests and addresses alone", async () => {
    const markdown = `${MARKER}\n\n@acme/everyone (@ann) _@bob_ \\\`@eve\` &#64;joe &#x40;sue &commat;max a@b.example web@sha256:1\n`;
    const { comments } = await published({ markdown });

    assert.equal(
      comments[0]?.body.split("\n")[4],
      "@\u2060acme/everyone (@\u2060ann) _@\u2060bob_ \\`@\u2060eve` &amp;#64;joe &amp;#x40;sue &amp;commat;max a@b.example web@sha256:1",
    );
  });

  for (const forged of [
    "@octocat",
    "@&#111;ctocat",
    "@&#x6F;ctocat",
    "\\@octocat",
    "a @@octocat",
    "a@@octocat",
    "`a` @octocat",
    "&#0064;octocat",
    "&commat;octocat",
    "<div>\n&#64octocat\n</div>",
    "<div>\n&#X0040octocat\n</div>",
    "<div>\na&nbsp@octocat\n</div>",
    "<div>\na&#32@octocat\n</div>",
    "<div>\na&#x20@octocat\n</div>",
  ]) {
    it(`calls nobody by ${JSON.stringify(forged)}`, async () => {
      const { comments } = await published({ markdown: `${MARKER}\n\n${forged}\n` });

      assert.deepEqual(mentionsOf(forged), ["octocat"]);
      assert.deepEqual(mentionsOf(comments[0]?.body ?? ""), []);
    });
  }

  it("is not held up by a long word", async () => {
    const markdown = `${MARKER}\n\n${"a".repeat(100_000)}@b\n`;
    const start = performance.now();
    await published({ markdown });

    assert.ok(performance.now() - start < 2000);
  });

  it("says whose report it is before anything of the report, which could hide it", async () => {
    const { comments } = await published({ markdown: `${MARKER}\n\n# Review\n\n<!--\n` });

    assert.equal(comments[0]?.body, `${MARKER}\n\n${NOTE}\n\n# Review\n\n<!--\n`);
  });

  it("takes a stack that could not be compared for a change", async () => {
    const stacks = [{ isUnchanged: true }, { failure: "the program throws" }];

    assert.equal((await published({ stacks })).said, "created the comment of #7");
  });

  it("links to the run for a review that is too long", async () => {
    const bodyOf = async (length: number) => {
      const markdown = `${MARKER}\n\n${"x".repeat(length)}\n`;
      return (await published({ markdown })).comments[0]?.body ?? "";
    };
    const frame = `${MARKER}\n\n${NOTE}\n\n`;
    const most = 65_536 - frame.length - 1;

    assert.equal(await bodyOf(most), `${frame}${"x".repeat(most)}\n`);
    assert.equal(
      await bodyOf(most + 1),
      `${frame}The review is too long for a comment: [it is in the run](https://example.com/runs/5).\n`,
    );
  });
});
