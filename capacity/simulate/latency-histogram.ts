import { NO_WAIT, type ResponseTime } from "./response-time";

/** Upper bound of a bin against the one below it. */
const GROWTH = 1.08;

/** Share of requests in the tail that is not worth a bin. */
const NEGLIGIBLE = 1e-9;

/** Bounds of bins for response times, which the histograms of a run share. */
export class LatencyBins {
  /** Upper bounds in seconds, of ever the same ratio, from a fiftieth of the mean service time to all it can be. */
  readonly edges: Float64Array;
  /** Share of requests whose mere service takes longer than each edge. */
  readonly served: Float64Array;

  constructor(serverRate: number, maxQueueSeconds: number) {
    const first = 0.02 / serverRate;
    const last = 4 * maxQueueSeconds + 40 / serverRate;
    const count = Math.ceil(Math.log(last / first) / Math.log(GROWTH)) + 1;
    this.edges = Float64Array.from({ length: count }, (_, index) => first * GROWTH ** index);
    this.served = this.edges.map((edge) => Math.exp(-serverRate * edge));
  }

  /** Index of an edge that is not far below so many seconds, and not above. */
  edgeBelow(seconds: number): number {
    const first = this.edges[0] ?? 1;
    const steps = Math.floor(Math.log(seconds / first) / Math.log(GROWTH));
    return Math.min(this.edges.length - 1, Math.max(0, steps));
  }
}

/** Requests by how long they took. */
export class LatencyHistogram {
  /** One for each edge, of what lies below it and above the one before; the last takes all above. */
  private readonly weights: Float64Array;
  private total = 0;
  /** Requests that met no queue at all, which stand in no bin yet. */
  private unhindered = 0;

  constructor(private readonly bins: LatencyBins) {
    this.weights = new Float64Array(bins.edges.length);
  }

  /** Adds requests that take so long behind a backlog of so many seconds. */
  add(requests: number, response: ResponseTime, backlogSeconds: number): void {
    this.total += requests;
    if (backlogSeconds > 0) {
      this.addBehind(requests, response, backlogSeconds);
    } else if (response.waitShare < NO_WAIT) {
      this.unhindered += requests;
    } else {
      this.addAtOnce(requests, response);
    }
  }

  merge(other: LatencyHistogram): void {
    for (let index = 0; index < this.weights.length; index += 1) {
      this.weights[index] = (this.weights[index] ?? 0) + (other.weights[index] ?? 0);
    }
    this.total += other.total;
    this.unhindered += other.unhindered;
  }

  clear(): void {
    this.weights.fill(0);
    this.total = 0;
    this.unhindered = 0;
  }

  /** Seconds within which so large a share of the requests was answered; 0 where there was none. */
  quantile(share: number): number {
    if (this.total <= 0) {
      return 0;
    }
    const { edges, served } = this.bins;
    const wanted = share * this.total;
    let below = 0;
    for (let index = 0; index < edges.length; index += 1) {
      const pure = (index === 0 ? 1 : (served[index - 1] ?? 0)) - (served[index] ?? 0);
      const weight = (this.weights[index] ?? 0) + this.unhindered * pure;
      if (below + weight >= wanted && weight > 0) {
        return (edges[index] ?? 0) * GROWTH ** ((wanted - below) / weight - 1);
      }
      below += weight;
    }
    return edges[edges.length - 1] ?? 0;
  }

  private addAtOnce(requests: number, response: ResponseTime): void {
    const { weights } = this;
    const { edges, served } = this.bins;
    const last = edges.length - 1;
    let above = 1;
    let index = 0;
    for (; index < last && above > NEGLIGIBLE; index += 1) {
      const slower = response.slowerShareOf(edges[index] ?? 0, served[index] ?? 0);
      weights[index] = (weights[index] ?? 0) + requests * (above - slower);
      above = slower;
    }
    weights[index] = (weights[index] ?? 0) + requests * above;
  }

  private addBehind(requests: number, response: ResponseTime, backlogSeconds: number): void {
    const { weights } = this;
    const { edges } = this.bins;
    const last = edges.length - 1;
    let above = 1;
    let index = this.bins.edgeBelow(backlogSeconds);
    for (; index < last && above > NEGLIGIBLE; index += 1) {
      const slower = response.slowerShare((edges[index] ?? 0) - backlogSeconds);
      weights[index] = (weights[index] ?? 0) + requests * (above - slower);
      above = slower;
    }
    weights[index] = (weights[index] ?? 0) + requests * above;
  }
}
