import assert from "node:assert/strict";
import { graphCost } from "../../../tools/preview/cost";
import { countsOf } from "../../../tools/policy/verdict";
import { UNKNOWN } from "../../../tools/preview/graph";
import { renderJson } from "../../../tools/preview/json";
import { aFinding, aVerdict } from "../policy/verdicts";
import { aCapacity, aGraph, aResource } from "./small-graph";

describe("renderJson", () => {
  it("writes the graph, the capacity plan and the cost with sorted keys and a line feed at the end", () => {
    const resources = [
      aResource("aws:ecs/service:Service", "web", {
        inputs: { desiredCount: 2, cluster: UNKNOWN, tags: { b: "2", a: ["y", "x"] } },
        dependencies: ["urn:pulumi:dev::shop::aws:ecs/cluster:Cluster::web"],
        propertyDependencies: { cluster: ["urn:pulumi:dev::shop::aws:ecs/cluster:Cluster::web"] },
        options: { protect: true },
        source: { file: "infra/service.ts", line: 12 },
      }),
    ];
    const graph = aGraph({ resources, outputs: { url: UNKNOWN } });
    const text = renderJson({ graph, ...aCapacity() }, aVerdict());

    assert.ok(text.endsWith("\n}\n"));
    assert.deepEqual(Object.keys(JSON.parse(text) as object), [
      "capacity",
      "cost",
      "outputs",
      "policies",
      "project",
      "resources",
      "stack",
    ]);
    assert.equal(
      text.slice(text.indexOf('  "outputs"')),
      `  "outputs": {
    "url": "${UNKNOWN}"
  },
  "policies": {
    "findings": [],
    "summary": {
      "advisory": 0,
      "mandatory": 0,
      "repairs": 0,
      "undecided": 0,
      "waived": 0
    }
  },
  "project": "shop",
  "resources": [
    {
      "custom": true,
      "dependencies": [
        "urn:pulumi:dev::shop::aws:ecs/cluster:Cluster::web"
      ],
      "inputs": {
        "cluster": "${UNKNOWN}",
        "desiredCount": 2,
        "tags": {
          "a": [
            "y",
            "x"
          ],
          "b": "2"
        }
      },
      "name": "web",
      "options": {
        "protect": true
      },
      "outputs": {},
      "parent": "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev",
      "propertyDependencies": {
        "cluster": [
          "urn:pulumi:dev::shop::aws:ecs/cluster:Cluster::web"
        ]
      },
      "remote": false,
      "source": {
        "file": "infra/service.ts",
        "line": 12
      },
      "type": "aws:ecs/service:Service",
      "urn": "urn:pulumi:dev::shop::aws:ecs/service:Service::web"
    }
  ],
  "stack": "dev"
}
`,
    );
  });

  it("gives the same bytes whatever the order of keys", () => {
    const graph = aGraph({ outputs: { a: { x: 1, y: 2 }, b: 3 } });
    const turned = aGraph({ outputs: { b: 3, a: { y: 2, x: 1 } } });
    const capacity = aCapacity();

    assert.equal(
      renderJson({ graph: turned, ...capacity }, aVerdict()),
      renderJson({ graph, ...capacity }, aVerdict()),
    );
  });

  it("loses nothing of graph, capacity, day, cost and findings", () => {
    const graph = aGraph();
    const capacity = aCapacity();
    const verdict = aVerdict({ findings: [aFinding()] });
    const policies = { summary: countsOf(verdict), findings: verdict.findings };
    const whole: unknown = JSON.parse(
      JSON.stringify({
        ...graph,
        capacity: {
          ...capacity.capacity,
          headroom: capacity.headroom,
          exceededQuotas: [],
          day: capacity.day,
        },
        cost: graphCost(graph),
        policies,
      }),
    );

    assert.deepEqual(JSON.parse(renderJson({ graph, ...capacity }, verdict)), whole);
  });
});
