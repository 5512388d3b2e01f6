import { Agent, get } from "node:http";

const WORKERS = 8;
const PAUSE_MS = 10;

/** What came of the requests so far. */
export interface Tally {
  /** Requests answered with 200, by who answered. */
  readonly hosts: ReadonlyMap<string, number>;
  /** Status or error of each other request. */
  readonly failures: readonly string[];
}

/** Requests of several clients over kept connections, until it is stopped; none is repeated. */
export class Load {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: WORKERS });
  private readonly workers: readonly Promise<void>[];
  private hosts = new Map<string, number>();
  private failures: string[] = [];
  private isStopped = false;

  constructor(private readonly port: number) {
    this.workers = Array.from({ length: WORKERS }, () => this.work());
  }

  /** What came of the requests since the last call. */
  tally(): Tally {
    const { hosts, failures } = this;
    this.hosts = new Map();
    this.failures = [];
    return { hosts, failures };
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    await Promise.all(this.workers);
    this.agent.destroy();
  }

  private async work(): Promise<void> {
    while (!this.isStopped) {
      try {
        const { status, host } = await this.ask();
        if (status === 200) this.hosts.set(host, (this.hosts.get(host) ?? 0) + 1);
        else this.failures.push(`status ${status}`);
      } catch (error) {
        this.failures.push(String(error));
      }
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }

  private ask(): Promise<{ readonly status: number; readonly host: string }> {
    const headers = { accept: "application/json" };
    const options = { host: "127.0.0.1", port: this.port, path: "/", headers, agent: this.agent };
    return new Promise((resolve, reject) => {
      const sent = get({ ...options, timeout: 10_000 }, (response) => {
        let body = "";
        response.setEncoding("utf8").on("data", (chunk: string) => (body += chunk));
        response.on("error", reject).on("end", () => {
          const { statusCode: status = 0 } = response;
          const answer =
            status === 200 ? (JSON.parse(body) as { readonly host: string }) : undefined;
          resolve({ status, host: answer?.host ?? "" });
        });
      });
      sent.on("timeout", () => sent.destroy(new Error("no answer in 10 s")));
      sent.on("error", reject);
    });
  }
}
