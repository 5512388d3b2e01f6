import type { PolicyResource } from "@pulumi/policy";
import type { JudgedResource, StackResource } from "./policy";

/** A resource of the SDK as a resource policy sees it. */
export function judgedResource({
  type,
  urn,
  name,
  props,
  opts,
}: Pick<PolicyResource, "type" | "urn" | "name" | "props" | "opts">): JudgedResource {
  return { type, urn, name, props: props as Record<string, unknown>, options: opts };
}

/** The SDK's resources with their ways to each other, each made once and only where a check goes. */
export function stackResources(resources: readonly PolicyResource[]): readonly StackResource[] {
  const made = new Map<PolicyResource, StackResource>();
  const make = (resource: PolicyResource): StackResource => {
    const known = made.get(resource);
    if (known !== undefined) {
      return known;
    }
    const result = new LinkedResource(resource, make);
    made.set(resource, result);
    return result;
  };
  return resources.map(make);
}

class LinkedResource implements StackResource {
  readonly type: string;
  readonly urn: string;
  readonly name: string;
  readonly props: Readonly<Record<string, unknown>>;
  readonly options: StackResource["options"];
  private referred: StackResource["propertyDependencies"] | undefined;

  constructor(
    private readonly resource: PolicyResource,
    private readonly make: (resource: PolicyResource) => StackResource,
  ) {
    ({
      type: this.type,
      urn: this.urn,
      name: this.name,
      props: this.props,
      options: this.options,
    } = judgedResource(resource));
  }

  get parent(): StackResource | undefined {
    return this.resource.parent === undefined ? undefined : this.make(this.resource.parent);
  }

  get dependencies(): readonly StackResource[] {
    return this.resource.dependencies.map(this.make);
  }

  get propertyDependencies(): StackResource["propertyDependencies"] {
    this.referred ??= Object.fromEntries(
      Object.entries(this.resource.propertyDependencies).map(([property, resources]) => [
        property,
        resources.map(this.make),
      ]),
    );
    return this.referred;
  }
}
