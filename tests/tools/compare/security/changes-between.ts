import { referenceTo } from "../../../../tools/compare/reference";
import { securityChanges } from "../../../../tools/compare/security";
import type { Bag, ResourceNode } from "../../../../tools/preview/graph";
import { aGraph, aResource } from "../../preview/small-graph";
import { aComparison, aSide } from "../../review/comparisons";

const sideOf = (resources: readonly ResourceNode[]) => aSide({ graph: aGraph({ resources }) });

/** A comparison of two graphs of these resources; without `before` the stack is new. */
export const comparisonOf = (
  before: readonly ResourceNode[] | undefined,
  after: readonly ResourceNode[],
) => aComparison({ before: before && sideOf(before), after: sideOf(after) });

/** What a security change says, in one line: `! network widened SecurityGroup web: ingress | tcp 22 … => …`. */
export function changesBetween(
  before: readonly ResourceNode[] | undefined,
  after: readonly ResourceNode[],
): readonly string[] {
  return securityChanges(comparisonOf(before, after)).map(
    (change) =>
      `${change.broadens ? "! " : ""}${change.subject} ${change.effect} ${change.title} | ${change.before ?? "-"} => ${change.after ?? "-"}`,
  );
}

/** A resource with these inputs. */
export const having = (type: string, name: string, inputs: Bag): ResourceNode =>
  aResource(type, name, { inputs });

/** A reference to an output of the resource. */
export const output = ({ urn }: ResourceNode, name: string): string => referenceTo(urn, name);

export const group = (name: string, inputs: Bag = {}): ResourceNode =>
  having("aws:ec2/securityGroup:SecurityGroup", name, inputs);

/** A rule for inbound traffic of a group. */
export const ingress = (name: string, of: ResourceNode, inputs: Bag): ResourceNode =>
  having("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", name, {
    securityGroupId: output(of, "id"),
    ipProtocol: "tcp",
    ...inputs,
  });

export const role = (name: string, inputs: Bag = {}): ResourceNode =>
  having("aws:iam/role:Role", name, inputs);

/** A policy of a role, of these statements. */
export const rolePolicy = (
  name: string,
  of: ResourceNode,
  ...statements: readonly Bag[]
): ResourceNode =>
  having("aws:iam/rolePolicy:RolePolicy", name, {
    role: output(of, "name"),
    policy: policyOf(...statements),
  });

export const policyOf = (...statements: readonly Bag[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements });
