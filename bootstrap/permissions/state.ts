import type { Application, Environment, Grant } from "./permission-table";

/** Where Pulumi keeps states, and the key that encrypts them and the secrets in them. */
export interface State {
  readonly bucketArn: string;
  readonly keyArn: string;
}

/**
 * What `pulumi preview` and `pulumi refresh --preview-only` do with a state in a bucket: they look it up, read it
 * and decrypt it. They take no lock and write nothing.
 * Source: Preview() and Refresh() in pkg/backend/diy/backend.go of pulumi/pulumi v3.248.0, and checkForLock(),
 * which only what changes a stack calls.
 */
export function stateReads(application: Application, state: State): Grant[] {
  return readsOf(application, state, "*", "every state of the application's project");
}

function readsOf(
  { project }: Application,
  { bucketArn, keyArn }: State,
  stack: string,
  what: string,
): Grant[] {
  return [
    {
      sid: "ListStates",
      why: "Pulumi finds a state by listing its folder; nothing but states is in the bucket",
      actions: ["s3:ListBucket"],
      resources: [bucketArn],
    },
    {
      sid: "ReadStates",
      why: `the layout of the bucket, and ${what}`,
      actions: ["s3:GetObject"],
      resources: [
        `${bucketArn}/.pulumi/meta.yaml`,
        `${bucketArn}/.pulumi/stacks/${project}/${stack}`,
      ],
    },
    {
      sid: "DecryptStates",
      why: "the bucket encrypts states with the key, and Pulumi its secrets: a preview compares them",
      actions: ["kms:Decrypt"],
      resources: [keyArn],
    },
  ];
}

/** What `pulumi up`, `refresh`, `destroy` and `cancel` do, for the one stack of the environment. */
export function stateWrites(owner: Environment, state: State): Grant[] {
  const { project, environment } = owner;
  const { bucketArn, keyArn } = state;
  const folder = (name: string) => `${bucketArn}/.pulumi/${name}/${project}/${environment}`;
  return [
    ...readsOf(owner, state, `${environment}.*`, "the state of the environment's own stack"),
    {
      sid: "WriteState",
      why: "the state with its backups, tags and history, and the lock, of the environment's stack; earlier versions stay out of reach",
      actions: ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
      resources: [
        `${folder("stacks")}.*`,
        `${folder("history")}/*`,
        `${folder("backups")}/*`,
        `${bucketArn}/.pulumi/locks/organization/${project}/${environment}/*`,
      ],
    },
    {
      sid: "EncryptState",
      why: "the bucket encrypts what is written with the key",
      actions: ["kms:GenerateDataKey"],
      resources: [keyArn],
    },
  ];
}
