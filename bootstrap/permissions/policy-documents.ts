import { iamPolicy, type IamPolicy, type IamStatement } from "../../infra/lib/iam-policy";
import { CONTAINERS } from "./containers";
import { EDGE } from "./edge";
import { IDENTITY } from "./identity";
import { INSTANCES } from "./instances";
import { LOAD_BALANCING } from "./load-balancing";
import { NETWORK } from "./network";
import { OBSERVABILITY } from "./observability";
import type { Application, Area, Environment, Grant } from "./permission-table";
import { SECURITY_GROUPS } from "./security-groups";
import { SERVICE_SCALING } from "./service-scaling";
import { STORAGE } from "./storage";

/** A managed policy: its name, and the areas whose statements it holds. */
interface ManagedPolicy {
  readonly name: string;
  readonly areas: readonly Area[];
}

/**
 * What may be read, by the preview role and by every deploy role. A managed policy has at most 6,144 characters,
 * and a role at most ten of them.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export const READ_POLICIES: readonly ManagedPolicy[] = [
  { name: "network", areas: [NETWORK, SECURITY_GROUPS, INSTANCES, LOAD_BALANCING] },
  { name: "services", areas: [CONTAINERS, SERVICE_SCALING, EDGE] },
  { name: "records", areas: [OBSERVABILITY, STORAGE, IDENTITY] },
];

/** What the deploy role of one environment may change. */
export const WRITE_POLICIES: readonly ManagedPolicy[] = [
  { name: "network", areas: [NETWORK] },
  { name: "instances", areas: [SECURITY_GROUPS, INSTANCES] },
  { name: "containers", areas: [CONTAINERS, SERVICE_SCALING] },
  { name: "load-balancing", areas: [LOAD_BALANCING, EDGE] },
  { name: "records", areas: [OBSERVABILITY, STORAGE] },
  { name: "identity", areas: [IDENTITY] },
];

/** Every area, in the order of the documentation. */
export const AREAS: readonly Area[] = WRITE_POLICIES.flatMap(({ areas }) => areas);

/** The document of a policy of READ_POLICIES. */
export function readDocument({ areas }: ManagedPolicy, application: Application): IamPolicy {
  return documentOf(areas.flatMap(({ reads }) => reads(application)));
}

/** The document of a policy of WRITE_POLICIES. */
export function writeDocument({ areas }: ManagedPolicy, environment: Environment): IamPolicy {
  return documentOf(areas.flatMap(({ writes }) => writes(environment)));
}

/** A policy document of grants, and of what is refused whatever else allows it. */
export function documentOf(grants: readonly Grant[], refusals: readonly Grant[] = []): IamPolicy {
  return iamPolicy(
    ...grants.map((grant) => statementOf(grant, "Allow")),
    ...refusals.map((refusal) => statementOf(refusal, "Deny")),
  );
}

function statementOf(
  { sid, actions, resources, condition }: Grant,
  effect: IamStatement["Effect"],
): IamStatement {
  return {
    Sid: sid,
    Effect: effect,
    Action: actions,
    Resource: resources,
    ...(condition !== undefined && { Condition: condition }),
  };
}
