import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { requireZoneOf } from "../lib/hosted-zone";

/** A host name and the hosted zone that its records are in. */
export interface DomainName {
  readonly domainName: string;
  readonly hostedZoneId: string;
}

/**
 * The id of the domain's hosted zone, looked up so that a zone that does not exist, is private or
 * holds another domain stops a preview, before anything is created.
 */
export function lookUpHostedZone(
  { domainName, hostedZoneId }: DomainName,
  opts?: pulumi.InvokeOutputOptions,
): pulumi.Output<string> {
  return aws.route53
    .getZoneOutput({ zoneId: hostedZoneId }, opts)
    .apply((zone) => requireZoneOf(domainName, zone));
}

export interface AliasRecordArgs extends DomainName {
  /** DNS name and hosted zone of the load balancer that the domain points to. */
  readonly target: {
    readonly dnsName: pulumi.Input<string>;
    readonly zoneId: pulumi.Input<string>;
  };
}

/** The record by which the domain reaches the load balancer; queries of an alias cost nothing. */
export function declareAliasRecord(
  name: string,
  args: AliasRecordArgs,
  opts?: pulumi.CustomResourceOptions,
): aws.route53.Record {
  return new aws.route53.Record(
    name,
    {
      zoneId: lookUpHostedZone(args),
      name: args.domainName,
      type: "A",
      aliases: [
        {
          name: args.target.dnsName,
          zoneId: args.target.zoneId,
          evaluateTargetHealth: true,
        },
      ],
    },
    opts,
  );
}
