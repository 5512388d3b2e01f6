import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { AwsLocation } from "../lib/aws-location";

/** Where a stack lives, part by part, so that what needs one of them does not wait for the others. */
export type LocationInput = { readonly [Part in keyof AwsLocation]: pulumi.Input<string> };

/** Where the provider and its credentials point at. */
export function currentLocation(opts?: pulumi.InvokeOutputOptions): LocationInput {
  return {
    partition: aws.getPartitionOutput({}, opts).partition,
    region: aws.getRegionOutput({}, opts).region,
    accountId: aws.getCallerIdentityOutput({}, opts).accountId,
  };
}
