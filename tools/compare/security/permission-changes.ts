import { UNKNOWN } from "../../preview/graph";
import type { SecurityChange } from "../security-change";
import { changedClaims, UNDECIDED, type Claim, type Weighing } from "./claims";
import { managedPolicies, policyDocuments, type PolicyDocument } from "./policy-documents";
import type { ComparedSide } from "./compared-sides";
import { containsStatement, isCoveredByStatements } from "./statement-containment";
import { describeStatement, statementsOf, type Statement } from "./statements";
import { nameOf } from "./title";

/** What changed in policies, statement by statement, and in the managed policies that principals have. */
export function permissionChanges(
  before: ComparedSide,
  after: ComparedSide,
): readonly SecurityChange[] {
  const [earlier, later] = [grantsOf(before), grantsOf(after)];
  const subjects = [...new Set([...earlier.keys(), ...later.keys()])];
  return subjects.flatMap((key) => {
    const [from, to] = [earlier.get(key), later.get(key)];
    return changedClaims(
      from?.claims ?? openEndpoint(before, key),
      to?.claims ?? openEndpoint(after, key),
      GRANTS,
    ).map((change) => ({
      subject: "permission" as const,
      title: (to ?? from)?.title ?? "",
      ...change,
    }));
  });
}

/** What somebody may do: a statement; the ARN of a policy that is kept elsewhere; undefined where only the deployment tells. */
type Grant = Statement | string | undefined;

const GRANTS: Weighing<Grant> = {
  contains: (outer, inner) =>
    typeof outer === "object" && typeof inner === "object"
      ? containsStatement(outer, inner)
      : outer !== undefined && outer === inner,
  isCovered: (inner, others) =>
    typeof inner === "object"
      ? isCoveredByStatements(
          inner,
          others.filter((other) => typeof other === "object"),
        )
      : inner !== undefined && others.includes(inner),
};

interface Grants {
  readonly title: string;
  readonly claims: readonly Claim<Grant>[];
}

/** All grants of a side by their subject; a statement counts wherever it stands in the documents of its subject. */
function grantsOf(side: ComparedSide): ReadonlyMap<string, Grants> {
  const all = new Map<string, Grants>();
  const add = (
    subject: string,
    purpose: PolicyDocument["purpose"],
    claims: readonly Claim<Grant>[],
  ): void => {
    const key = purpose === TRUST ? `${subject} ${TRUST}` : subject;
    const name = nameOf(side, subject);
    all.set(key, {
      title: purpose === TRUST ? `${name}: ${TRUST}` : name,
      claims: [...(all.get(key)?.claims ?? []), ...claims],
    });
  };
  for (const document of policyDocuments(side)) {
    add(document.subject, document.purpose, claimsOf(document));
  }
  for (const { subject, arn, node } of managedPolicies(side)) {
    const text = `managed policy ${arn}`;
    const { urn, source } = node;
    add(subject, "permissions", [{ kind: "managed", text, hint: urn, value: arn, urn, source }]);
  }
  return all;
}

const TRUST = "trust";

function claimsOf({ document, node: { urn, source } }: PolicyDocument): readonly Claim<Grant>[] {
  const statements = statementsOf(document);
  if (statements === undefined) {
    const known = typeof document === "string" && document !== UNKNOWN ? `: ${document}` : "";
    const text = `a policy that only the deployment tells${known}`;
    return [{ kind: UNDECIDED, text, hint: urn, value: undefined, urn, source }];
  }
  return statements.map((statement, index) => ({
    kind: statement.effect,
    text: describeStatement(statement),
    hint: statement.sid ?? `${urn} ${String(index)}`,
    value: statement,
    urn,
    source,
  }));
}

/** An endpoint without a policy lets everything through: a first policy narrows it. */
function openEndpoint(side: ComparedSide, key: string): readonly Claim<Grant>[] {
  const node = side.get(key);
  if (node?.type !== "aws:ec2/vpcEndpoint:VpcEndpoint") {
    return [];
  }
  const document = { Statement: { Effect: "Allow", Principal: "*", Action: "*", Resource: "*" } };
  return claimsOf({ subject: key, purpose: "permissions", document, node });
}
