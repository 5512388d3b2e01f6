import assert from "node:assert/strict";
import { makeLoadBalancer, makeNetwork } from "../network-of";
import { inAccount, refusalOf } from "../temporary-account";

const WEB_ACL = "aws:wafv2/webAcl:WebAcl";
const ASSOCIATION = "aws:wafv2/webAclAssociation:WebAclAssociation";
const ACL = { scope: "REGIONAL", defaultAction: { allow: {} }, visibilityConfig: {} };

describe("the rules of the edge", () => {
  it(
    "give a record once",
    inAccount(async (account) => {
      const record = {
        zoneId: "Z1",
        name: "web.example.com",
        type: "A",
        records: ["203.0.113.1"],
        ttl: 60,
      };
      await account.make("aws:route53/record:Record", record, "one");
      assert.equal(
        await refusalOf(account.make("aws:route53/record:Record", record, "two")),
        "InvalidChangeBatch: [Tried to create resource record set [name='web.example.com.', type='A'] but it already exists]",
      );
      await account.make("aws:route53/record:Record", { ...record, type: "AAAA" }, "two");
    }),
  );

  it(
    "keep a web ACL that protects something, and give its name once",
    inAccount(async (account) => {
      const { balancer } = await makeLoadBalancer(account, await makeNetwork(account));
      const acl = await account.make(WEB_ACL, { ...ACL, name: "web" }, "one");
      assert.equal(
        await refusalOf(account.make(WEB_ACL, { ...ACL, name: "web" }, "two")),
        "WAFDuplicateItemException: AWS WAF couldn’t perform the operation because some resource in your request is a duplicate of an existing one.",
      );
      const association = await account.make(ASSOCIATION, {
        resourceArn: balancer.id,
        webAclArn: acl.outputs["arn"] ?? null,
      });
      assert.equal(
        await refusalOf(account.delete(acl)),
        "WAFAssociatedItemException: AWS WAF couldn’t perform the operation because your resource is being used by another resource or it’s associated with another resource.",
      );
      await account.delete(association);
      await account.delete(acl);
      assert.equal(
        await refusalOf(
          account.make(
            ASSOCIATION,
            { resourceArn: balancer.id, webAclArn: acl.outputs["arn"] ?? null },
            "late",
          ),
        ),
        "WAFNonexistentItemException: AWS WAF couldn’t perform the operation because your resource doesn’t exist.",
      );
    }),
  );

  it(
    "keep a certificate that a listener has, and refuse the validation of one that is gone",
    inAccount(async (account) => {
      const { balancer, targets } = await makeLoadBalancer(account, await makeNetwork(account));
      const certificate = await account.make("aws:acm/certificate:Certificate", {
        domainName: "web.example.com",
      });
      const [option] = certificate.outputs["domainValidationOptions"] as {
        resourceRecordName: string;
      }[];
      await account.make("aws:route53/record:Record", {
        zoneId: "Z1",
        name: option?.resourceRecordName ?? "",
        type: "CNAME",
        records: ["x"],
      });
      await account.make("aws:acm/certificateValidation:CertificateValidation", {
        certificateArn: certificate.id,
      });
      const listener = await account.make(
        "aws:lb/listener:Listener",
        {
          loadBalancerArn: balancer.id,
          port: 443,
          protocol: "HTTPS",
          certificateArn: certificate.id,
          defaultActions: [{ type: "forward", targetGroupArn: targets.id }],
        },
        "https",
      );
      assert.equal(
        await refusalOf(account.delete(certificate)),
        `ResourceInUseException: Certificate ${certificate.id} in account 123456789012 is in use.`,
      );
      await account.delete(listener);
      await account.delete(certificate);
      assert.equal(
        await refusalOf(
          account.make(
            "aws:acm/certificateValidation:CertificateValidation",
            { certificateArn: certificate.id },
            "late",
          ),
        ),
        `ResourceNotFoundException: Could not find certificate ${certificate.id}.`,
      );
    }),
  );
});
