import { isSet } from "../../known";
import { LISTENER_TYPES } from "../../load-balancer-types";
import { type Judge, type JudgedResource, resourcePolicy } from "../../policy";
import { listOf, objectOf, textOf } from "../../values";

type HttpsJudge = Judge<"alb-https-only">;

export const albHttpsOnly = resourcePolicy({
  name: "alb-https-only",
  description:
    "Listeners take HTTPS with a certificate and a strong TLS policy, and HTTP only to redirect to it.",
  severity: "high",
  levels: { dev: "advisory", prod: "mandatory" },
  frameworks: [
    "Security Hub ELB.1",
    "Security Hub ELB.17",
    "Security Hub ELB.18",
    "Checkov CKV_AWS_2",
    "Checkov CKV_AWS_103",
    "Checkov CKV2_AWS_20",
    "Checkov CKV2_AWS_74",
  ],
  remediationSteps:
    "Set domainName and hostedZoneId, or certificateArn, in Pulumi.<stack>.yaml: the load balancer then takes HTTPS, and HTTP redirects to it. Set sslPolicy of a listener of your own to one of sslPolicies in policies/limits.ts.",
  url: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html",
  checks: LISTENER_TYPES.flatMap((type) =>
    [checkRedirect, checkCertificate, checkSslPolicy].map((check) => ({ type, check })),
  ),
});

function checkRedirect({ props }: JudgedResource, { limits, violate }: HttpsJudge): void {
  if (!limits.requireTls || protocolOf(props) !== "HTTP") {
    return;
  }
  const actions = listOf(props["defaultActions"]).map(objectOf);
  if (actions.length === 0 || !actions.every(redirectsToHttps)) {
    violate({
      got: "protocol is HTTP without a redirect",
      allowed: "a redirect to HTTPS with HTTP_301",
      fix: "set domainName and hostedZoneId, or certificateArn",
    });
  }
}

function redirectsToHttps(action: Readonly<Record<string, unknown>>): boolean {
  // Without a protocol of its own a redirect keeps that of the request.
  const { protocol, statusCode } = objectOf(action["redirect"]);
  return action["type"] === "redirect" && protocol === "HTTPS" && statusCode === "HTTP_301";
}

function checkCertificate({ props }: JudgedResource, { violate }: HttpsJudge): void {
  if (usesTls(props) && !isSet(props, "certificateArn")) {
    violate({
      got: "certificateArn is missing",
      allowed: "the ARN of a certificate",
      fix: "set domainName and hostedZoneId, or certificateArn",
    });
  }
}

function checkSslPolicy({ props }: JudgedResource, { limits, violate }: HttpsJudge): void {
  if (!usesTls(props)) {
    return;
  }
  const given = props["sslPolicy"];
  const policy = given === undefined || given === null ? DEFAULT_SSL_POLICY : textOf(given);
  if (policy === undefined || !limits.sslPolicies.includes(policy)) {
    violate({
      got: `sslPolicy is ${policy === undefined ? "not a text" : policy === given ? `"${policy}"` : `${policy} by default`}`,
      allowed: limits.sslPolicies.length === 0 ? "none" : limits.sslPolicies.join(", "),
      fix: "set sslPolicy of the listener",
    });
  }
}

/** What the provider sets for a listener that names none. */
const DEFAULT_SSL_POLICY = "ELBSecurityPolicy-2016-08";

const usesTls = (props: JudgedResource["props"]): boolean =>
  ["HTTPS", "TLS"].includes(protocolOf(props) ?? "");

/** Protocol of a listener; one with a port is HTTP by default, one without belongs to a gateway. */
function protocolOf(props: JudgedResource["props"]): string | undefined {
  const protocol = textOf(props["protocol"]);
  return protocol ?? (isSet(props, "port") ? "HTTP" : undefined);
}
