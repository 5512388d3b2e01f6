import assert from "node:assert/strict";
import { aStackPlan, planFaults } from "../../support/stack-plans";

const domainName = "web.example.com";
const hostedZoneId = "Z0123456789ABCDEFGHIJ";

function certificate(region = "eu-central-1"): string {
  return `arn:aws:acm:${region}:123456789012:certificate/12345678-1234-1234-1234-123456789012`;
}

describe("planLoadBalancer", () => {
  it("serves plain HTTP without a domain", () => {
    assert.deepEqual(aStackPlan().loadBalancer, {
      tls: undefined,
      dns: undefined,
      idleTimeoutSeconds: 60,
      accessLogs: undefined,
      webAcl: false,
      staticIngressIps: false,
      deletionProtection: false,
      target: {
        port: 3000,
        targetType: "instance",
        healthCheck: {
          path: "/readyz",
          intervalSeconds: 5,
          timeoutSeconds: 4,
          healthyThreshold: 2,
          unhealthyThreshold: 3,
        },
        deregistrationDelaySeconds: 15,
      },
    });
  });

  it("ends a health check before the next and finds a failed target within a minute", () => {
    const { healthCheck } = aStackPlan().loadBalancer.target;
    const { intervalSeconds, timeoutSeconds, healthyThreshold, unhealthyThreshold } = healthCheck;
    assert.ok(timeoutSeconds < intervalSeconds);
    assert.ok(intervalSeconds * unhealthyThreshold <= 60);
    // What CreateTargetGroup takes for HTTP.
    assert.ok(intervalSeconds >= 5 && intervalSeconds <= 300);
    assert.ok(timeoutSeconds >= 2 && timeoutSeconds <= 120);
    for (const threshold of [healthyThreshold, unhealthyThreshold]) {
      assert.ok(threshold >= 2 && threshold <= 10);
    }
  });

  it("sends requests to tasks themselves with awsvpc", () => {
    const { target } = aStackPlan({ service: { networkMode: "awsvpc" } }).loadBalancer;
    assert.equal(target.targetType, "ip");
  });

  it("keeps access logs as long as configured", () => {
    const { accessLogs } = aStackPlan({
      loadBalancer: { accessLogs: true, accessLogRetentionDays: 30 },
    }).loadBalancer;
    assert.deepEqual(accessLogs, { retentionDays: 30 });
  });

  it("issues a certificate and makes a record for a domain with its zone", () => {
    const { tls, dns } = aStackPlan({ loadBalancer: { domainName, hostedZoneId } }).loadBalancer;
    assert.deepEqual(tls, { kind: "issued", domainName, hostedZoneId });
    assert.deepEqual(dns, { domainName, hostedZoneId });
  });

  it("takes an existing certificate, with a record only where the zone is known", () => {
    const existing = { kind: "existing", certificateArn: certificate() };
    const cases: [object, unknown][] = [
      [{}, undefined],
      [{ domainName }, undefined],
      [
        { domainName, hostedZoneId },
        { domainName, hostedZoneId },
      ],
    ];
    for (const [settings, record] of cases) {
      const { tls, dns } = aStackPlan({
        loadBalancer: { ...settings, certificateArn: certificate() },
      }).loadBalancer;
      assert.deepEqual(tls, existing);
      assert.deepEqual(dns, record);
    }
  });

  it("refuses a domain that nothing can prove", () => {
    assert.deepEqual(planFaults({ loadBalancer: { domainName } }), [
      "Pulumi.dev.yaml: ecs-on-ec2:domainName: got web.example.com, but neither hostedZoneId, to issue its certificate, nor certificateArn is set; set one of them",
    ]);
  });

  it("refuses a zone without a domain", () => {
    assert.deepEqual(planFaults({ loadBalancer: { hostedZoneId } }), [
      "Pulumi.dev.yaml: ecs-on-ec2:hostedZoneId: got Z0123456789ABCDEFGHIJ, but domainName is not set; set domainName to the host name of the service, or remove hostedZoneId",
    ]);
  });

  it("refuses a domain that is too long for a certificate to be issued", () => {
    const long = (length: number) => `${"a".repeat(length - 12)}.example.com`;
    assert.deepEqual(planFaults({ loadBalancer: { domainName: long(64), hostedZoneId } }), []);
    assert.deepEqual(planFaults({ loadBalancer: { domainName: long(65), hostedZoneId } }), [
      `Pulumi.dev.yaml: ecs-on-ec2:domainName: got ${long(65)}, but a certificate is issued for 64 characters at most, not 65; choose a shorter name, or set certificateArn to a certificate that covers it`,
    ]);
  });

  it("refuses a certificate of another region", () => {
    assert.deepEqual(planFaults({ loadBalancer: { certificateArn: certificate("us-east-1") } }), [
      `Pulumi.dev.yaml: ecs-on-ec2:certificateArn: got ${certificate("us-east-1")}, but aws:region is eu-central-1, and a load balancer takes certificates of its own region only; import or request the certificate in eu-central-1`,
    ]);
  });
});
