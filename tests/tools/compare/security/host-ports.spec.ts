import assert from "node:assert/strict";
import type { Bag, ResourceNode } from "../../../../tools/preview/graph";
import { UNKNOWN } from "../../../../tools/preview/graph";
import {
  definition,
  fromFront,
  listener,
  service,
  target,
  taskService,
  toBack,
  waysInto,
  webStack,
} from "./web-stack";

const allTraffic: Bag = { ipProtocol: "-1" };
/** What reaches the tasks where no security group narrows it. */
const sent = (...others: readonly ResourceNode[]): readonly string[] =>
  waysInto(webStack(toBack(allTraffic), fromFront(allTraffic), ...others)).filter((way) =>
    way.includes(" through "),
  );
const ON_INSTANCES = "Group web through LoadBalancer web: ";
const ON_TASKS = "Service web through LoadBalancer web: ";

describe("taskPassings", () => {
  for (const [title, nodes, expected] of [
    ["a dynamic host port", [definition({})], `${ON_INSTANCES}tcp 32768-65535`],
    ["host port 0", [definition({ hostPort: 0 })], `${ON_INSTANCES}tcp 32768-65535`],
    ["a fixed host port", [definition({ hostPort: 8080 })], `${ON_INSTANCES}tcp 8080`],
    [
      "the network of the host",
      [definition({}, { networkMode: "host" })],
      `${ON_INSTANCES}tcp 3000`,
    ],
    ["tasks with addresses of their own", [taskService()], `${ON_TASKS}tcp 3000`],
    [
      "a host port that only the deployment tells",
      [definition({ hostPort: UNKNOWN })],
      `${ON_INSTANCES}tcp (possible: the preview does not know the port of Service web)`,
    ],
    [
      "containers that only the deployment tells",
      [definition({}, { containerDefinitions: UNKNOWN })],
      `${ON_INSTANCES}tcp (possible: the preview does not know the port of Service web)`,
    ],
    [
      "a task definition that the stack does not declare",
      [service({ taskDefinition: "web:7" })],
      `${ON_INSTANCES}tcp (possible: the preview does not know the port of Service web)`,
    ],
  ] as const) {
    it(`finds tasks by ${title}`, () => {
      assert.deepEqual(sent(...nodes), [expected]);
    });
  }

  it("leaves of an unknown port what the groups of both ends let through", () => {
    const unknown = definition({ hostPort: UNKNOWN });

    assert.deepEqual(
      waysInto(webStack(unknown, toBack({ ...tcp(1, 40000) }), fromFront(tcp(32768, 65535))))[0],
      `${ON_INSTANCES}tcp 32768-40000 (possible: the preview does not know the port of Service web)`,
    );
  });
});

const tcp = (fromPort: number, toPort: number): Bag => ({ fromPort, toPort });

describe("passingsAt", () => {
  for (const [protocol, expected] of [
    ["TCP", ["tcp 3000"]],
    ["UDP", ["udp 3000"]],
    ["TCP_UDP", ["tcp 3000", "udp 3000"]],
    [
      UNKNOWN,
      ["all traffic (possible: the preview does not know the protocol of TargetGroup web)"],
    ],
  ] as const) {
    it(`carries ${protocol === UNKNOWN ? "an unknown protocol" : protocol}`, () => {
      const nodes = [taskService(), target({ protocol, targetType: "ip" })];
      const named = expected.map((text) => ON_TASKS + text.replace("TargetGroup", "Service"));

      assert.deepEqual(sent(...nodes), named);
    });
  }

  it("takes a listener whose port only the deployment tells for one on any port", () => {
    const unknown = listener(80, { port: UNKNOWN });
    const doubt = "(possible: the preview does not know the port of Listener on-80)";

    assert.deepEqual(waysInto(webStack(unknown)), [
      `${ON_INSTANCES}tcp 32768-65535 ${doubt}`,
      `LoadBalancer web: tcp 80 ${doubt}`,
    ]);
  });
});
