import { isDeepStrictEqual } from "node:util";
import { AwsError, PartialFailure } from "../cloud";
import { textsAt, valueAt } from "../property-path";
import { propertiesOf, textOf } from "../rules/rule";
import type { StoredResource } from "../stored-resource";
import type { BehaviourContext, Behaviours } from "./behaviour";
import { withComputed } from "./behaviour";

const BUCKET = "aws:s3/bucket:Bucket";
const BUCKET_POLICY = "aws:s3/bucketPolicy:BucketPolicy";
const CERTIFICATE = "aws:acm/certificate:Certificate";
const RECORD = "aws:route53/record:Record";

/**
 * Load balancers, listeners and certificates. Sources of the wording: errors of the Elastic Load
 * Balancing API reference; the wait for a certificate as internal/service/acm of
 * hashicorp/terraform-provider-aws reports it.
 */
export const LOAD_BALANCING_BEHAVIOURS: Behaviours = {
  "aws:lb/loadBalancer:LoadBalancer": {
    refuse: (balancer, { folder }) => {
      const zones = subnetsOf(balancer, folder).map((subnet) => textOf(subnet, "availabilityZone"));
      if (balancer.inputs["loadBalancerType"] !== "network" && new Set(zones).size < 2) {
        throw new AwsError(
          "ValidationError",
          "At least two subnets in two different Availability Zones must be specified",
        );
      }
      if (new Set(zones).size < zones.length) {
        throw new AwsError(
          "InvalidConfigurationRequest",
          "A load balancer cannot be attached to multiple subnets in the same Availability Zone",
        );
      }
    },
    complete: (balancer, { folder }) => {
      const [subnet] = subnetsOf(balancer, folder);
      return subnet === undefined
        ? balancer
        : withComputed(balancer, { vpcId: textOf(subnet, "vpcId") });
    },
    follow: (balancer, context, before) => {
      if (!isDeepStrictEqual(balancer.inputs["accessLogs"], before?.inputs["accessLogs"])) {
        writeAccessLog(balancer, context);
      }
    },
  },
  "aws:lb/listener:Listener": {
    refuse: (listener, { folder }) => {
      const arn = textOf(listener, "certificateArn");
      const certificate = folder.ofType(CERTIFICATE).find((each) => textOf(each, "arn") === arn);
      if (certificate !== undefined && textOf(certificate, "status") !== "ISSUED") {
        throw new AwsError(
          "UnsupportedCertificate",
          `The certificate '${arn}' must have a fully-qualified domain name, a supported signature, and a supported key size.`,
        );
      }
      if (arn === "" && ["HTTPS", "TLS"].includes(textOf(listener, "protocol"))) {
        throw new AwsError(
          "CertificateNotFound",
          `A certificate must be specified for ${textOf(listener, "protocol")} listeners`,
        );
      }
    },
  },
  "aws:acm/certificateValidation:CertificateValidation": {
    refuse: (validation, { folder }) => {
      const certificate = certificateOf(validation, folder);
      const known = folder.ofType(RECORD).map((record) => domain(textOf(record, "name")));
      const needed = textsAt(
        certificate?.computed ?? {},
        "domainValidationOptions[*].resourceRecordName",
      );
      if (!needed.every((name) => known.includes(domain(name)))) {
        throw new AwsError(
          "",
          `waiting for ACM Certificate (${textOf(validation, "certificateArn")}) to be issued: timeout while waiting for state to become 'ISSUED' (last state: 'PENDING_VALIDATION', timeout: 1h15m0s)`,
        );
      }
    },
    follow: (validation, { folder }) => {
      const certificate = certificateOf(validation, folder);
      if (certificate !== undefined) {
        folder.write(withComputed(certificate, { status: "ISSUED" }));
      }
    },
  },
};

/** Elastic Load Balancing writes a test file as soon as access logs are on, so the bucket is not empty. */
function writeAccessLog(balancer: StoredResource, { folder, account }: BehaviourContext): void {
  const bucket = valueAt(balancer.inputs, "accessLogs.bucket");
  if (valueAt(balancer.inputs, "accessLogs.enabled") !== true || typeof bucket !== "string") {
    return;
  }
  const holds = (type: string) =>
    folder.ofType(type).some((each) => textOf(each, "bucket") === bucket);
  if (!holds(BUCKET) || !holds(BUCKET_POLICY)) {
    throw new PartialFailure(
      "InvalidConfigurationRequest",
      `Access Denied for bucket: ${bucket}. Please check S3bucket permission`,
      { id: balancer.id, outputs: propertiesOf(balancer) },
    );
  }
  const prefix = valueAt(balancer.inputs, "accessLogs.prefix");
  const key = `${typeof prefix === "string" ? `${prefix}/` : ""}AWSLogs/${account.accountId}/ELBAccessLogTestFile`;
  folder.write({
    type: "aws:s3/bucketObject:BucketObject",
    name: balancer.name,
    id: `${bucket}/${key}`,
    incarnation: 0,
    inputs: { bucket, key },
    computed: {},
    unmanaged: true,
  });
}

function subnetsOf(balancer: StoredResource, folder: BehaviourContext["folder"]): StoredResource[] {
  return ["subnets[*]", "subnetMappings[*].subnetId"]
    .flatMap((path) => textsAt(balancer.inputs, path))
    .flatMap((id) => {
      const subnet = folder.find("aws:ec2/subnet:Subnet", id);
      return subnet === undefined ? [] : [subnet];
    });
}

function certificateOf(
  validation: StoredResource,
  folder: BehaviourContext["folder"],
): StoredResource | undefined {
  const arn = textOf(validation, "certificateArn");
  return folder.ofType(CERTIFICATE).find((each) => textOf(each, "arn") === arn);
}

/** A domain without the dot of the root. */
const domain = (name: string): string => name.replace(/\.$/, "");
