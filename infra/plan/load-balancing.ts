import type { ContainerContract } from "../container-contract";
import type { StackConfig } from "../stack-config";
import type { PlanFaults } from "./faults";
import type { LoadBalancerPlan, TargetPlan, TlsPlan } from "./stack-plan";

/**
 * The shortest interval that a load balancer has, so that a task takes part 10 s after its start and one
 * that drains is left alone 20 s after its SIGTERM; three failures, so that a short stall ends no task.
 */
const HEALTH_CHECK = {
  intervalSeconds: 5,
  timeoutSeconds: 4,
  healthyThreshold: 2,
  unhealthyThreshold: 3,
} as const;

/**
 * Longest first name of a certificate.
 *
 * @see https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html
 */
const CERTIFICATE_NAME_LENGTH = 64;

/** Plans the way of a request from the outside to a task. */
export function planLoadBalancer(
  config: StackConfig,
  container: ContainerContract,
  faults: PlanFaults,
): LoadBalancerPlan {
  const { loadBalancer, deletionProtection } = config;
  const { domainName, hostedZoneId } = loadBalancer;
  return {
    tls: planTls(config, faults),
    dns:
      domainName === undefined || hostedZoneId === undefined
        ? undefined
        : { domainName, hostedZoneId },
    idleTimeoutSeconds: loadBalancer.idleTimeoutSeconds,
    accessLogs: loadBalancer.accessLogs
      ? { retentionDays: loadBalancer.accessLogRetentionDays }
      : undefined,
    webAcl: loadBalancer.webAcl,
    staticIngressIps: loadBalancer.staticIngressIps,
    deletionProtection,
    target: planTarget(config, container),
  };
}

function planTarget(config: StackConfig, container: ContainerContract): TargetPlan {
  return {
    port: container.ports[0]?.containerPort ?? 0,
    targetType: config.service.networkMode === "awsvpc" ? "ip" : "instance",
    healthCheck: { path: container.healthCheckPath, ...HEALTH_CHECK },
    deregistrationDelaySeconds: config.loadBalancer.deregistrationDelaySeconds,
  };
}

/** An existing certificate, one issued for the domain and proven in its zone, or none: HTTP only. */
function planTls(config: StackConfig, faults: PlanFaults): TlsPlan | undefined {
  const { domainName, hostedZoneId, certificateArn } = config.loadBalancer;
  if (hostedZoneId !== undefined && domainName === undefined) {
    faults.setting("hostedZoneId", {
      got: hostedZoneId,
      rule: "but domainName is not set",
      remedy: "set domainName to the host name of the service, or remove hostedZoneId",
    });
  }
  if (certificateArn !== undefined) {
    checkCertificateRegion(certificateArn, config.region, faults);
    return { kind: "existing", certificateArn };
  }
  if (domainName === undefined) {
    return undefined;
  }
  if (hostedZoneId === undefined) {
    faults.setting("domainName", {
      got: domainName,
      rule: "but neither hostedZoneId, to issue its certificate, nor certificateArn is set",
      remedy: "set one of them",
    });
    return undefined;
  }
  if (domainName.length > CERTIFICATE_NAME_LENGTH) {
    faults.setting("domainName", {
      got: domainName,
      rule: `but a certificate is issued for ${CERTIFICATE_NAME_LENGTH} characters at most, not ${domainName.length}`,
      remedy: "choose a shorter name, or set certificateArn to a certificate that covers it",
    });
  }
  return { kind: "issued", domainName, hostedZoneId };
}

function checkCertificateRegion(arn: string, region: string, faults: PlanFaults): void {
  const [, , , certificateRegion = ""] = arn.split(":");
  if (certificateRegion !== region) {
    faults.setting("certificateArn", {
      got: arn,
      rule: `but aws:region is ${region}, and a load balancer takes certificates of its own region only`,
      remedy: `import or request the certificate in ${region}`,
    });
  }
}
