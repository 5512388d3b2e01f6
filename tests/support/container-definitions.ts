import type { Bag } from "../../tools/preview/graph";
import type { Changes } from "./policy-cases";

/** A container as prod may have it. */
const CONTAINER = {
  name: "app",
  image: `123456789012.dkr.ecr.eu-central-1.amazonaws.com/web@sha256:${"a".repeat(64)}`,
  cpu: 256,
  memory: 512,
  user: "10001:10001",
  readonlyRootFilesystem: true,
  linuxParameters: { capabilities: { add: [], drop: ["ALL"] } },
  environment: [{ name: "PORT", value: "3000" }],
  logConfiguration: {
    logDriver: "awslogs",
    options: { mode: "non-blocking", "max-buffer-size": "25m" },
  },
};

/** The property of a task definition with this one container, changed; undefined leaves a field out. */
export function containerDefinitions(...changes: readonly Changes[]) {
  const containers = (changes.length === 0 ? [{}] : changes).map((change) => ({
    ...CONTAINER,
    ...change,
  }));
  return { containerDefinitions: JSON.stringify(containers) };
}

/** The same container in the plan of the service component. */
export function planned(change: Changes = {}): Bag {
  const container = Object.fromEntries(
    Object.entries<unknown>({ ...CONTAINER, ...change }).filter(([, value]) => value !== undefined),
  ) as Bag;
  return { plan: { container, networkMode: "bridge" } };
}

/** What every policy says of definitions that it cannot read. */
export const UNREADABLE = [
  "containerDefinitions is not JSON",
  "a JSON list of one or more container definitions",
  "build it with pulumi.jsonStringify, with secrets only by reference",
] as const;
