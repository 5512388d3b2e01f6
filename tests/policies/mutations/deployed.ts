import { type Bag, type Json, type ResourceGraph, UNKNOWN } from "../../../tools/preview/graph";
import { mocked, recorded } from "../../support/stacks";

/**
 * The shipped stack as it is once AWS has told every value: the recorded graph, with what Pulumi's mocks
 * answered to a deployment in place of each unknown property. Secrets stay secret.
 */
export async function deployed(stack: string): Promise<ResourceGraph> {
  const graph = await recorded(stack);
  const { resources } = await mocked(stack);
  const known = new Map(resources.map(({ urn, inputs }) => [urn, inputs]));
  return {
    ...graph,
    resources: graph.resources.map((node) => {
      const values = known.get(node.urn) ?? {};
      return {
        ...node,
        inputs: filledBag(node.inputs, values),
        outputs: filledBag(node.outputs, values),
      };
    }),
  };
}

function filled(value: Json, known: Json | undefined): Json {
  if (value === UNKNOWN) {
    return known ?? UNKNOWN;
  }
  if (Array.isArray(value)) {
    return value.map((item, index) =>
      filled(item, Array.isArray(known) ? known[index] : undefined),
    );
  }
  return value !== null && typeof value === "object"
    ? filledBag(
        value,
        known !== null && typeof known === "object" && !Array.isArray(known) ? known : {},
      )
    : value;
}

function filledBag(bag: Bag, known: Bag): Bag {
  return Object.fromEntries(
    Object.entries(bag).map(([key, value]) => [key, filled(value, known[key])]),
  );
}
