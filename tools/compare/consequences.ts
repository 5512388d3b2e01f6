import type { ResourceNode } from "../preview/graph";
import type { PropertyChange } from "./comparison";

/** What an update sets off that its operation does not tell. */
interface Consequence {
  /** Properties whose change sets it off. */
  readonly properties: (after: ResourceNode) => readonly string[];
  /** For a person, after the name of the resource. */
  readonly text: (after: ResourceNode) => string;
}

/**
 * By type. Sources: `instance_refresh` and its `triggers` in the documentation of aws_autoscaling_group in
 * terraform-provider-aws; UpdateService in the API reference of Amazon ECS, which says of these
 * properties that new tasks are started.
 */
const CONSEQUENCES: Readonly<Record<string, Consequence>> = {
  "aws:autoscaling/group:Group": {
    properties: ({ inputs: { instanceRefresh } }) =>
      instanceRefresh === undefined || instanceRefresh === null
        ? []
        : [
            ...["launchConfiguration", "launchTemplate", "mixedInstancesPolicy"],
            ...triggersOf(instanceRefresh),
          ],
    text: ({ inputs: { instanceRefresh } }) =>
      `starts an instance refresh: every instance ${
        skipsMatching(instanceRefresh) ? "that does not match already " : ""
      }is replaced, rolling`,
  },
  "aws:ecs/service:Service": {
    properties: () => [
      "taskDefinition",
      "loadBalancers",
      "networkConfiguration",
      "serviceRegistries",
    ],
    text: () => "starts a deployment: every task is replaced, rolling",
  },
};

/** What an update of a resource sets off, or undefined for nothing that its operation does not tell. */
export function consequenceOf(
  after: ResourceNode,
  changes: readonly PropertyChange[],
): string | undefined {
  const consequence = CONSEQUENCES[after.type];
  const properties = consequence?.properties(after) ?? [];
  const changed = changes.map(({ path }) => path.split(/[.[]/)[0] ?? path);
  return changed.some((property) => properties.includes(property))
    ? consequence?.text(after)
    : undefined;
}

function skipsMatching(instanceRefresh: unknown): boolean {
  const { preferences } = instanceRefresh as { readonly preferences?: { skipMatching?: unknown } };
  return preferences?.skipMatching === true;
}

/** The provider calls a trigger `tag` that the program calls `tags`. */
function triggersOf(instanceRefresh: unknown): readonly string[] {
  const { triggers } = instanceRefresh as { readonly triggers?: unknown };
  return Array.isArray(triggers)
    ? triggers.map((trigger) => (trigger === "tag" ? "tags" : camelCase(String(trigger))))
    : [];
}

/** Triggers are the provider's own words: `max_instance_lifetime`. */
function camelCase(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
