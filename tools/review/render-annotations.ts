import { legible } from "./legible";
import { mapTexts } from "./map-texts";
import { maskReviews } from "./mask";
import { type Remark, remarksOf } from "./remarks";
import { type ReviewPlace, shownAt } from "./review-place";
import type { StackReview } from "./stack-review";
import { workflowCommand } from "./workflow-commands";

/** Annotations of one level that GitHub shows of a step; it drops the others without a word. */
const MOST_OF_A_LEVEL = 10;

/** One annotation; what several stacks have at the same line is said once. */
interface Annotation {
  readonly level: Remark["level"];
  readonly file: string | undefined;
  readonly line: number | undefined;
  readonly title: string;
  readonly stacks: readonly string[];
  readonly message: string;
}

const COMMANDS = { error: "error", warning: "warning", note: "notice" } as const;

/**
 * The remarks on all stacks as GitHub Actions' commands that show them at their lines: at most ten of a
 * level, of which the last then counts those that are left out. An empty text where there is nothing to say.
 */
export function renderAnnotations(
  unmasked: readonly StackReview[],
  place: ReviewPlace = {},
): string {
  const { prefix = "" } = place;
  const reviews = mapTexts(maskReviews(unmasked), legible);
  const annotations = [...reviews.flatMap(ofFailure), ...merged(remarksOf(reviews), place)];
  return (["error", "warning", "note"] as const)
    .flatMap((wanted) => {
      const all = annotations.filter(({ level }) => level === wanted);
      if (all.length <= MOST_OF_A_LEVEL) return all.map((each) => render(each, prefix));
      const shown = all.slice(0, MOST_OF_A_LEVEL - 1);
      const rest = `and ${String(all.length - shown.length)} more; the summary of the step and review.sarif have all`;
      return [
        ...shown.map((each) => render(each, prefix)),
        workflowCommand(COMMANDS[wanted], { title: "more" }, rest),
      ];
    })
    .join("");
}

function ofFailure(review: StackReview): Annotation[] {
  if (!("failure" in review)) return [];
  const { stack, failure, isRemoved } = review;
  const message = failure.trim().replace(/^error: /gm, "");
  // What is wrong in a file of the stack begins with its place.
  const [, file, line] = /^([\w./-]+\.ya?ml)(?::(\d+))?: /.exec(message) ?? [];
  return [
    {
      ...(isRemoved === true
        ? { level: "warning", title: "removed stack" }
        : { level: "error", title: "not compared" }),
      ...{ stacks: [stack], message, file, line: line === undefined ? undefined : Number(line) },
    },
  ];
}

function merged(remarks: readonly Remark[], place: ReviewPlace): Annotation[] {
  const byText = new Map<string, Annotation>();
  for (const remark of remarks) {
    const { rule, level, stack, message } = remark;
    const { file, line } = shownAt(remark, place);
    const key = [level, file, line, rule, message].join("\n");
    const stacks = byText.get(key)?.stacks ?? [];
    byText.set(key, {
      ...{ level, file, line, message, title: rule },
      stacks: stacks.includes(stack) ? stacks : [...stacks, stack],
    });
  }
  return [...byText.values()];
}

function render({ level, file, line, title, stacks, message }: Annotation, prefix: string): string {
  return workflowCommand(
    COMMANDS[level],
    {
      ...(file !== undefined && { file: `${prefix}${file}` }),
      ...(line !== undefined && { line }),
      title: `${stacks.join(", ")}: ${title}`,
    },
    message,
  );
}
