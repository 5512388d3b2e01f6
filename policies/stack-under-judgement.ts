import type { StackResource, StackUnderJudgement } from "./policy";
import { isUnknownValueError } from "./unknown";

/** A stack's resources with the ways between them; remembers what could not be decided. */
export class Stack implements StackUnderJudgement {
  private readonly byType = new Map<string, StackResource[]>();
  private firstUnknown: Error | undefined;
  private referrers: ReadonlyMap<string, readonly Reference[]> | undefined;

  constructor(readonly resources: readonly StackResource[]) {
    for (const resource of resources) {
      const known = this.byType.get(resource.type);
      if (known === undefined) {
        this.byType.set(resource.type, [resource]);
      } else {
        known.push(resource);
      }
    }
  }

  ofType(type: string): readonly StackResource[] {
    return this.byType.get(type) ?? [];
  }

  referred(resource: StackResource, property: string, type: string): readonly StackResource[] {
    return (resource.propertyDependencies[property] ?? []).filter((found) => found.type === type);
  }

  referring(resource: StackResource, property: string, type: string): readonly StackResource[] {
    this.referrers ??= referrersOf(this.resources);
    return (this.referrers.get(resource.urn) ?? [])
      .filter((found) => found.property === property && found.resource.type === type)
      .map((found) => found.resource);
  }

  each(resources: readonly StackResource[], check: (resource: StackResource) => void): void {
    for (const resource of resources) {
      try {
        check(resource);
      } catch (error) {
        if (!isUnknownValueError(error)) {
          throw error;
        }
        this.firstUnknown ??= error;
      }
    }
  }

  /** Throws what the SDK reports as an undecided policy, where `each` met an unknown value. */
  conclude(): void {
    if (this.firstUnknown !== undefined) {
      throw this.firstUnknown;
    }
  }
}

/** A resource and the property through which it refers to another. */
interface Reference {
  readonly resource: StackResource;
  readonly property: string;
}

function referrersOf(
  resources: readonly StackResource[],
): ReadonlyMap<string, readonly Reference[]> {
  const referrers = new Map<string, Reference[]>();
  for (const resource of resources) {
    for (const [property, referred] of Object.entries(resource.propertyDependencies)) {
      for (const { urn } of referred) {
        const known = referrers.get(urn);
        if (known === undefined) {
          referrers.set(urn, [{ resource, property }]);
        } else {
          known.push({ resource, property });
        }
      }
    }
  }
  return referrers;
}
