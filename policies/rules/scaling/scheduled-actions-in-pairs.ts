import { type Finding, stackPolicy } from "../../policy";
import { numberOf, objectOf, textOf } from "../../values";
import { scalersOfGroups, scalersOfServices, SERVICE_SCALING_TYPES, TYPES } from "../../wiring";

export const scheduledActionsInPairs = stackPolicy({
  name: "scheduled-actions-in-pairs",
  description: "A recurring action that moves a bound has another one that moves it back.",
  severity: "high",
  levels: { dev: "mandatory", prod: "mandatory" },
  frameworks: [],
  remediationSteps:
    "Add a second entry to scheduledScaling that sets minTasks and maxTasks back once the peak or the night is over. A bound that is to stay where it is belongs into minTasks and maxTasks themselves.",
  url: "https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-scheduled-scaling.html",
  reads: [...SERVICE_SCALING_TYPES, TYPES.group, TYPES.groupSchedule],
  check: (stack, { limits, violate }) => {
    if (!limits.requirePair) {
      return;
    }
    const actions = scalersOfServices(stack, TYPES.scheduledAction);
    const targets = scalersOfServices(stack, TYPES.target);
    const schedules = scalersOfGroups(stack, TYPES.groupSchedule);
    const judge = (subject: Scheduled) => {
      for (const { urn, ...finding } of unpaired(subject)) {
        violate(finding, urn);
      }
    };

    stack.each(stack.ofType(TYPES.service), (service) => {
      const [target] = targets.of(service);
      if (target !== undefined) {
        judge({
          own: target.props,
          names: ["minCapacity", "maxCapacity"],
          absent: undefined,
          recurring: actions
            .of(service)
            .filter(({ props }) => !isOnce(textOf(props["schedule"])))
            .map(({ urn, props }) => ({ urn, bounds: objectOf(props["scalableTargetAction"]) })),
          complete: actions.complete,
        });
      }
    });
    stack.each(stack.ofType(TYPES.group), (group) => {
      judge({
        own: group.props,
        names: ["minSize", "maxSize"],
        absent: 0,
        recurring: schedules
          .of(group)
          .filter(({ props }) => (textOf(props["recurrence"]) ?? "") !== "")
          .map(({ urn, props }) => ({ urn, bounds: props })),
        complete: schedules.complete,
      });
    });
  },
});

type Bag = Readonly<Record<string, unknown>>;

/** What is scaled, with its own bounds and the recurring actions that move them. */
interface Scheduled {
  readonly own: Bag;
  readonly names: readonly string[];
  /** What a bound becomes that an action leaves out: 0 of a group, unchanged of a service. */
  readonly absent: number | undefined;
  readonly recurring: readonly { readonly urn: string; readonly bounds: Bag }[];
  /** False where an unknown value may hide the other half of a pair. */
  readonly complete: boolean;
}

/** `at(...)` happens once: who plans that plans its end. */
const isOnce = (schedule: string | undefined) => schedule?.startsWith("at(") === true;

/**
 * Bounds that an action moves away from what the program asks for, and that no other action moves the
 * other way. Of several steps up the lowest is the one that lacks its way back.
 */
function unpaired({ own, names, absent, recurring, complete }: Scheduled) {
  if (!complete) {
    return [];
  }
  return names.flatMap((name): (Finding & { urn: string })[] => {
    const usual = numberOf(own[name]);
    const moves = recurring.flatMap(({ urn, bounds }) => {
      const value = numberOf(bounds[name] ?? absent);
      return value === undefined || value === UNCHANGED ? [] : [{ urn, value }];
    });
    return usual === undefined
      ? []
      : moves
          .filter(({ value }) =>
            value > usual
              ? !moves.some((other) => other.value < value)
              : value < usual && !moves.some((other) => other.value > value),
          )
          .map(({ urn, value }) => unpairedMove(urn, name, usual, value));
  });
}

/** Leaves a bound of a group as it is. */
const UNCHANGED = -1;

function unpairedMove(urn: string, name: string, usual: number, value: number) {
  const [moved, back] = value > usual ? ["raises", "lowers"] : ["lowers", "raises"];
  return {
    urn,
    got: `the recurring action ${moved} ${name} from ${String(usual)} to ${String(value)} for good`,
    allowed: `a move that another recurring action takes back`,
    fix: `add an action that ${back} ${name} to ${String(usual)} again`,
  };
}
