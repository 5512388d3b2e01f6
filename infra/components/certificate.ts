import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { typeToken } from "./type-token";

export interface CertificateArgs {
  readonly domainName: string;
  /** Public hosted zone that proves the ownership of the domain. */
  readonly hostedZoneId: pulumi.Input<string>;
}

/**
 * A certificate of AWS Certificate Manager for one host name, proven by a DNS record, by which AWS
 * also renews it. Costs nothing.
 */
export class Certificate extends pulumi.ComponentResource {
  /** ARN of the certificate, known once it is issued. */
  readonly certificateArn: pulumi.Output<string>;

  constructor(name: string, args: CertificateArgs, opts?: pulumi.ComponentResourceOptions) {
    super(typeToken("Certificate"), name, args, opts);

    const certificate = new aws.acm.Certificate(
      name,
      { domainName: args.domainName, validationMethod: "DNS" },
      { parent: this },
    );
    const proof = certificate.domainValidationOptions.apply(onlyProof);
    const record = new aws.route53.Record(
      `${name}-validation`,
      {
        zoneId: args.hostedZoneId,
        name: proof.resourceRecordName,
        type: proof.resourceRecordType,
        records: [proof.resourceRecordValue],
        ttl: 60,
        // A certificate for the same name and account, such as the next one, is proven by the same record.
        allowOverwrite: true,
      },
      { parent: this },
    );
    const validation = new aws.acm.CertificateValidation(
      name,
      { certificateArn: certificate.arn, validationRecordFqdns: [record.fqdn] },
      { parent: this },
    );

    this.certificateArn = validation.certificateArn;
    this.registerOutputs({ certificateArn: this.certificateArn });
  }
}

/** A certificate of one name asks for one proof. */
function onlyProof<T>([proof]: readonly T[]): T {
  if (proof === undefined) {
    throw new Error("acm asks for no proof of the domain; issue the certificate by DNS validation");
  }
  return proof;
}
