import assert from "node:assert/strict";
import fc from "fast-check";
import { compare } from "../../../../tools/compare/compare";
import type { StackSide } from "../../../../tools/compare/stack-side";
import type { ResourceNode } from "../../../../tools/preview/graph";
import { architectureOf } from "../../../../tools/review/diagram/architecture";
import { comparisonOf, having, output } from "../../compare/security/changes-between";
import { recordedSide } from "../../../support/stack-sides";
import { comparisons } from "./generated";

const NOTHING_ALLOWED = { allowDestruction: [] };

/** `Title: detail`, signs and arrows, for the eye. */
function drawn(before: readonly ResourceNode[] | undefined, after: readonly ResourceNode[]) {
  return legible(architectureOf(comparisonOf(before, after)));
}

function legible({ nodes, edges }: ReturnType<typeof architectureOf>) {
  const titles = new Map(nodes.map(({ id, title }) => [id, title]));
  return {
    nodes: nodes.map(({ title, detail, change, counts }) =>
      [change, title, detail, counts].filter((part) => part !== undefined).join(" | "),
    ),
    edges: edges.map(({ from, to, label, isMain, change }) =>
      `${change} ${titles.get(from) ?? "?"} ${isMain ? "->" : "..>"} ${titles.get(to) ?? "?"} ${label}`.trim(),
    ),
  };
}

const repository = having("aws:ecr/repository:Repository", "web", {});
const lifecycle = having("aws:ecr/lifecyclePolicy:LifecyclePolicy", "web", {
  repository: output(repository, "name"),
});
const definition = (cpu: string) =>
  having("aws:ecs/taskDefinition:TaskDefinition", "web", {
    cpu,
    containerDefinitions: `[{"image":"${output(repository, "repositoryUrl")}:1"}]`,
  });

describe("architectureOf", () => {
  it("draws resources by what they refer to, and what changes in them", () => {
    assert.deepEqual(drawn([repository, definition("256")], [repository, definition("512")]), {
      nodes: ["same | Task definition web | 256 → 512 CPU units", "same | Repository web"],
      edges: ["same Task definition web -> Repository web image"],
    });
  });

  it("takes the parts of a resource into its node", () => {
    assert.deepEqual(drawn([repository], [repository, lifecycle]).nodes, [
      "update | Repository web",
    ]);
    assert.deepEqual(drawn([repository, lifecycle], []).nodes, ["delete | Repository web | -2"]);
  });

  it("draws what comes and goes, its edges too", () => {
    assert.deepEqual(drawn([repository], [repository, definition("256")]), {
      nodes: ["create | Task definition web | 256 CPU units", "same | Repository web"],
      edges: ["create Task definition web -> Repository web image"],
    });
    assert.deepEqual(drawn([repository, definition("256")], [repository]), {
      nodes: ["delete | Task definition web | 256 CPU units", "same | Repository web"],
      edges: ["delete Task definition web -> Repository web image"],
    });
  });

  it("counts resources of which there are many", () => {
    const subnets = (count: number) =>
      Array.from({ length: count }, (_, index) =>
        having("aws:ec2/subnet:Subnet", String(index), {}),
      );

    assert.deepEqual(drawn(subnets(4), subnets(6)).nodes, [
      "update | Network | 4 → 6 subnets | +2",
    ]);
  });

  it("mentions what has no place only where it changes", () => {
    const other = having("aws:x/y:Z", "z", {});

    assert.deepEqual(drawn([other], [other]).nodes, []);
    assert.deepEqual(drawn([], [other]).nodes, ["create | Other resources | 1 resource"]);
  });

  it("shows those that change of too many, and counts the rest", () => {
    const services = (...names: string[]) =>
      names.map((name) => having("aws:ecs/service:Service", name, {}));
    const many = Array.from({ length: 30 }, (_, index) => `s${String(index).padStart(2, "0")}`);

    const { nodes } = drawn(services(...many), services(...many, "s99"));

    assert.equal(nodes.length, 7);
    assert.ok(nodes.includes("create | Service s99"));
    assert.equal(nodes.at(-1), "same | Service: 25 more");
  });

  it("does not depend on the order of the resources, and every edge has both of its nodes", () => {
    fc.assert(
      fc.property(comparisons, (comparison) => {
        const reversed = (side: typeof comparison.after) => ({
          ...side,
          graph: { ...side.graph, resources: [...side.graph.resources].reverse() },
        });
        const architecture = architectureOf(comparison);
        const { before, after } = comparison;

        assert.deepEqual(
          architectureOf({
            ...comparison,
            before: before && reversed(before),
            after: reversed(after),
          }),
          architecture,
        );
        const ids = new Set(architecture.nodes.map(({ id }) => id));
        assert.equal(ids.size, architecture.nodes.length);
        assert.ok(architecture.edges.every(({ from, to }) => ids.has(from) && ids.has(to)));
      }),
      { numRuns: 60 },
    );
  });

  describe("of the shipped stacks", function () {
    this.timeout(60_000);
    let dev: StackSide;
    before(async () => {
      dev = await recordedSide("dev");
    });

    it("has the way from the internet to the instances, and nothing to tell where nothing changes", () => {
      const { nodes, edges } = legible(architectureOf(compare(dev, dev, NOTHING_ALLOWED)));

      assert.deepEqual(
        edges.filter((edge) => edge.includes("->")),
        [
          "same Internet -> Load balancer web",
          "same Load balancer web -> Target group web-target",
          "same Target group web-target -> Service web",
          "same Service web -> Task definition web runs",
          "same Service web -> Cluster web",
          "same Service web -> Capacity provider cp-web places tasks by",
          "same Task definition web -> Repository web image",
          "same Cluster web -> Capacity provider cp-web",
          "same Capacity provider cp-web -> Auto Scaling group web scales",
          "same Auto Scaling group web -> Network",
          "same Network -> NAT gateways",
          "same Alarms -> Notifications notify",
        ],
      );
      assert.deepEqual(
        nodes.filter((node) => !node.startsWith("same")),
        [],
      );
    });

    it("follows tasks with addresses of their own and a load balancer in front of the other", async () => {
      const other = await recordedSide("dev", {
        networkMode: "awsvpc",
        staticIngressIps: true,
        natGateways: "None",
        interfaceEndpoints: true,
      });
      const { nodes, edges } = legible(architectureOf(compare(dev, other, NOTHING_ALLOWED)));

      assert.deepEqual(
        nodes.filter((node) => /NAT|Load balancer|Target group|Task def/.test(node)),
        [
          "replace | Load balancer web | application, public → internal, HTTP 80 | +-2",
          "create | Load balancer web-tcp | network, public, TCP 80 | +2",
          "create | Target group web-http | TCP 80, by alb | +2",
          "replace | Target group web-target | HTTP 3000, by instance → by ip",
          "replace | Task definition web | 256 CPU units, 512 MiB, bridge → awsvpc",
          "delete | NAT gateways | 1 gateway | -2",
        ],
      );
      assert.deepEqual(
        edges.filter((edge) => edge.includes("->") && !edge.startsWith("same")),
        [
          "delete Internet -> Load balancer web",
          "create Internet -> Load balancer web-tcp",
          "create Load balancer web-tcp -> Target group web-http",
          "create Target group web-http -> Load balancer web",
          "delete Network -> NAT gateways",
        ],
      );
    });
  });
});
