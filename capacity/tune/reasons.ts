import { excess, measureText, type Objective, type Outcome } from "./objective";
import { type Knob, neighbours, type Setting, type Settings } from "./settings";

/** Why a knob has its value: what the values beside it would do. */
export interface Reason {
  readonly knob: string;
  readonly from: Setting;
  readonly to: Setting;
  readonly beside: readonly Beside[];
}

/** A value one step away. */
interface Beside {
  readonly value: Setting;
  readonly effect: "notAllowed" | "misses" | "dearer" | "cheaper" | "same" | "notTried";
  /** In words, for a person: `9 missed minutes`, `costs 3.1 % more`. */
  readonly text: string;
}

interface Question {
  readonly present: Settings;
  readonly knobs: readonly Knob[];
  readonly objective: Objective;
  readonly faultsOf: (settings: Settings) => readonly string[];
}

interface Answer {
  readonly settings: Settings;
  readonly outcome: Outcome;
}

/** What each knob's neighbouring values would do to the best settings, from what was run. */
export function reasonsFor(
  best: Answer,
  question: Question,
  find: (settings: Settings) => Answer | undefined,
): readonly Reason[] {
  return question.knobs.map((knob) => {
    const to = best.settings[knob.name] ?? "";
    return {
      knob: knob.name,
      from: question.present[knob.name] ?? "",
      to,
      beside: neighbours(knob, best.settings).map((value) => {
        const settings = { ...best.settings, [knob.name]: value };
        return { value, ...effectOf(best, settings, question, find) };
      }),
    };
  });
}

/** A change in cost below this share is called none. */
const NO_DIFFERENCE = 0.0005;

function effectOf(
  best: Answer,
  settings: Settings,
  { objective, faultsOf }: Question,
  find: (settings: Settings) => Answer | undefined,
): Omit<Beside, "value"> {
  const [fault] = faultsOf(settings);
  if (fault !== undefined) return { effect: "notAllowed", text: `not allowed: ${fault}` };
  const outcome = find(settings)?.outcome;
  if (outcome === undefined) return { effect: "notTried", text: "not tried" };
  const farther = excess(objective, outcome) - excess(objective, best.outcome);
  if (farther > 0) return { effect: "misses", text: measureText(objective, outcome) };
  const change = best.outcome.usd === 0 ? 0 : outcome.usd / best.outcome.usd - 1;
  if (Math.abs(change) < NO_DIFFERENCE) return { effect: "same", text: "makes no difference" };
  const percent = `${Math.abs(change * 100).toFixed(1)} %`;
  return change > 0
    ? { effect: "dearer", text: `costs ${percent} more` }
    : { effect: "cheaper", text: `costs ${percent} less, within what runs differ by` };
}
