import { isIP } from "node:net";
import type { ContainerPort } from "../container-contract";
import { PORT } from "./ecs-limits";
import type { Read, Report } from "./readers";
import { isMapping, outOfRange, readInteger, show } from "./readers";
import type { KeyPath } from "./yaml-tree";

const EXAMPLE = 'write one such as "3000:3000"';
const RANGE = /^(\d+)(?:-(\d+))?$/;

/**
 * Reads `ports`: what the container listens on. The host's side of a port is the developer's machine alone, since ECS
 * chooses the host port; it is checked for its form and left out.
 * @see https://github.com/compose-spec/compose-spec/blob/main/05-services.md#ports
 */
export const readPorts: Read<readonly ContainerPort[]> = (value, report) => {
  if (!Array.isArray(value) || value.length === 0) {
    const got =
      value === undefined || Array.isArray(value) ? "missing" : `${show(value)} is no list`;
    report(`${got}; list the port that the load balancer sends requests to, as in - "3000:3000"`);
    return [];
  }
  const ports = new Map<string, ContainerPort>();
  value.forEach((item: unknown, index) => {
    const port = isMapping(item) ? readLong(item, report, index) : readShort(item, report, index);
    if (port === undefined) return;
    if (index === 0 && port.protocol === "udp") {
      report(
        `${port.containerPort}/udp is first, and the load balancer sends HTTP to the first port; list the HTTP port first`,
        [index],
      );
    }
    // One container port can be published twice on the developer's machine.
    ports.set(`${port.containerPort}/${port.protocol}`, port);
  });
  return [...ports.values()];
};

/** `[[address:]host:]container[/protocol]` */
function readShort(item: unknown, report: Report, index: number): ContainerPort | undefined {
  const text = typeof item === "string" || typeof item === "number" ? `${item}` : undefined;
  const [published = "", protocol = "tcp", ...rest] = text?.split("/") ?? [];
  const sides = published.split(":");
  const range = RANGE.exec(sides.at(-1) ?? "");
  const host = sides.at(-2) ?? "";
  const address = sides.slice(0, -2).join(":");
  const hostFits = isHostSide(host) && (address === "" || isAddress(address));
  if (range === null || !hostFits || rest.length > 0) {
    report(`${show(item)} is no port; ${EXAMPLE}`, [index]);
    return undefined;
  }
  const first = Number(range[1]);
  const last = Number(range[2] ?? range[1]);
  if (first !== last) {
    report(`${show(item)} is a range of ports; list each port of the container by itself`, [index]);
    return undefined;
  }
  return checkedPort(first, protocol.toLowerCase(), report, { port: [index], protocol: [index] });
}

function readLong(
  item: Readonly<Record<string, unknown>>,
  report: Report,
  index: number,
): ContainerPort | undefined {
  const target = readInteger(item["target"]);
  const { protocol = "tcp" } = item;
  if (target === undefined) {
    report(`${show(item["target"])} is no port; write the port of the container`, [
      index,
      "target",
    ]);
    return undefined;
  }
  const paths = { port: [index, "target"], protocol: [index, "protocol"] };
  return checkedPort(target, protocol, report, paths);
}

function checkedPort(
  containerPort: number,
  protocol: unknown,
  report: Report,
  paths: { readonly port: KeyPath; readonly protocol: KeyPath },
): ContainerPort | undefined {
  const range = outOfRange(`${containerPort}`, containerPort, PORT);
  if (range !== undefined) report(range, paths.port);
  if (protocol === "tcp" || protocol === "udp") return { containerPort, protocol };
  report(`${show(protocol)} is no protocol that ECS maps; write tcp or udp`, paths.protocol);
  return undefined;
}

/** Compose picks a free port of a range; nothing before the colon is any free port. */
function isHostSide(text: string): boolean {
  const range = RANGE.exec(text);
  if (range === null) return text === "";
  const [first, last] = [Number(range[1]), Number(range[2] ?? range[1])];
  return first <= last && last <= PORT.maximum;
}

/** An IPv6 address stands in brackets, so that its colons are its own. */
function isAddress(text: string): boolean {
  return isIP(text) === 4 || (/^\[.*\]$/.test(text) && isIP(text.slice(1, -1)) === 6);
}
