import type { Application, Environment, Grant } from "./permission-table";

type Condition = NonNullable<Grant["condition"]>;

const tags = (kind: "RequestTag" | "ResourceTag", { project, environment }: Environment) => ({
  [`aws:${kind}/Project`]: project,
  [`aws:${kind}/Environment`]: environment,
});

/** What has no resource of its own stays in the region of the stack. */
export const inRegion = ({ region }: Application): Condition => ({
  StringEquals: { "aws:RequestedRegion": region },
});

/** Only what is tagged as the environment's own in the request that makes it. */
export const newOfEnvironment = (environment: Environment): Condition => ({
  StringEquals: tags("RequestTag", environment),
});

/** Only what carries the environment's tags already. */
export const ofEnvironment = (environment: Environment): Condition => ({
  StringEquals: tags("ResourceTag", environment),
});

/**
 * The environment's tags, on what carries neither of them: a request that makes and tags a resource is checked
 * before it carries any. What carries one of them is somebody's already, if only by that one.
 */
export const newlyOfEnvironment = (environment: Environment): Condition => ({
  StringEquals: tags("RequestTag", environment),
  Null: { "aws:ResourceTag/Project": "true", "aws:ResourceTag/Environment": "true" },
});
