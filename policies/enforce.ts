import type {
  ReportViolation,
  ResourceValidation,
  ResourceValidationPolicy,
  StackValidationPolicy,
} from "@pulumi/policy";
import { effectiveLimits } from "./configured-limits";
import { environmentOf } from "./environment";
import { judgedResource, stackResources } from "./linked-resources";
import { renderFinding, renderWaived } from "./message";
import type { PolicyLimits, PolicyName } from "./policy-limits";
import type {
  Judge,
  Level,
  Policy,
  Remediation,
  ResourcePolicy,
  StackPolicy,
  StackResource,
} from "./policy";
import { Stack } from "./stack-under-judgement";
import { isUnknownValueError } from "./unknown";
import type { WaiverOf } from "./waivers";
import { reportAdvisory } from "./waivers-valid";

/** What a configuration says of one policy; what it leaves out is as the pack has it. */
export interface Configured {
  readonly level?: Level;
  /** In place of the limits that the engine configured. */
  readonly limits?: object;
}

/**
 * A policy as the SDK runs it. A check that throws is reported as a violation of its policy and takes
 * nothing else down; an unknown value stays the SDK's to report, as a check that could not be decided;
 * a waived violation is reported as advisory, with its owner.
 *
 * @param environment decides the level; the limits follow the environment of each resource's URN
 * @param configured a configuration that does not come through the engine
 */
export function toSdkPolicy(
  policy: Policy,
  environment: string,
  waiverOf: WaiverOf,
  configured: Configured = {},
): ResourceValidationPolicy | StackValidationPolicy {
  return policy.kind === "resource"
    ? toResourcePolicy(policy, environment, waiverOf, configured)
    : toStackPolicy(policy, environment, waiverOf, configured);
}

function described(policy: Policy, environment: string, configured: Configured) {
  const { name, description, severity, remediationSteps, url, frameworks } = policy;
  return {
    name,
    description,
    severity,
    remediationSteps,
    url,
    tags: [...frameworks],
    enforcementLevel: configured.level ?? levelOf(policy, environment),
  };
}

/** The level in an environment; an unknown one gets prod's. */
export function levelOf({ levels }: Pick<Policy, "levels">, environment: string): Level {
  return environment === "dev" ? levels.dev : levels.prod;
}

function toResourcePolicy(
  policy: ResourcePolicy,
  environment: string,
  waiverOf: WaiverOf,
  configured: Configured,
): ResourceValidationPolicy {
  const validations = policy.checks.map(({ type, check }): ResourceValidation => {
    const validate: ResourceValidation = (args, report) => {
      if (args.type !== type) {
        return;
      }
      const judge = judgeOf(
        policy,
        args.urn,
        configured.limits ?? args.getConfig(),
        report,
        waiverOf,
      );
      guarded(judge, () => {
        check(judgedResource(args), judge);
      });
    };
    // The SDK skips a lone validation of another type before it reads the resource.
    return Object.assign(validate, { __pulumiType: type });
  });
  const [only, ...others] = validations;
  const { remediation } = policy;
  return {
    ...described(policy, environment, configured),
    validateResource: others.length === 0 && only !== undefined ? only : validations,
    ...(remediation !== undefined && {
      remediateResource: (args) => {
        const isOfType = [remediation.type].flat().includes(args.type);
        if (!isOfType || waiverOf(policy.name, args.urn) !== false) {
          return undefined;
        }
        const limits = effectiveLimits(
          policy.name,
          environmentOf(args.urn),
          configured.limits ?? args.getConfig(),
        );
        return repaired(remediation, args.props, limits);
      },
    }),
  };
}

/** The repaired inputs. A repair that throws is left out: the checks that follow report what is wrong. */
function repaired<N extends PolicyName>(
  { repair }: Remediation<N>,
  props: Record<string, unknown>,
  limits: PolicyLimits[N],
): Record<string, unknown> | undefined {
  try {
    return repair(props, limits) ? props : undefined;
  } catch (error) {
    if (isUnknownValueError(error)) {
      throw error;
    }
    return undefined;
  }
}

function toStackPolicy(
  policy: StackPolicy,
  environment: string,
  waiverOf: WaiverOf,
  configured: Configured,
): StackValidationPolicy {
  return {
    ...described(policy, environment, configured),
    validateStack: (args, report) => {
      const resources = stackResources(args.resources);
      const [first] = resources;
      if (first === undefined) {
        return;
      }
      const stack = new Stack(resources);
      const judge = judgeOf(
        policy,
        rootOf(resources),
        configured.limits ?? args.getConfig(),
        report,
        waiverOf,
      );
      guarded(judge, () => {
        policy.check(stack, judge);
      });
      stack.conclude();
    },
  };
}

/** URN of the stack itself, which findings without a resource of their own belong to. */
function rootOf(resources: readonly StackResource[]): string {
  return (resources.find(({ type }) => type === "pulumi:pulumi:Stack") ?? resources[0])?.urn ?? "";
}

function judgeOf(
  policy: Policy,
  subject: string,
  configured: object,
  report: ReportViolation,
  waiverOf: WaiverOf,
): Judge & { fail(reason: string): void } {
  const environment = environmentOf(subject);
  return {
    limits: effectiveLimits(policy.name, environment, configured),
    environment,
    violate: (finding, urn = subject) => {
      const text = renderFinding(finding, policy.name, environment);
      const waiver = waiverOf(policy.name, urn);
      if (waiver === false) {
        report(text, urn);
      } else {
        const message = renderWaived(waiver, text);
        reportAdvisory(report, { message, urn, severity: policy.severity });
      }
    },
    fail: (reason) => {
      report(`the policy itself failed and decided nothing: ${reason}; report it`, subject);
    },
  };
}

function guarded(judge: { fail(reason: string): void }, check: () => void): void {
  try {
    check();
  } catch (error) {
    if (isUnknownValueError(error)) {
      throw error;
    }
    judge.fail(error instanceof Error ? error.message : String(error));
  }
}
