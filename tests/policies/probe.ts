import assert from "node:assert/strict";
import {
  stackPolicy,
  type StackPolicy,
  type StackResource,
  type StackUnderJudgement,
} from "../../policies/policy";
import type { PolicyLimits, PolicyName } from "../../policies/policy-limits";
import { judgeStack, type Subject } from "../support/judgement";

/** What `read` finds in a stack, as a policy would; undefined where an unknown value stopped it. */
export async function found<T>(
  subjects: readonly Subject[],
  read: (
    stack: StackUnderJudgement,
    named: (name: string) => StackResource,
    note: (value: T) => void,
  ) => void,
): Promise<{ readonly value: T | undefined; readonly undecided: boolean }> {
  let value: T | undefined;
  const probe = stackPolicy({
    name: "service-desired-not-pinned",
    description: "",
    severity: "low",
    levels: { dev: "mandatory", prod: "mandatory" },
    frameworks: [],
    remediationSteps: "",
    url: "",
    reads: "all",
    check: (stack) => {
      const named = (name: string) => {
        const resource = stack.resources.find((candidate) => candidate.name === name);
        assert.ok(resource !== undefined, name);
        return resource;
      };
      read(stack, named, (noted) => (value = noted));
    },
  });
  const { violations, undecided } = await judgeStack(probe, subjects);
  assert.deepEqual(violations, []);
  return { value, undecided };
}

/** What a policy finds wrong with a stack under limits of the caller's. */
export async function foundUnder<N extends PolicyName>(
  policy: StackPolicy<N>,
  limits: PolicyLimits[N],
  subjects: readonly Subject[],
): Promise<readonly string[]> {
  const { value } = await found<readonly string[]>(subjects, (stack, _, note) => {
    const faults: string[] = [];
    policy.check(stack, {
      limits,
      environment: "prod",
      violate: ({ got }) => faults.push(got),
    });
    note(faults);
  });
  assert.ok(value !== undefined);
  return value;
}
