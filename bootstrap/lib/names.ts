/** What every role and policy that is made here begins with, and nothing of the application. */
export const NAME_PREFIX = "pulumi-";

/** Role that previews a stack and looks for drift; it changes nothing. */
export const PREVIEW_ROLE = `${NAME_PREFIX}preview`;

/** Role that deploys one environment. */
export const deployRoleOf = (environment: string): string => `${NAME_PREFIX}deploy-${environment}`;

/** Policy that bounds the application's roles. */
export const BOUNDARY = `${NAME_PREFIX}boundary`;

/** Alias of the key of secrets and state. */
export const KEY_ALIAS = `alias/${NAME_PREFIX}secrets`;

/** Name of the bucket of Pulumi's state where no setting gives one: no two accounts or regions share it. */
export const stateBucketOf = (accountId: string, region: string): string =>
  `${NAME_PREFIX}state-${accountId}-${region}`;
