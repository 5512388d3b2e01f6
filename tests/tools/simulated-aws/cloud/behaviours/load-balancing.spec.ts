import assert from "node:assert/strict";
import { PartialFailure } from "../../../../../tools/simulated-aws/cloud/cloud";
import { inventory } from "../../../../../tools/simulated-aws/cloud/inventory";
import { makeLoadBalancer, makeNetwork } from "../network-of";
import { inAccount, refusalOf } from "../temporary-account";

const BALANCER = "aws:lb/loadBalancer:LoadBalancer";
const LISTENER = "aws:lb/listener:Listener";

describe("the behaviour of a load balancer", () => {
  it(
    "stands in the VPC of its subnets, and in two zones at least",
    inAccount(async (account) => {
      const { vpc, subnets } = await makeNetwork(account);
      const third = await account.make(
        "aws:ec2/subnet:Subnet",
        { vpcId: vpc.id, cidrBlock: "10.0.9.0/24", availabilityZone: "eu-central-1a" },
        "third",
      );
      const [one, two] = subnets.map(({ id }) => id) as [string, string];
      const make = (ids: string[], type = "application") =>
        account.make(BALANCER, { subnets: ids, loadBalancerType: type }, ids.join("").slice(-9));

      assert.equal((await make([one, two])).outputs["vpcId"], vpc.id);
      assert.equal(
        await refusalOf(make([one])),
        "ValidationError: At least two subnets in two different Availability Zones must be specified",
      );
      assert.equal(
        await refusalOf(make([one, two, third.id])),
        "InvalidConfigurationRequest: A load balancer cannot be attached to multiple subnets in the same Availability Zone",
      );
      await make([one], "network");
    }),
  );

  it(
    "writes into the bucket of its access logs, so that it is not empty any more",
    inAccount(async (account) => {
      const { subnets } = await makeNetwork(account);
      const bucket = await account.make("aws:s3/bucket:Bucket", { bucket: "logs" });
      const inputs = {
        subnets: subnets.map(({ id }) => id),
        accessLogs: { bucket: "logs", enabled: true, prefix: "web" },
      };
      await assert.rejects(account.make(BALANCER, inputs, "early"), (error) => {
        assert.ok(error instanceof PartialFailure);
        assert.equal(
          error.message,
          "InvalidConfigurationRequest: Access Denied for bucket: logs. Please check S3bucket permission",
        );
        return true;
      });

      await account.make("aws:s3/bucketPolicy:BucketPolicy", { bucket: "logs", policy: "{}" });
      await account.make(BALANCER, inputs);
      assert.deepEqual(
        inventory(account.folder)
          .filter(({ managed }) => !managed)
          .map(({ id }) => id),
        ["logs/web/AWSLogs/123456789012/ELBAccessLogTestFile"],
      );
      assert.equal(
        await refusalOf(account.delete(bucket)),
        "BucketNotEmpty: The bucket you tried to delete is not empty",
      );
      await account.change(bucket, { forceDestroy: true });
      await account.delete(bucket);
    }),
  );
});

describe("the behaviour of a certificate", () => {
  it(
    "is issued once its records stand in the DNS, and then a listener takes it",
    inAccount(async (account) => {
      const { balancer } = await makeLoadBalancer(account, await makeNetwork(account));
      const certificate = await account.make("aws:acm/certificate:Certificate", {
        domainName: "web.example.com",
      });
      const [option] = certificate.outputs["domainValidationOptions"] as {
        resourceRecordName: string;
      }[];
      const validate = () =>
        account.make("aws:acm/certificateValidation:CertificateValidation", {
          certificateArn: certificate.id,
        });
      const listen = (certificateArn: string) =>
        account.make(
          LISTENER,
          {
            loadBalancerArn: balancer.id,
            port: 443,
            protocol: "HTTPS",
            defaultActions: [{ type: "fixed-response" }],
            ...(certificateArn === "" ? {} : { certificateArn }),
          },
          "https",
        );

      assert.equal(
        await refusalOf(listen("")),
        "CertificateNotFound: A certificate must be specified for HTTPS listeners",
      );
      assert.equal(
        await refusalOf(listen(certificate.id)),
        `UnsupportedCertificate: The certificate '${certificate.id}' must have a fully-qualified domain name, a supported signature, and a supported key size.`,
      );
      assert.equal(
        await refusalOf(validate()),
        `waiting for ACM Certificate (${certificate.id}) to be issued: timeout while waiting for state to become 'ISSUED' (last state: 'PENDING_VALIDATION', timeout: 1h15m0s)`,
      );
      await account.make("aws:route53/record:Record", {
        zoneId: "Z1",
        name: (option?.resourceRecordName ?? "").replace(/\.$/, ""),
        type: "CNAME",
        records: ["x"],
      });
      await validate();
      assert.equal((await account.cloud.read(certificate))?.outputs["status"], "ISSUED");
      await listen(certificate.id);
    }),
  );

  it(
    "is taken from the settings of a program where the account did not make it",
    inAccount(async (account) => {
      const { balancer } = await makeLoadBalancer(account, await makeNetwork(account));
      const listen = (certificateArn: string) =>
        account.make(
          LISTENER,
          {
            loadBalancerArn: balancer.id,
            port: 443,
            protocol: "HTTPS",
            certificateArn,
            defaultActions: [{ type: "fixed-response" }],
          },
          "https",
        );
      const gone = await account.make("aws:acm/certificate:Certificate", {
        domainName: "a.example",
      });
      await account.delete(gone);
      assert.equal(
        await refusalOf(listen(gone.id)),
        `CertificateNotFound: Certificate '${gone.id}' not found`,
      );
      await listen("arn:aws:acm:eu-central-1:123456789012:certificate/from-settings");
    }),
  );
});
