/** A comment or an issue as the API has it, as far as it is used. */
export interface Note {
  readonly id: number;
  readonly number: number;
  user: { readonly login: string; readonly type: string } | null;
  body: string;
  state?: string;
  title?: string;
  labels?: readonly string[];
  pull_request?: object;
}

export interface Artifact {
  readonly id: number;
  readonly name: string;
  readonly expired: boolean;
  readonly size_in_bytes: number;
}

type Page = Readonly<Record<string, unknown>> & {
  readonly page?: number;
  readonly per_page?: number;
};
type Call = (parameters: Page) => Promise<{ data: unknown }>;

export const BOT = { login: "github-actions[bot]", type: "Bot" };

/** Only the failure's status matters to who catches it. */
const notFound = () => Object.assign(new Error("Not Found"), { status: 404 });

/** An Octokit whose repository is in memory: every list is cut into pages, 30 a page unless asked otherwise. */
export class FakeGithub {
  comments: Note[] = [];
  issues: Note[] = [];
  artifacts: Artifact[] = [];
  archive: Buffer = Buffer.alloc(0);
  pull: unknown;
  /** Calls that write, in their order. */
  readonly written: string[] = [];
  /** Runs before a comment is created, as another run in the meantime. */
  beforeCreation: () => void = () => undefined;
  private nextId = 1000;

  readonly paginate = async (list: Call, parameters: Page): Promise<unknown[]> => {
    const size = parameters.per_page ?? 30;
    const found: unknown[] = [];
    for (let page = 1; ; page += 1) {
      const { data } = await list({ ...parameters, page });
      const items = Array.isArray(data) ? data : (data as { artifacts: unknown[] }).artifacts;
      found.push(...(items as unknown[]));
      if (items.length < size) return found;
    }
  };

  readonly rest = {
    pulls: {
      get: () => (this.pull === undefined ? Promise.reject(notFound()) : answer(this.pull)),
    },
    actions: {
      listWorkflowRunArtifacts: (parameters: Page) =>
        answer({ artifacts: pageOf(this.artifacts, parameters) }),
      downloadArtifact: ({ artifact_id: id }: Page) => {
        this.written.push(`download ${String(id)}`);
        const { buffer, byteOffset, byteLength } = this.archive;
        return answer(buffer.slice(byteOffset, byteOffset + byteLength));
      },
    },
    issues: {
      listComments: (parameters: Page) => answer(pageOf(this.comments, parameters)),
      createComment: ({ issue_number: number, body }: Page) => {
        this.beforeCreation();
        this.written.push(`comment on #${String(number)}`);
        const note = { id: this.nextId++, number: Number(number), user: BOT, body: String(body) };
        this.comments.push(note);
        return answer(note);
      },
      updateComment: ({ comment_id: id, body }: Page) => {
        this.written.push(`update comment ${String(id)}`);
        const found = this.comments.find((comment) => comment.id === id);
        if (found === undefined) return Promise.reject(notFound());
        found.body = String(body);
        return answer(found);
      },
      deleteComment: ({ comment_id: id }: Page) => {
        this.written.push(`delete comment ${String(id)}`);
        if (!this.comments.some((comment) => comment.id === id)) return Promise.reject(notFound());
        this.comments = this.comments.filter((comment) => comment.id !== id);
        return answer({});
      },
      listForRepo: ({ labels, state = "open", ...parameters }: Page) =>
        answer(
          pageOf(
            this.issues.filter(
              (issue) =>
                issue.labels?.includes(String(labels)) === true &&
                (state === "all" || issue.state === state),
            ),
            parameters,
          ),
        ),
      create: ({ title, body, labels }: Page) => {
        const id = this.nextId++;
        this.written.push(`create issue: ${String(title)}`);
        const issue = {
          ...{ id, number: id, user: BOT, state: "open", title: String(title), body: String(body) },
          labels: labels as string[],
        };
        this.issues.push(issue);
        return answer(issue);
      },
      update: ({ issue_number: number, ...values }: Page) => {
        this.written.push(`update #${String(number)}`);
        const found = this.issues.find((issue) => issue.number === number);
        if (found === undefined) return Promise.reject(notFound());
        Object.assign(found, values);
        return answer(found);
      },
    },
  };
}

const answer = (data: unknown) => Promise.resolve({ data });

/** Copies, as the API answers with what is there at the moment. */
function pageOf<T>(items: readonly T[], { page = 1, per_page: size = 30 }: Page): T[] {
  return structuredClone(items.slice((page - 1) * size, page * size));
}
