import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Resources of one group of the program; each group is independent of the others. */
export const GROUP = 4;

/**
 * Writes a program of `resources` resources: groups of a role, its policy, a log group that the policy
 * names, and a parameter that holds the role's ARN.
 *
 * @param resources a multiple of GROUP
 */
export function writeSizedProgram(source: string, project: string, resources: number): void {
  if (resources % GROUP !== 0) {
    throw new RangeError(`${resources} resources are no multiple of ${GROUP}`);
  }
  mkdirSync(project, { recursive: true });
  symlinkSync(join(source, "node_modules"), join(project, "node_modules"));
  const runtime = "runtime: { name: nodejs, options: { typescript: false } }";
  writeFileSync(join(project, "Pulumi.yaml"), `name: sized\n${runtime}\nmain: index.js\n`);
  writeFileSync(join(project, "package.json"), '{ "name": "sized", "version": "0.0.0" }\n');
  writeFileSync(join(project, "index.js"), program(resources / GROUP));
}

const program = (groups: number): string => `"use strict";
const aws = require("@pulumi/aws");
const pulumi = require("@pulumi/pulumi");
const assumeRolePolicy = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Principal: { Service: "ecs-tasks.amazonaws.com" }, Action: "sts:AssumeRole" },
  ],
});
for (let group = 0; group < ${groups}; group += 1) {
  const role = new aws.iam.Role(\`role-\${group}\`, { assumeRolePolicy });
  const logGroup = new aws.cloudwatch.LogGroup(\`log-\${group}\`, { retentionInDays: 7 });
  new aws.iam.RolePolicy(\`policy-\${group}\`, {
    role: role.id,
    policy: pulumi.jsonStringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "logs:PutLogEvents", Resource: logGroup.arn }],
    }),
  });
  new aws.ssm.Parameter(\`parameter-\${group}\`, { type: "String", value: role.arn });
}
`;
