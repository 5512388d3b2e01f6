import { containerChecks, type Container, fieldOf, ofEach } from "../../containers";
import { configuredPattern } from "../../configured-pattern";
import { resourcePolicy } from "../../policy";
import type { PolicyLimits } from "../../policy-limits";
import { secretShapeOf } from "../../secret-shapes";
import { listOf, textOf } from "../../values";

type Name = "ecs-no-plaintext-secrets";

export const ecsNoPlaintextSecrets = resourcePolicy<Name>({
  name: "ecs-no-plaintext-secrets",
  description: "A container takes its secrets by reference; its definition holds none.",
  severity: "critical",
  levels: { dev: "mandatory", prod: "mandatory" },
  frameworks: ["Security Hub ECS.8", "Control Tower CT.ECS.PR.12", "cdk-nag AwsSolutions-ECS2"],
  remediationSteps:
    "Keep the value in Secrets Manager or Parameter Store and name its ARN in secretEnvironment of Pulumi.<stack>.yaml; remove it from app/compose.yaml, and replace the secret itself, for every revision of a task definition can be read. Where a name only sounds like a secret's, add it to allowedNames in policies/limits.ts.",
  url: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specifying-sensitive-data.html",
  checks: containerChecks<Name>(
    ofEach((container, { limits, violate }) => {
      for (const variable of listOf(fieldOf(container.definition, "environment"))) {
        const fault = faultOf(variable, limits);
        if (fault !== undefined) {
          violate({
            got: `${container.label} has ${fault}`,
            allowed: "no secret in plain text",
            fix: "name the ARN of the secret in secretEnvironment, and replace the secret",
          });
        }
      }
    }),
    ofEach((container, { violate }) => {
      for (const { field, shape } of shapesOutsideEnvironment(container)) {
        violate({
          got: `${container.label} has ${shape} in ${field}`,
          allowed: "no secret in plain text",
          fix: "name the ARN of the secret in secretEnvironment, and replace the secret",
        });
      }
    }),
    ofEach((container, { violate }) => {
      for (const secret of listOf(fieldOf(container.definition, "secrets"))) {
        const valueFrom = textOf(fieldOf(secret, "valueFrom"));
        if (valueFrom === undefined || !REFERENCE.test(valueFrom)) {
          violate({
            got: `${container.label} has ${nameOf(fieldOf(secret, "name"))} from something other than a reference`,
            allowed: "the ARN of a Secrets Manager secret or Systems Manager parameter",
            fix: "name the ARN in secretEnvironment",
          });
        }
      }
    }),
  ),
});

/**
 * ECS takes the bare name of a parameter as well, which no one can tell from a pasted secret; a path can be told.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Secret.html
 */
const REFERENCE =
  /^arn:aws[a-z-]*:(?:secretsmanager:[a-z0-9-]+:\d{12}:secret:|ssm:[a-z0-9-]+:\d{12}:parameter\/)\S+$|^\/[\w./-]+$/;

/** What is wrong with an environment variable, in words that hold no value. */
function faultOf(variable: unknown, limits: PolicyLimits[Name]): string | undefined {
  const name = fieldOf(variable, "name");
  const shape = [fieldOf(variable, "value"), name]
    .map((text) => secretShapeOf(textOf(text) ?? ""))
    .find((found) => found !== undefined);
  if (shape !== undefined) {
    return `${shape} in ${nameOf(name)}`;
  }
  const denied = configuredPattern("ecs-no-plaintext-secrets.deniedNames", limits.deniedNames);
  return typeof name === "string" && denied.test(name) && !limits.allowedNames.includes(name)
    ? `a value for ${nameOf(name)}, the name of a secret`
    : undefined;
}

/** A variable for a message; a name that is no name could be a secret in the wrong place. */
function nameOf(name: unknown): string {
  return typeof name === "string" &&
    /^[A-Za-z_][\w.-]{0,63}$/.test(name) &&
    secretShapeOf(name) === undefined
    ? `environment variable ${name}`
    : "an environment variable";
}

/** Fields with a text that looks like a secret: commands, labels, log options and the rest. */
function shapesOutsideEnvironment({
  definition,
}: Container): readonly { readonly field: string; readonly shape: string }[] {
  return Object.entries(definition ?? {})
    .filter(([field]) => !["environment", "secrets"].includes(field.toLowerCase()))
    .flatMap(([field, value]) =>
      [...new Set(textsIn(value).flatMap((text) => secretShapeOf(text) ?? []))].map((shape) => ({
        field,
        shape,
      })),
    );
}

/** Every text in a value, keys included. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === "string") {
    return [value];
  }
  return value !== null && typeof value === "object"
    ? Object.entries(value).flatMap(([key, inner]) => [key, ...textsIn(inner)])
    : [];
}
