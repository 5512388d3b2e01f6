import * as pulumi from "@pulumi/pulumi";
import type { MissingResource } from "./recording-faults";

/** What tells one resource of a program from another, but for its parent. */
interface Named {
  readonly type: string;
  readonly name: string;
}

/**
 * Every resource whose constructor the program runs. One whose input fails is never registered, and
 * nothing else tells of it.
 */
export class DeclaredResources {
  private readonly declared: Named[] = [];

  /** Begins to list; called inside the stack, before the program. */
  watch(): void {
    pulumi.runtime.registerStackTransformation(({ type, name, opts }) => {
      // With a URN it is a reference to a resource that exists already.
      if (opts.urn === undefined) {
        this.declared.push({ type, name });
      }
      return undefined;
    });
  }

  /** What was declared and is not among the registered ones. */
  missingFrom(registered: readonly Named[]): readonly MissingResource[] {
    const left = new Map<string, number>();
    for (const resource of registered) {
      const key = labelOf(resource);
      left.set(key, (left.get(key) ?? 0) + 1);
    }
    return this.declared.flatMap((resource) => {
      const key = labelOf(resource);
      const count = left.get(key) ?? 0;
      left.set(key, count - 1);
      return count > 0 ? [] : [{ label: key }];
    });
  }
}

const labelOf = ({ type, name }: Named): string => `${type} "${name}"`;
