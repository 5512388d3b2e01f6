import { TASK_DEFINITION } from "../../containers";
import { isSet } from "../../known";
import { stackPolicy } from "../../policy";

const ROLE = "aws:iam/role:Role";
const PROPERTIES = ["executionRoleArn", "taskRoleArn"] as const;

export const ecsRolesSeparated = stackPolicy({
  name: "ecs-roles-separated",
  description: "ECS starts a task with one role, and the application in it has another.",
  severity: "high",
  levels: { dev: "mandatory", prod: "mandatory" },
  frameworks: ["Checkov CKV_AWS_249"],
  remediationSteps:
    "Declare two roles, one as executionRoleArn, which may pull the image, write the log and read the secrets, and one as taskRoleArn with only what the application itself does.",
  url: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security-iam-roles.html",
  reads: [TASK_DEFINITION, ROLE],
  check: (stack, { violate }) => {
    const tasks = stack.ofType(TASK_DEFINITION);
    for (const property of PROPERTIES) {
      stack.each(tasks, (task) => {
        // The ARN of a role of this stack is unknown before deployment, the way to it is not.
        const isSet =
          stack.referred(task, property, ROLE).length > 0 || (task.props[property] ?? "") !== "";
        if (!isSet) {
          violate(
            {
              got: `${property} is not set`,
              allowed: "a role of its own",
              fix: `declare a role and set ${property}`,
            },
            task.urn,
          );
        }
      });
    }
    stack.each(tasks, (task) => {
      const [execution, application] = PROPERTIES.map((property) =>
        stack.referred(task, property, ROLE),
      );
      const shared =
        execution?.length === 0 || application?.length === 0
          ? sameArn(task.props)
          : execution?.some(({ urn }) => application?.some((role) => role.urn === urn));
      if (shared === true) {
        violate(
          {
            got: "executionRoleArn and taskRoleArn are the same role",
            allowed: "two roles",
            fix: "declare a role for the application with only what it does itself",
          },
          task.urn,
        );
      }
    });
  },
});

function sameArn(props: Readonly<Record<string, unknown>>): boolean {
  if (!PROPERTIES.every((property) => isSet(props, property))) {
    return false;
  }
  const { executionRoleArn, taskRoleArn } = props;
  return executionRoleArn !== "" && executionRoleArn === taskRoleArn;
}
