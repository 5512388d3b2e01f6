import type { AwsAccount } from "../simulated-aws/account";
import { invokeFunction } from "../simulated-aws/functions";
import type { DeclaredResource } from "../simulated-aws/resource-type";
import { previewOutputs } from "../simulated-aws/resource-types";
import type { Bag, Json } from "./graph";
import { UNKNOWN } from "./graph";

/** What stands behind the resource monitor and answers for AWS. */
export interface CloudAnswers {
  /** True where the program runs as in a preview, false where as in a deployment. */
  readonly preview: boolean;
  /** Stands for a secret in the inputs of a resource: what is made of one must not show in another property. */
  readonly concealed: Json;
  /** Takes each secret input that the program gives a resource, with its path. */
  noteSecret?(urn: string, path: string, value: Json): void;
  /** The id and the outputs of a resource; the id is empty where it is not known. */
  resource(
    urn: string,
    resource: DeclaredResource,
    account: AwsAccount,
  ): { readonly id: string; readonly outputs: Bag };
  /** What a provider function returns. */
  call(token: string, args: Bag, account: AwsAccount): Bag;
}

/** What is known without AWS; the rest is UNKNOWN. */
export const PREVIEW_ANSWERS: CloudAnswers = {
  preview: true,
  concealed: UNKNOWN,
  resource: (_urn, resource, account) => ({ id: "", outputs: previewOutputs(resource, account) }),
  call: (token, args, account) => invokeFunction(token, args, account, true),
};
