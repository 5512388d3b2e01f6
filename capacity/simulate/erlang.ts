/** Up to here the exact recursion is cheaper than the expansion. */
const MOST_SERVERS_COUNTED = 20;

/**
 * Erlang's C: the probability that a request finds every server busy and waits.
 *
 * Few servers are counted exactly; for more, the expansion of Janssen, van Leeuwaarden and Zwart has a cost
 * that does not grow with them and lies above the exact value by less than one part in 12 x servers.
 * Servers may be a fraction, such as a target that a slow start gives half its share.
 *
 * @param servers more than 0
 * @param offered arrival rate x mean service time, in servers
 * @see https://doi.org/10.1287/opre.1110.0991 Refining square-root safety staffing by expanding Erlang C
 */
export function waitProbability(servers: number, offered: number): number {
  if (offered <= 0) {
    return 0;
  }
  if (offered >= servers) {
    return 1;
  }
  return servers <= MOST_SERVERS_COUNTED
    ? countedWaitProbability(servers, offered)
    : expandedWaitProbability(servers, offered);
}

/** Straight between the whole numbers of servers on either side. */
function countedWaitProbability(servers: number, offered: number): number {
  const whole = Math.floor(servers);
  const part = servers - whole;
  let blocking = 1;
  for (let n = 1; n <= whole; n += 1) {
    blocking = (offered * blocking) / (n + offered * blocking);
  }
  const fewer = waitFromBlocking(whole, offered, blocking);
  if (part === 0) {
    return fewer;
  }
  const next = (offered * blocking) / (whole + 1 + offered * blocking);
  return fewer + part * (waitFromBlocking(whole + 1, offered, next) - fewer);
}

function waitFromBlocking(servers: number, offered: number, blocking: number): number {
  return offered >= servers ? 1 : (servers * blocking) / (servers - offered * (1 - blocking));
}

function expandedWaitProbability(servers: number, offered: number): number {
  const load = offered / servers;
  const spare = 1 - load;
  // log(1 - x) + x loses every digit where x is small; -x^2 / 2 is what is left of it.
  const exponent = spare < 1e-4 ? (-spare * spare) / 2 : Math.log(load) + spare;
  const alpha = Math.sqrt(-2 * servers * exponent);
  const root = Math.sqrt(servers);
  return 1 / (load + spare * root * (normalRatio(alpha) + 2 / (3 * root)));
}

/**
 * The standard normal distribution function over its density, of 0 or more.
 *
 * @see https://personal.math.ubc.ca/~cbm/aands/page_932.htm formula 26.2.17
 */
function normalRatio(x: number): number {
  const t = 1 / (1 + 0.2316419 * x);
  const polynomial =
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return Math.sqrt(2 * Math.PI) * Math.exp((x * x) / 2) - polynomial;
}
