import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import { Certificate } from "../../../infra/components/certificate";
import { UNKNOWN } from "../../../tools/preview/graph";
import { underMocks } from "../../support/program-under-mocks";

const ARGS = { domainName: "web.example.com", hostedZoneId: "Z0123456789ABCDEFGHIJ" };

const declare = (preview = false) =>
  underMocks(
    () => {
      const { certificateArn } = new Certificate("web", ARGS);
      return { certificateArn };
    },
    { preview },
  );

describe("Certificate", () => {
  it("is a certificate, the record that proves it, and its validation", async () => {
    const { resources } = await declare();

    assert.deepEqual(resources.map(({ type, name }) => `${type} ${name}`).sort(), [
      "aws:acm/certificate:Certificate web",
      "aws:acm/certificateValidation:CertificateValidation web",
      "aws:route53/record:Record web-validation",
      "ecs-on-ec2:index:Certificate web",
    ]);
  });

  it("proves the domain by the record that ACM asks for", async () => {
    const program = await declare();
    const certificate = program.only("aws:acm/certificate:Certificate");
    const record = program.only("aws:route53/record:Record");

    assert.deepEqual(certificate.inputs, {
      domainName: "web.example.com",
      validationMethod: "DNS",
    });
    const { name, records, ...fixed } = record.inputs;
    assert.match(name as string, /^_[0-9a-f]{32}\.web\.example\.com\.$/);
    assert.match(String((records as string[])[0]), /^_[0-9a-f]{32}\.acm-validations\.aws\.$/);
    assert.deepEqual(fixed, {
      zoneId: "Z0123456789ABCDEFGHIJ",
      type: "CNAME",
      ttl: 60,
      allowOverwrite: true,
    });
  });

  it("tells the certificate's ARN once it is issued", async () => {
    const program = await declare();
    const validation = program.only("aws:acm/certificateValidation:CertificateValidation");

    assert.equal(program.outputs["certificateArn"], validation.inputs["certificateArn"]);
    assert.deepEqual(validation.inputs["validationRecordFqdns"], [
      program.only("aws:route53/record:Record").inputs["name"],
    ]);
  });

  it("lets a listener use it only once it is issued", async () => {
    const program = await underMocks(() => {
      const { certificateArn } = new Certificate("web", ARGS);
      new aws.lb.Listener("user", { loadBalancerArn: "arn", defaultActions: [], certificateArn });
      return {};
    });

    assert.ok(
      program
        .only("aws:lb/listener:Listener")
        .dependencies.includes(
          program.only("aws:acm/certificateValidation:CertificateValidation").urn,
        ),
    );
  });

  it("declares the same in a preview, which does not know the proof", async () => {
    const program = await declare(true);

    assert.equal(program.only("aws:route53/record:Record").inputs["name"], UNKNOWN);
    assert.equal(program.resources.length, 4);
  });
});
