import { toSdkPolicy } from "../../policies/enforce";
import type { Policy } from "../../policies/policy";
import type { Bag } from "../../tools/preview/graph";
import {
  type AnalyzedResource,
  analyzeResource,
  analyzeStack,
  type Diagnostic,
} from "../../tools/policy/analyzer";

/** A resource of a made-up stack; everything but its type has a default. */
export interface Subject {
  readonly type: string;
  /** @default "subject" */
  readonly name?: string;
  /** @default {} */
  readonly props?: Bag;
  /** Name of the parent among the subjects. @default the stack */
  readonly parent?: string;
  readonly protect?: boolean;
  readonly ignoreChanges?: readonly string[];
  /** Property to names of the subjects that it refers to. @default none */
  readonly refers?: Readonly<Record<string, readonly string[]>>;
}

/** What a policy said of a subject. */
export interface Judgement {
  /** Texts of the violations, in their order. */
  readonly violations: readonly string[];
  /** Names of the resources at fault, in the same order. */
  readonly subjects: readonly string[];
  readonly levels: readonly Diagnostic["level"][];
  /** True where the policy met a value that it needs and does not know. */
  readonly undecided: boolean;
}

const never = () => false as const;

/** Judges one resource with a resource policy, by the SDK's own code. */
export async function judgeResource(
  policy: Policy,
  subject: Subject,
  stack = "prod",
): Promise<Judgement> {
  return judgement(
    await analyzeResource([toSdkPolicy(policy, stack, never)], analyzed(subject, [], stack)),
  );
}

/** Judges a stack of resources with a stack policy, by the SDK's own code. */
export async function judgeStack(
  policy: Policy,
  subjects: readonly Subject[],
  stack = "prod",
): Promise<Judgement> {
  const root = { type: STACK, name: `ecs-on-ec2-${stack}` };
  return judgement(
    await analyzeStack(
      [toSdkPolicy(policy, stack, never)],
      [root, ...subjects].map((subject) => analyzed(subject, subjects, stack)),
    ),
  );
}

const STACK = "pulumi:pulumi:Stack";

function urnOf({ type, name }: Subject, stack: string): string {
  return `urn:pulumi:${stack}::ecs-on-ec2::${type}::${name ?? "subject"}`;
}

function analyzed(subject: Subject, all: readonly Subject[], stack: string): AnalyzedResource {
  const urnOfName = (name: string): string => {
    const found = all.find((candidate) => (candidate.name ?? "subject") === name);
    if (found === undefined) {
      throw new Error(`no subject is called ${name}`);
    }
    return urnOf(found, stack);
  };
  const propertyDependencies = Object.fromEntries(
    Object.entries(subject.refers ?? {}).map(([property, names]) => [
      property,
      names.map(urnOfName),
    ]),
  );
  return {
    type: subject.type,
    urn: urnOf(subject, stack),
    name: subject.name ?? "subject",
    props: subject.props ?? {},
    parent: subject.parent === undefined ? undefined : urnOfName(subject.parent),
    protect: subject.protect ?? false,
    ignoreChanges: subject.ignoreChanges ?? [],
    dependencies: Object.values(propertyDependencies).flat(),
    propertyDependencies,
  };
}

function judgement(diagnostics: readonly Diagnostic[]): Judgement {
  const violations = diagnostics.filter(({ undecided }) => !undecided);
  return {
    violations: violations.map(({ message }) => message),
    subjects: violations.map(({ urn }) => urn.split("::").at(-1) ?? ""),
    levels: violations.map(({ level }) => level),
    undecided: diagnostics.some(({ undecided }) => undecided),
  };
}
