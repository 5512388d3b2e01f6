import type { Bag } from "../../preview/graph";
import { UNKNOWN } from "../../preview/graph";
import type { AwsAccount } from "../account";
import { plainBag } from "../protocol-values";
import { renewedOutputs } from "../renewed-outputs";
import { previewOutputs } from "../resource-types";

/** Which resource a preview is about. */
interface PreviewedResource {
  readonly type: string;
  readonly name: string;
}

/**
 * What a preview knows of a resource that is to be created, as the offline preview answers.
 *
 * @param onWire inputs as the program declares them, without what the provider fills in: names that
 *   it makes up are not known before the deployment
 */
export function outputsOfCreation(
  resource: PreviewedResource,
  onWire: Bag,
  account: AwsAccount,
): Bag {
  // What is made of a secret is unknown: it must not show in another property.
  const inputs = plainBag(onWire, () => UNKNOWN);
  return { ...previewOutputs({ ...resource, inputs }, account), ...onWire };
}

/**
 * What a preview knows of a resource that is to be updated in place.
 *
 * @param state properties of the deployed resource, as on the wire
 * @param onWire new inputs
 */
export function outputsOfUpdate(
  resource: PreviewedResource,
  state: Bag,
  onWire: Bag,
  account: AwsAccount,
): Bag {
  const outputs = outputsOfCreation(resource, onWire, account);
  const renewed = renewedOutputs(resource.type, onWire);
  for (const [property, value] of Object.entries(outputs)) {
    const old = state[property];
    if (value === UNKNOWN && old !== undefined && !(property in onWire)) {
      outputs[property] = renewed.includes(property) ? UNKNOWN : old;
    }
  }
  return outputs;
}
