import assert from "node:assert/strict";
import type { PolicyFinding } from "../../tools/policy/verdict";
import type { Json } from "../../tools/preview/graph";
import { UNKNOWN } from "../../tools/preview/graph";
import { preview, previewed } from "./deployed";
import { EngineStack } from "./engine-stack";
import type { PolicyReport } from "./event-log";
import { offlinePreview } from "./offline-preview";
import "./pulumi-cli";
import { type RegisteredGraph, readRegisteredGraph } from "./registered-graph";

interface Variant {
  readonly title: string;
  readonly environment: string;
  /** @default those that are shipped */
  readonly settings?: Readonly<Record<string, Json>>;
  /** Policies that the preview fails for. */
  readonly violated: readonly string[];
  /** Policies that warn. */
  readonly warned: readonly string[];
}

const VARIANTS: readonly Variant[] = [
  { title: "the shipped dev", environment: "dev", violated: [], warned: [] },
  { title: "the shipped prod", environment: "prod", violated: [], warned: [] },
  {
    title: "dev with too many instances",
    environment: "dev",
    settings: { instanceTypes: ["t4g.small"], taskMemoryMiB: 1024 },
    violated: ["asg-size-within-limits"],
    warned: ["asg-max-min-ratio"],
  },
  {
    title: "prod without TLS and without a firewall",
    environment: "prod",
    settings: { domainName: "", hostedZoneId: "", webAcl: false },
    violated: ["alb-https-only"],
    warned: ["alb-waf"],
  },
  {
    title: "prod without a firewall, which is advised only,",
    environment: "prod",
    settings: { webAcl: false },
    violated: [],
    warned: ["alb-waf"],
  },
];

describe("the policy pack under the engine", function () {
  this.timeout(240_000);

  for (const { title, environment, settings, violated, warned } of VARIANTS) {
    it(`judges ${title} as the offline preview does`, async () => {
      const { stack, run, grpcLog } =
        settings === undefined
          ? await previewed(environment)
          : await preview(await EngineStack.create(environment, settings));

      const decided = run.policies.filter((report) => !isUndecided(report));
      const named = (level: string) => [
        ...new Set(decided.filter((each) => each.level === level).map(({ policy }) => policy)),
      ];
      assert.deepEqual(named("mandatory").sort(), violated);
      assert.deepEqual(named("advisory").sort(), warned);
      assert.equal(run.exitCode === 0, violated.length === 0, run.output);
      assert.deepEqual(stack.held(), []);
      const offline = offlinePreview(stack);
      assert.equal(offline.exitCode, violated.length === 0 ? 0 : 3);
      const known = knownInputs(readRegisteredGraph(grpcLog, stack.project));
      assert.deepEqual(
        // Two checks of one policy that wait for the same value say the same.
        [...new Set(run.policies.map(ofEngine))].sort(),
        offline.findings
          .filter((finding) => !(finding.outcome === "undecided" && known(finding)))
          .map(ofPreview)
          .sort(),
      );
      if (settings !== undefined) await stack.remove();
    });
  }
});

/**
 * Tells whether the engine knows the value that the offline preview waits for: AWS has answered a
 * function that it comes from.
 */
function knownInputs({ resources }: RegisteredGraph): (finding: PolicyFinding) => boolean {
  const inputs = new Map(resources.map((resource) => [resource.urn, resource.inputs]));
  return ({ urn, message }) => {
    const [property = ""] = message.split(/[.[ ]/);
    const value = inputs.get(urn)?.[property];
    return value !== undefined && !JSON.stringify(value).includes(UNKNOWN);
  };
}

/** What the SDK says of a policy that needs an unknown value. */
const UNDECIDED =
  /^can't run policy '.*' from policy pack '.*' during preview: \S+ value at \.(.+) can't be known during preview$/;

const isUndecided = ({ message }: PolicyReport): boolean => UNDECIDED.test(message);

function ofEngine({ policy, level, urn, message }: PolicyReport): string {
  const path = UNDECIDED.exec(message)?.[1];
  // The SDK puts the policy's description in front.
  const said = message.slice(message.indexOf("\n") + 1);
  return path === undefined
    ? [policy, level, urn, said].join(" | ")
    : [policy, "undecided", urn, path].join(" | ");
}

function ofPreview({ policy, outcome, level, urn, message }: PolicyFinding): string {
  return outcome === "undecided"
    ? [policy, outcome, urn, message.replace(/ is known after deployment only$/, "")].join(" | ")
    : [policy, level, urn, message].join(" | ");
}
