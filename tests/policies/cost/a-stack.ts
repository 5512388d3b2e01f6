import type { StackResource, StackUnderJudgement } from "../../../policies/policy";
import { Stack } from "../../../policies/stack-under-judgement";
import type { Subject } from "../../support/judgement";
import { checkingUnknowns } from "../../support/unknowns";

/** A stack as a stack policy sees it: reading an unknown value throws. */
export function aStack(subjects: readonly Subject[]): StackUnderJudgement {
  const made = new Map<string, StackResource>();
  for (const { type, name = "subject", props = {}, refers = {} } of subjects) {
    made.set(name, {
      type,
      name,
      urn: `urn:pulumi:prod::ecs-on-ec2::${type}::${name}`,
      props: checkingUnknowns(props),
      options: { protect: false, ignoreChanges: [] },
      parent: undefined,
      dependencies: [],
      get propertyDependencies() {
        return Object.fromEntries(
          Object.entries(refers).map(([property, names]) => [
            property,
            names.flatMap((each) => made.get(each) ?? []),
          ]),
        );
      },
    });
  }
  return new Stack([...made.values()]);
}
