import type { Bag } from "../../../preview/graph";
import { ec2Id } from "../../resource-type";
import { AwsError } from "../cloud";
import { valueAt, valuesAt } from "../property-path";
import { propertiesOf, textOf } from "../rules/rule";
import type { StoredResource } from "../stored-resource";
import type { BehaviourContext, Behaviours } from "./behaviour";
import { withComputed } from "./behaviour";

const INSTANCE = "aws:ec2/instance:Instance";
const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";

/** Where a group names its launch template. */
const TEMPLATE_PATHS = [
  "launchTemplate",
  "mixedInstancesPolicy.launchTemplate.launchTemplateSpecification",
];

/** A group runs as many instances as it wants, each of which registers with the cluster of its user data. */
export const AUTO_SCALING_BEHAVIOURS: Behaviours = {
  "aws:autoscaling/group:Group": {
    refuse: (group, { folder }, before) => {
      const [minimum, maximum] = [sizeOf(group, "minSize"), sizeOf(group, "maxSize")];
      const desired = askedFor(group, before);
      if (maximum < minimum) {
        throw new AwsError(
          "ValidationError",
          `Max bound, ${String(maximum)}, must be greater than or equal to min bound, ${String(minimum)}`,
        );
      }
      if (desired !== undefined && (desired < minimum || desired > maximum)) {
        throw new AwsError(
          "ValidationError",
          `Desired capacity:${String(desired)} must be between the specified min size:${String(minimum)} and max size:${String(maximum)}`,
        );
      }
      refuseTemplate(group, folder);
    },
    complete: (group, _, before) => {
      const desiredCapacity = askedFor(group, before) ?? withinBounds(group, before);
      return group.inputs["desiredCapacity"] === undefined
        ? withComputed(group, { desiredCapacity })
        : { ...group, inputs: { ...group.inputs, desiredCapacity } };
    },
    follow: (group, context) => {
      runInstances(group, context);
    },
  },
};

/**
 * Starts and ends instances until the group has as many as it wants, all of the launch template's
 * version that it names.
 */
export function runInstances(group: StoredResource, { folder, account }: BehaviourContext): void {
  const name = textOf(group, "name");
  const running = folder
    .ofType(INSTANCE)
    .filter(({ inputs }) => inputs["autoscalingGroup"] === name)
    .sort((one, other) => one.incarnation - other.incarnation);
  const desired = Number(propertiesOf(group)["desiredCapacity"]);
  running.slice(desired).forEach((instance) => {
    folder.delete(instance);
  });
  const subnets = valuesAt(group.inputs, "vpcZoneIdentifiers[*]").map(({ value }) => value);
  const started = instanceInputs(group, folder);
  running.slice(0, desired).forEach((instance) => {
    folder.write({ ...instance, inputs: { ...instance.inputs, ...started } });
  });
  for (let index = running.length; index < desired; index += 1) {
    const [incarnation, id] = freshInstance(name, folder, account);
    folder.write({
      type: INSTANCE,
      name,
      id,
      incarnation,
      inputs: {
        ...started,
        autoscalingGroup: name,
        subnetId: subnets[index % Math.max(subnets.length, 1)] ?? null,
        // A protection that somebody changed on a running instance stays.
        protectedFromScaleIn: group.inputs["protectFromScaleIn"] === true,
      },
      computed: {},
      unmanaged: true,
    });
  }
}

function freshInstance(
  name: string,
  folder: BehaviourContext["folder"],
  account: BehaviourContext["account"],
): [number, string] {
  for (let incarnation = 0; ; incarnation += 1) {
    const id = ec2Id("i")({ type: INSTANCE, name, inputs: {}, incarnation }, account);
    if (!folder.isTaken(INSTANCE, id)) {
      return [incarnation, id];
    }
  }
}

/** What an instance gets from the group's launch template. */
function instanceInputs(group: StoredResource, folder: BehaviourContext["folder"]): Bag {
  const { id, version } = templateOf(group);
  const template = id === undefined ? undefined : folder.find(TEMPLATE, id);
  const userData = Buffer.from(
    template === undefined ? "" : textOf(template, "userData"),
    "base64",
  ).toString("utf8");
  const cluster = /^\s*ECS_CLUSTER=["']?([\w-]+)/m.exec(userData)?.[1];
  return {
    launchTemplateId: id ?? null,
    launchTemplateVersion: version ?? null,
    vpcSecurityGroupIds: template?.inputs["vpcSecurityGroupIds"] ?? [],
    cluster: cluster ?? null,
  };
}

function templateOf(group: StoredResource): {
  id: string | undefined;
  version: string | undefined;
} {
  const path = TEMPLATE_PATHS.find((each) => valueAt(group.inputs, each) !== undefined) ?? "";
  const [id, otherId, version] = ["id", "launchTemplateId", "version"].map((property) => {
    const value = valueAt(group.inputs, `${path}.${property}`);
    return typeof value === "string" ? value : undefined;
  });
  return { id: id ?? otherId, version };
}

function refuseTemplate(group: StoredResource, folder: BehaviourContext["folder"]): void {
  const { id, version = "$Default" } = templateOf(group);
  const template = id === undefined ? undefined : folder.find(TEMPLATE, id);
  if (template === undefined) {
    return;
  }
  const latest = Number(template.computed["latestVersion"]);
  if (/^\d+$/.test(version) && (Number(version) < 1 || Number(version) > latest)) {
    throw new AwsError(
      "ValidationError",
      `You must use a valid fully-formed launch template. Could not find launch template version ${version} for launch template ${template.id}`,
    );
  }
  const profile = valueAt(template.inputs, "iamInstanceProfile.arn");
  const known = folder.ofType("aws:iam/instanceProfile:InstanceProfile");
  if (typeof profile === "string" && !known.some((each) => textOf(each, "arn") === profile)) {
    throw new AwsError(
      "ValidationError",
      `You must use a valid fully-formed launch template. Value (${profile}) for parameter iamInstanceProfile.arn is invalid. Invalid IAM Instance Profile ARN`,
    );
  }
  for (const { value } of valuesAt(template.inputs, "vpcSecurityGroupIds[*]")) {
    if (
      typeof value === "string" &&
      folder.find("aws:ec2/securityGroup:SecurityGroup", value) === undefined
    ) {
      throw new AwsError(
        "ValidationError",
        `You must use a valid fully-formed launch template. The security group '${value}' does not exist`,
      );
    }
  }
}

/** The capacity that a request names: at creation what is set, later what is set anew. */
function askedFor(group: StoredResource, before: StoredResource | undefined): number | undefined {
  const desired = group.inputs["desiredCapacity"];
  return typeof desired === "number" && desired !== before?.inputs["desiredCapacity"]
    ? desired
    : undefined;
}

/** A group that is told no number keeps its own, as far as its bounds let it. */
function withinBounds(group: StoredResource, before: StoredResource | undefined): number {
  const [minimum, maximum] = [sizeOf(group, "minSize"), sizeOf(group, "maxSize")];
  const own = before === undefined ? minimum : Number(propertiesOf(before)["desiredCapacity"]);
  return Math.min(Math.max(own, minimum), maximum);
}

function sizeOf(group: StoredResource, property: string): number {
  return Number(group.inputs[property] ?? 0);
}
