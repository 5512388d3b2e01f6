import {
  type Container,
  containerChecks,
  fieldOf,
  ofEach,
  TASK_DEFINITION,
} from "../../containers";
import { type Finding, type ResourceCheck, resourcePolicy } from "../../policy";
import { booleanOf, listOf } from "../../values";

type Name = "ecs-task-hardened";

export const ecsTaskHardened = resourcePolicy<Name>({
  name: "ecs-task-hardened",
  description:
    "A container runs unprivileged, as a user other than root, on a read-only root file system, without added capabilities, and shares no namespace with its instance.",
  severity: "high",
  levels: { dev: "mandatory", prod: "mandatory" },
  frameworks: [
    "Security Hub ECS.3",
    "Security Hub ECS.4",
    "Security Hub ECS.5",
    "Security Hub ECS.20",
    "Control Tower CT.ECS.PR.3",
    "Control Tower CT.ECS.PR.6",
    "Control Tower CT.ECS.PR.10",
    "Control Tower CT.ECS.PR.11",
    "Checkov CKV_AWS_334",
    "Checkov CKV_AWS_335",
    "Checkov CKV_AWS_336",
  ],
  remediationSteps:
    "In app/compose.yaml set user to a number above 0, read_only to true with tmpfs for what has to be written, and drop capabilities instead of adding them. Where a container cannot do without, name it in exemptContainers or the capability in allowedCapabilities in policies/limits.ts, in a change of its own.",
  url: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security-tasks-containers.html",
  checks: [
    ...containerChecks<Name>(
      hardened((container) => {
        const privileged = fieldOf(container.definition, "privileged");
        return privileged === undefined || booleanOf(privileged) === false
          ? undefined
          : {
              got: `${container.label} is privileged`,
              allowed: "privileged false or absent",
              fix: "leave privileged out, and add the one capability that is missing",
            };
      }),
      hardened((container) =>
        booleanOf(fieldOf(container.definition, "readonlyRootFilesystem")) === true
          ? undefined
          : {
              got: `${container.label} can write to its root file system`,
              allowed: "readonlyRootFilesystem true",
              fix: "set read_only in app/compose.yaml, with tmpfs for what is written",
            },
      ),
      hardened((container) => {
        const user = fieldOf(container.definition, "user");
        return typeof user === "string" && !isRoot(user)
          ? undefined
          : {
              got: `${container.label} ${typeof user === "string" ? "runs as root" : "has no user"}`,
              allowed: "a user other than root",
              fix: "set user in app/compose.yaml to a number above 0",
            };
      }),
      hardened((container, { allowedCapabilities }) => {
        const added = listOf(
          fieldOf(container.definition, "linuxParameters", "capabilities", "add"),
        ).filter((added) => !allowedCapabilities.some((allowed) => allowed === added));
        return added.length === 0
          ? undefined
          : {
              got: `${container.label} adds ${added.map(nameOf).join(", ")}`,
              allowed:
                allowedCapabilities.length === 0
                  ? "no added capability"
                  : allowedCapabilities.join(", "),
              fix: "remove it from cap_add in app/compose.yaml",
            };
      }),
    ),
    ownNamespace("pidMode", "the processes"),
    ownNamespace("ipcMode", "the shared memory"),
  ],
});

/** A fact of each container that is not exempt. */
function hardened(
  find: (
    container: Container,
    limits: { readonly allowedCapabilities: readonly string[] },
  ) => Finding | undefined,
) {
  return ofEach<Name>((container, { limits, violate }) => {
    const { exemptContainers } = limits;
    const exempt = container.name !== undefined && exemptContainers.includes(container.name);
    const finding = exempt ? undefined : find(container, limits);
    if (finding !== undefined) {
      violate(finding);
    }
  });
}

/** `root`, 0, or nothing before the group: what a container runtime takes as root. */
function isRoot(user: string): boolean {
  const [name = ""] = user.trim().split(":", 1);
  return name === "" || name === "root" || /^[+-]?0+$/.test(name);
}

const nameOf = (capability: unknown): string =>
  typeof capability === "string" && /^\w{1,40}$/.test(capability)
    ? capability
    : "a capability that has no name";

function ownNamespace(property: "pidMode" | "ipcMode", what: string): ResourceCheck<Name> {
  return {
    type: TASK_DEFINITION,
    check: ({ props }, { violate }) => {
      if (props[property] === "host") {
        violate({
          got: `${property} is host`,
          allowed: "task or absent",
          fix: `remove ${property}: with it the task shares ${what} of its instance`,
        });
      }
    },
  };
}
