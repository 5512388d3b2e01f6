import { stackFileName } from "../setting-fault";
import type { StackConfig } from "../stack-config";
import type { PlanFaults } from "./faults";

/** Beginnings that AWS keeps for itself, and where it refuses them. */
const RESERVED_BEGINNINGS: readonly (readonly [beginning: string, reason: string])[] = [
  ["aws", "the name of a capacity provider must not begin with aws"],
  ["ecs", "the name of a capacity provider must not begin with ecs"],
  ["fargate", "the name of a capacity provider must not begin with fargate"],
  ["ssm", "the name of a Systems Manager parameter must not begin with ssm"],
  ["sthree-", "the name of a bucket must not begin with sthree-"],
  ["amzn-s3-demo-", "the name of a bucket must not begin with amzn-s3-demo-"],
  ["internal-", "the name of a load balancer must not begin with internal-"],
  ["sg-", "the name of a security group must not begin with sg-"],
];

/** Longest name of a task definition's family. */
const FAMILY_LENGTH = 255;

/**
 * Longest name of a load balancer or a target group, the shortest limit of all that carry the app's name.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html
 */
const LOAD_BALANCER_NAME_LENGTH = 32;

/** What a component puts behind the app's name, the hyphen included. */
export const ROLE_LENGTH = 8;

/** Hyphen and seven hexadecimal digits that Pulumi puts behind a logical name. */
const AUTONAME_LENGTH = 8;

const APP_NAME_LENGTH = LOAD_BALANCER_NAME_LENGTH - ROLE_LENGTH - AUTONAME_LENGTH;

/** The family of the task definition: the same in every deployment of a stack, another in every stack. */
export function taskFamily({ appName, stack }: StackConfig): string {
  return `${appName}-${stack}`;
}

/** The app's name must be free to begin every resource's name, the stack's name to end the family. */
export function checkNames(config: StackConfig, faults: PlanFaults): void {
  const { appName, stack } = config;
  const [beginning, reason] = RESERVED_BEGINNINGS.find(([text]) => appName.startsWith(text)) ?? [];
  if (beginning !== undefined && reason !== undefined) {
    faults.setting("appName", {
      got: JSON.stringify(appName),
      rule: `but ${reason}`,
      remedy: `choose a name that does not begin with ${beginning}`,
    });
  }
  if (appName.length > APP_NAME_LENGTH) {
    faults.setting("appName", {
      got: JSON.stringify(appName),
      rule: `but a target group's name has ${LOAD_BALANCER_NAME_LENGTH} characters, ${ROLE_LENGTH} for its role and ${AUTONAME_LENGTH} for what Pulumi adds`,
      remedy: `shorten it to ${APP_NAME_LENGTH} characters`,
    });
  }
  const family = taskFamily(config);
  if (!/^[A-Za-z0-9_-]+$/.test(family) || family.length > FAMILY_LENGTH) {
    faults.elsewhere({
      file: stackFileName(stack),
      key: "name of the stack",
      got: JSON.stringify(stack),
      rule: `but the task definition's family takes letters, digits, hyphens and underscores, ${FAMILY_LENGTH} with the app's name`,
      remedy: "rename the stack with `pulumi stack rename`",
    });
  }
}
