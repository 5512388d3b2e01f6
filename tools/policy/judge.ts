import type { Policies } from "@pulumi/policy";
import { levelOf } from "../../policies/enforce";
import { buildPolicy, changePolicies, policies as allPolicies } from "../../policies/pack";
import type { PackConfig } from "../../policies/pack-config";
import type { Policy, ResourcePolicy } from "../../policies/policy";
import type { WaiverBook, WaiverOf } from "../../policies/waivers";
import type { ChangePolicy } from "../../policies/change";
import { WAIVERS_VALID, waiversValid } from "../../policies/waivers-valid";
import type { ResourceGraph, ResourceNode } from "../preview/graph";
import {
  type AnalyzedResource,
  analyzeResource,
  analyzeStack,
  type Diagnostic,
  remediateResource,
} from "./analyzer";
import { judgeSteps } from "./judge-steps";
import { changedPaths } from "./changed-paths";
import { JudgedResources } from "./judged-resources";
import { inReportOrder, type PolicyFinding, type Rule, type Verdict } from "./verdict";

/** How a graph is judged. */
export interface JudgeOptions {
  readonly waivers: WaiverBook;
  /** @default the pack as it is */
  readonly configured?: PackConfig;
  /** True for what is deployed: nothing is repaired on the way, so that every violation shows. @default false */
  readonly deployed?: boolean;
  /** The stack before the change. @default the size of the change is not judged */
  readonly before?: ResourceGraph;
  /** @default the policies of the pack */
  readonly policies?: readonly Policy[];
}

/**
 * Judges a graph with the pack by the SDK's own code, as the engine does: repairs first, then resource
 * policies on inputs, then stack policies on outputs, the guard of the waivers last. Each resource
 * meets only the checks of its type, and each stack policy only the resources that it reads.
 */
export function judgeGraph(graph: ResourceGraph, options: JudgeOptions): Promise<Verdict> {
  return new GraphJudge(graph, options).judge();
}

class GraphJudge {
  private readonly findings = new Map<string, PolicyFinding>();
  private readonly waived = new Set<string>();
  private readonly resources: JudgedResources;
  private readonly policies: readonly Policy[];
  private readonly configured: PackConfig;
  /** Resource policies by the type of resource, with the checks of that type only. */
  private readonly byType = new Map<string, Policies>();

  constructor(
    private readonly graph: ResourceGraph,
    private readonly options: JudgeOptions,
  ) {
    this.resources = new JudgedResources(graph);
    this.policies = options.policies ?? allPolicies;
    this.configured = options.configured ?? {};
  }

  async judge(): Promise<Verdict> {
    for (const node of this.graph.resources) {
      await this.judgeResource(node);
    }
    for (const policy of this.policies) {
      if (policy.kind === "stack") {
        this.add(await analyzeStack([this.build(policy)], this.resources.read(policy.reads)));
      }
    }
    this.judgeSteps();
    const guard = waiversValid(this.options.waivers, this.configured[WAIVERS_VALID.name]?.level);
    this.add(await analyzeStack([guard], this.resources.read([])));
    const { project, stack, resources } = this.graph;
    return {
      project,
      stack,
      rules: [
        ...this.policies.map((policy) => this.ruleOf(policy)),
        ...changePolicies.map((policy) => this.stepRule(policy)),
        this.guardRule(),
      ],
      resources: resources.length,
      findings: inReportOrder([...this.findings.values()]),
    };
  }

  /** Before the guard of the waivers, which asks what of them was used. */
  private judgeSteps(): void {
    const { before, waivers } = this.options;
    const { configured } = this;
    if (before !== undefined) {
      for (const { outcome, ...said } of judgeSteps(before, this.graph, { waivers, configured })) {
        this.note(outcome, said);
      }
    }
  }

  private async judgeResource(node: ResourceNode): Promise<void> {
    const policies = this.policiesFor(node.type);
    if (policies.length > 0) {
      const given = this.resources.withInputs(node);
      const resource =
        this.options.deployed === true ? given : await this.repaired(policies, given);
      this.add(await analyzeResource(policies, resource));
    }
  }

