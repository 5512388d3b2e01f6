import type { Finding, Judge, ResourceCheck } from "./policy";
import type { PolicyName } from "./policy-limits";
import { objectOf, textOf } from "./values";

/** A container of a task. */
export interface Container {
  /** Undefined where the definition has none, or none that is a text. */
  readonly name: string | undefined;
  /** What messages call it, for example `container "app"`. */
  readonly label: string;
  /** Its ECS container definition; read it with `fieldOf`. */
  readonly definition: unknown;
}

/** The containers of a task definition, or why there are none to judge. */
export type ContainersRead =
  { readonly containers: readonly Container[] } | { readonly fault: Finding };

/** A fact of the containers of one task. */
export type ContainersFact<N extends PolicyName> = (
  containers: readonly Container[],
  judge: Judge<N>,
) => void;

/** The task definition itself; before a first deployment its containers are one unknown text. */
export const TASK_DEFINITION = "aws:ecs/taskDefinition:TaskDefinition";
/** The component that declares the task definition; its plan knows the container before deployment. */
export const ECS_SERVICE_COMPONENT = "ecs-on-ec2:index:EcsService";

/**
 * Checks of what only the deployed definition holds (image, log configuration). Where the definitions
 * cannot be read that is a violation: nothing passes unread.
 */
export function taskDefinitionChecks<N extends PolicyName>(
  ...facts: readonly ContainersFact<N>[]
): readonly ResourceCheck<N>[] {
  return [
    {
      type: TASK_DEFINITION,
      check: ({ props }, judge) => {
        const read = readContainers(props["containerDefinitions"]);
        if ("fault" in read) {
          judge.violate(read.fault);
          return;
        }
        for (const fact of facts) {
          fact(read.containers, judge);
        }
      },
    },
  ];
}

/** Checks of the deployed definition and, so that they are decided before it exists, of the component's plan. */
export function containerChecks<N extends PolicyName>(
  ...facts: readonly ContainersFact<N>[]
): readonly ResourceCheck<N>[] {
  return [
    ...taskDefinitionChecks(...facts),
    ...facts.map((fact): ResourceCheck<N> => ({
      type: ECS_SERVICE_COMPONENT,
      check: ({ props }, judge) => {
        fact([containerOf(objectOf(props["plan"])["container"])], judge);
      },
    })),
  ];
}

/** The fact of a task that each of its containers has. */
export function ofEach<N extends PolicyName>(
  fact: (container: Container, judge: Judge<N>) => void,
): ContainersFact<N> {
  return (containers, judge) => {
    for (const container of containers) {
      fact(container, judge);
    }
  };
}

/** Reads the containers of a task definition from the JSON text that the provider takes. */
export function readContainers(containerDefinitions: unknown): ContainersRead {
  if (containerDefinitions === undefined || containerDefinitions === null) {
    return broken("is not set");
  }
  if (typeof containerDefinitions !== "string") {
    return broken("is not a text");
  }
  let definitions: unknown;
  try {
    definitions = JSON.parse(containerDefinitions);
  } catch {
    return broken("is not JSON");
  }
  if (!Array.isArray(definitions)) {
    return broken("is not a list");
  }
  if (definitions.length === 0) {
    return broken("is an empty list");
  }
  const stranger = definitions.findIndex((definition) => !isObject(definition));
  return stranger === -1
    ? { containers: definitions.map(containerOf) }
    : broken(`has no container at index ${String(stranger)}`);
}

function broken(what: string): ContainersRead {
  return {
    fault: {
      got: `containerDefinitions ${what}`,
      allowed: "a JSON list of one or more container definitions",
      fix: "build it with pulumi.jsonStringify, with secrets only by reference",
    },
  };
}

function containerOf(definition: unknown): Container {
  const name = textOf(fieldOf(definition, "name"));
  return {
    name,
    label: name === undefined ? "a container without a name" : `container "${name}"`,
    definition,
  };
}

/**
 * A field of a container definition; undefined where it is absent or null, or a step of the path is no
 * object. The provider reads field names without regard to case and takes the last of equals, so that
 * `Privileged` means `privileged`; keys of maps (log options, labels) are not fields.
 */
export function fieldOf(object: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((value, field) => {
    if (!isObject(value)) {
      return undefined;
    }
    const wanted = field.toLowerCase();
    const key = Object.keys(value)
      .reverse()
      .find((candidate) => candidate.toLowerCase() === wanted);
    return key === undefined ? undefined : (value[key] ?? undefined);
  }, object);
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  value !== null && typeof value === "object" && !Array.isArray(value);
