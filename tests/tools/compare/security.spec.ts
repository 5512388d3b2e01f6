import assert from "node:assert/strict";
import { securityChanges } from "../../../tools/compare/security";
import type { ResourceNode } from "../../../tools/preview/graph";
import { aChange, aComparison, aSide } from "../review/comparisons";
import { aGraph } from "../preview/small-graph";
import { comparisonOf, group, ingress, role, rolePolicy } from "./security/changes-between";

const read = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };

/** The same resources as another stack has them. */
const elsewhere = (resources: readonly ResourceNode[]): readonly ResourceNode[] =>
  JSON.parse(
    JSON.stringify(resources).replaceAll("urn:pulumi:dev::", "urn:pulumi:prod::"),
  ) as readonly ResourceNode[];

const stackOf = (name: string): readonly ResourceNode[] => {
  const web = group(name);
  const task = role(name);
  return [web, ingress("in", web, { cidrIpv4: "10.0.0.0/8" }), task, rolePolicy("p", task, read)];
};

describe("securityChanges", () => {
  it("puts what broadens first, with its place in the program", () => {
    const [web, , task] = stackOf("web");
    assert.ok(web !== undefined && task !== undefined);
    const source = { file: "infra/web.ts", line: 7 };
    const rule = {
      ...ingress("new", web, { cidrIpv4: "0.0.0.0/0", fromPort: 22, toPort: 22 }),
      source,
    };

    const changes = securityChanges(
      comparisonOf([web, task, rolePolicy("p", task, read)], [web, rule, task]),
    );

    assert.deepEqual(changes, [
      {
        subject: "network",
        effect: "added",
        broadens: true,
        urn: rule.urn,
        title: "SecurityGroup web: ingress",
        before: undefined,
        after: "tcp 22 from 0.0.0.0/0",
        source,
      },
      {
        subject: "permission",
        effect: "removed",
        broadens: false,
        urn: rolePolicy("p", task, read).urn,
        title: "Role web",
        before: "Allow s3:GetObject on *",
        after: undefined,
        source: undefined,
      },
    ]);
  });

  it("finds nothing between two stacks that say the same", () => {
    const graph = { ...aGraph({ resources: elsewhere(stackOf("web")) }), stack: "prod" };

    const comparison = aComparison({
      before: aSide({ graph: aGraph({ resources: stackOf("web") }) }),
      after: aSide({ graph }),
    });

    assert.deepEqual(securityChanges(comparison), []);
  });

  it("follows resources that an alias renamed", () => {
    const [before, after] = [stackOf("old"), stackOf("new")];
    const changes = [0, 2].map((index) => {
      const [was, is] = [before[index], after[index]];
      assert.ok(was !== undefined && is !== undefined);
      return aChange({ urn: is.urn, previousUrn: was.urn, type: is.type, name: is.name });
    });

    assert.deepEqual(securityChanges({ ...comparisonOf(before, after), changes }), []);
    // An alias alone changes nothing: the engine leaves the resources as they are.
    assert.deepEqual(securityChanges({ ...comparisonOf(before, after), kept: changes }), []);
    assert.equal(securityChanges(comparisonOf(before, after)).length, 4);
  });

  it("reads a thousand resources in a fraction of a second", () => {
    const many = Array.from({ length: 250 }, (_, index) => stackOf(`web-${String(index)}`))
      .flat()
      .map((node, index) => ({ ...node, urn: `${node.urn}-${String(index)}` }));
    const start = performance.now();

    securityChanges(comparisonOf(many, many));

    assert.ok(performance.now() - start < 1000);
  });
});
