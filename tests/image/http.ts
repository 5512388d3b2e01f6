import { get } from "node:http";
import type { IncomingHttpHeaders } from "node:http";

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Asks a port of this machine over a connection of its own. */
export function ask(port: number, path: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = { accept: "application/json" };
    const sent = get(
      { host: "127.0.0.1", port, path, headers, agent: false, timeout: 5000 },
      (response) => {
        let body = "";
        response.setEncoding("utf8").on("data", (chunk: string) => (body += chunk));
        response.on("error", reject).on("end", () => {
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body });
        });
      },
    );
    sent.on("timeout", () => sent.destroy(new Error(`no answer of ${path} in 5 s`)));
    sent.on("error", reject);
  });
}

/** Status of an answer, 0 where there is none. */
export async function statusOf(port: number, path: string): Promise<number> {
  try {
    return (await ask(port, path)).status;
  } catch {
    return 0;
  }
}

/** Repeats a question until its answer fits; fails with what was awaited and the last answer. */
export async function until<T>(
  awaited: string,
  question: () => Promise<T>,
  fits: (answer: T) => boolean,
  { deadlineMs = 30_000, pauseMs = 50 } = {},
): Promise<T> {
  const end = Date.now() + deadlineMs;
  for (;;) {
    const answer = await question();
    if (fits(answer)) return answer;
    if (Date.now() > end) {
      throw new Error(`not ${awaited} in ${deadlineMs} ms, but ${JSON.stringify(answer)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}