  /** The resource after all repairs, each of which becomes a finding. */
  private async repaired(
    policies: Policies,
    resource: AnalyzedResource,
  ): Promise<AnalyzedResource> {
    let { props } = resource;
    for (const repair of await remediateResource(policies, resource)) {
      if (repair.props === undefined) {
        this.note("undecided", { ...repair, level: "advisory", urn: resource.urn });
        continue;
      }
      const paths = changedPaths(props, repair.props);
      if (paths.length > 0) {
        const message = `sets ${paths.join(", ")} at deployment; set it in the program`;
        this.note("repair", { ...repair, level: "advisory", message, urn: resource.urn });
        ({ props } = repair);
      }
    }
    if (props !== resource.props) {
      this.resources.repaired(resource.urn, resource.props, props);
    }
    return { ...resource, props };
  }

  private policiesFor(type: string): Policies {
    const known = this.byType.get(type);
    if (known !== undefined) {
      return known;
    }
    const policies = this.policies.flatMap((policy) => {
      const narrow = policy.kind === "resource" ? narrowed(policy, type) : undefined;
      return narrow === undefined ? [] : [this.build(narrow)];
    });
    this.byType.set(type, policies);
    return policies;
  }

  private build(policy: Policy): Policies[number] {
    const waiverOf: WaiverOf = (name, urn) => {
      const waiver = this.options.waivers.waiverOf(name, urn);
      if (waiver !== false) {
        this.waived.add(`${name} ${urn}`);
      }
      return waiver;
    };
    return buildPolicy(policy, this.graph.stack, waiverOf, this.configured[policy.name]);
  }

  private add(diagnostics: readonly Diagnostic[]): void {
    for (const diagnostic of diagnostics) {
      const urn = diagnostic.urn === "" ? this.resources.root : diagnostic.urn;
      const isWaived = this.waived.has(`${diagnostic.policy} ${urn}`);
      const outcome = diagnostic.undecided ? "undecided" : isWaived ? "waived" : "violation";
      this.note(outcome, { ...diagnostic, urn });
    }
  }

  private note(outcome: PolicyFinding["outcome"], said: Said): void {
    const { policy, level, urn } = said;
    const message = outcome === "undecided" ? reasonOf(said.message) : said.message;
    const node = this.resources.node(urn);
    const known = this.policies.find(({ name }) => name === policy);
    // Checks that wait for the same value say the same.
    this.findings.set([policy, outcome, urn, message].join("\n"), {
      policy,
      outcome,
      level,
      severity: said.severity ?? known?.severity ?? WAIVERS_VALID.severity,
      message,
      urn,
      type: node?.type ?? "",
      name: node?.name ?? "",
      source: this.resources.sourceOf(urn),
    });
  }

  private stepRule(policy: ChangePolicy): Rule {
    const rule = this.ruleOf(policy);
    return this.options.before === undefined && rule.level !== "disabled"
      ? { ...rule, notRun: "needs the stack before the change; pass it with --against" }
      : rule;
  }

  private ruleOf(policy: Policy | ChangePolicy): Rule {
    const { name, description, severity, frameworks, remediationSteps, url } = policy;
    const level = this.configured[name]?.level ?? levelOf(policy, this.graph.stack);
    return { name, description, severity, level, frameworks, remediationSteps, url };
  }

  private guardRule(): Rule {
    const level = this.configured[WAIVERS_VALID.name]?.level ?? "mandatory";
    return { ...WAIVERS_VALID, level, frameworks: [] };
  }
}

/** What a policy said, in the terms of a finding. */
type Said = Pick<PolicyFinding, "policy" | "level" | "message" | "urn"> & {
  readonly severity?: string;
};

/** The policy with what it has for one type; undefined where that is nothing. */
function narrowed(policy: ResourcePolicy, type: string): ResourcePolicy | undefined {
  const { remediation, ...rest } = policy;
  const checks = policy.checks.filter((check) => check.type === type);
  const repairs = remediation !== undefined && [remediation.type].flat().includes(type);
  if (checks.length === 0 && !repairs) {
    return undefined;
  }
  return { ...rest, checks, ...(repairs && { remediation }) };
}

/** The SDK's words for an unknown value, in this tool's words. */
function reasonOf(message: string): string {
  const path = /value at \.(.+) can't be known during preview$/.exec(message)?.[1];
  return path === undefined ? message : `${path} is known after deployment only`;
}
