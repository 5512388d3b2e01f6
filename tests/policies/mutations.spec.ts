import assert from "node:assert/strict";
import { policies } from "../../policies/pack";
import type { Policy } from "../../policies/policy";
import { WaiverBook } from "../../policies/waivers";
import { judgeGraph } from "../../tools/policy/judge";
import type { PolicyFinding } from "../../tools/policy/verdict";
import type { ResourceGraph } from "../../tools/preview/graph";
import { recorded } from "../support/stacks";
import { CAPACITY_PROVIDER } from "./mutations/capacity-provider";
import { COMPUTE } from "./mutations/compute";
import { CONTAINERS } from "./mutations/containers";
import { COST } from "./mutations/cost";
import { deployed } from "./mutations/deployed";
import { type Mutation, mutated, titleOf } from "./mutations/mutation";
import { NETWORK } from "./mutations/network";
import { OBSERVABILITY } from "./mutations/observability";
import { REGISTRY } from "./mutations/registry";
import { SCALING_GROUPS } from "./mutations/scaling-groups";
import { SCALING_SERVICE } from "./mutations/scaling-service";

const AREAS: Readonly<Record<string, readonly Mutation[]>> = {
  "scaling of the group": SCALING_GROUPS,
  "capacity provider": CAPACITY_PROVIDER,
  "scaling of the service": SCALING_SERVICE,
  containers: CONTAINERS,
  compute: COMPUTE,
  network: NETWORK,
  registry: REGISTRY,
  observability: OBSERVABILITY,
  "cost and tags": COST,
};

const ALL = Object.values(AREAS).flat();
/** Those that break something; the others stay just inside a limit. */
const MUTANTS = ALL.filter(({ noticedBy }) => noticedBy.length > 0);

/** Findings that report something wrong; a check that waits for a value reports nothing. */
async function faults(
  graph: ResourceGraph,
  judged: readonly Policy[] = policies,
): Promise<readonly PolicyFinding[]> {
  const waivers = new WaiverBook([], "2026-01-01");
  const { findings } = await judgeGraph(graph, { waivers, policies: judged });
  return findings.filter(({ outcome }) => outcome === "violation" || outcome === "repair");
}

/** Policies that are shown a resource which differs; all others can only say what they said before. */
function concerned(before: ResourceGraph, after: ResourceGraph): readonly Policy[] {
  const [old, now] = [new Set(before.resources), new Set(after.resources)];
  const differing = [
    ...before.resources.filter((node) => !now.has(node)),
    ...after.resources.filter((node) => !old.has(node)),
  ];
  const types = new Set(differing.map(({ type }) => type));
  const urns = new Set(differing.map(({ urn }) => urn));
  /** Types of the resources that a stack policy sees with one that differs, which they refer to. */
  const referring = new Set(
    [...before.resources, ...after.resources]
      .filter(({ parent, propertyDependencies }) =>
        [parent ?? "", ...Object.values(propertyDependencies).flat()].some((urn) => urns.has(urn)),
      )
      .map(({ type }) => type),
  );
  return policies.filter((policy) =>
    policy.kind === "resource"
      ? policy.checks.some(({ type }) => types.has(type))
      : policy.reads === "all" ||
        policy.reads.some((type) => types.has(type) || referring.has(type)),
  );
}

describe("mutations of the shipped stacks", () => {
  const graphs = new Map<string, ResourceGraph>();
  let killed = 0;

  before(async () => {
    for (const stack of ["dev", "prod"] as const) {
      graphs.set(`${stack} preview`, await recorded(stack));
      graphs.set(`${stack} deployed`, await deployed(stack));
    }
  });

  for (const name of ["dev preview", "dev deployed", "prod preview", "prod deployed"]) {
    it(`start from a ${name} with nothing wrong`, async () => {
      const graph = graphs.get(name);
      assert.ok(graph !== undefined);

      assert.deepEqual(await faults(graph), []);
    });
  }

  for (const [area, mutations] of Object.entries(AREAS)) {
    describe(area, () => {
      for (const mutation of mutations) {
        it(titleOf(mutation), async () => {
          const graph = graphs.get(`${mutation.stack} ${mutation.state}`);
          assert.ok(graph !== undefined);
          const changed = mutated(graph, mutation);

          const found = await faults(changed, concerned(graph, changed));

          const failed = found.filter(({ message }) => message.includes("policy itself failed"));
          assert.deepEqual(failed, []);
          const noticing = [...new Set(found.map(({ policy }) => policy))].sort();
          assert.deepEqual(noticing, mutation.noticedBy, found.map(described).join("\n"));
          killed += mutation.noticedBy.length > 0 ? 1 : 0;
        });
      }
    });
  }

  it("are at least 150, each another one", () => {
    const titles = ALL.map(titleOf);

    assert.equal(new Set(titles).size, titles.length);
    assert.ok(MUTANTS.length >= 150, `${MUTANTS.length} mutants`);
  });

  it("break every policy of the pack", () => {
    const broken = new Set(MUTANTS.flatMap(({ noticedBy }) => noticedBy));

    assert.deepEqual(
      policies.map(({ name }) => name).filter((name) => !broken.has(name)),
      [],
    );
  });

  after(() => {
    const share = ((100 * killed) / MUTANTS.length).toFixed(1);
    process.stdout.write(
      `\n    mutation score ${share} %: ${killed} of ${MUTANTS.length} mutants noticed by exactly the expected ` +
        `policies; ${ALL.length - MUTANTS.length} changes inside the limits\n`,
    );
  });
});

const described = ({ policy, name, message }: PolicyFinding): string =>
  `${policy} on ${name}: ${message}`;
