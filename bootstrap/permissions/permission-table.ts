import type { AwsLocation } from "../../infra/lib/aws-location";
import type { IamStatement } from "../../infra/lib/iam-policy";

/** The IAM actions that the AWS provider calls for one resource type, and those that AWS checks along with them. */
export interface TypePermissions {
  /** File or files of hashicorp/terraform-provider-aws below internal/service that make the calls. */
  readonly source: string;
  readonly create: readonly string[];
  readonly read: readonly string[];
  readonly update: readonly string[];
  readonly delete: readonly string[];
}

/** The IAM actions that a function of the program calls; a preview calls it too. */
interface FunctionPermissions {
  readonly source: string;
  readonly read: readonly string[];
}

/** One statement of a policy, with the reason for what it allows and for each `*` in it. */
export interface Grant {
  /** Letters and digits; begins with what is done. */
  readonly sid: string;
  readonly why: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly condition?: NonNullable<IamStatement["Condition"]>;
}

/** What resources are told by that may be read. */
export interface Application extends AwsLocation {
  /** What the names of the application's resources begin with. */
  readonly appName: string;
  /** Name of the application's Pulumi project, which is the value of its tag Project too. */
  readonly project: string;
  /** Route 53 hosted zone of its domain name, or undefined for none. */
  readonly hostedZoneId: string | undefined;
}

/** What resources are told by that one environment may change. */
export interface Environment extends Application {
  /** Name of the stack, which is the value of its tag Environment too. */
  readonly environment: string;
  /** ARN of the policy that bounds every role that is made. */
  readonly boundaryArn: string;
}

/** What belongs to one policy: the types of a field of AWS, and who may do what to them. */
export interface Area {
  readonly name: string;
  readonly types: Readonly<Record<string, TypePermissions>>;
  readonly functions?: Readonly<Record<string, FunctionPermissions>>;
  /** For the preview role and the deploy roles. */
  readonly reads: (application: Application) => readonly Grant[];
  /** For the deploy role of one environment. */
  readonly writes: (environment: Environment) => readonly Grant[];
}

/** Actions of one service by their names. */
export const actionsOf =
  (service: string) =>
  (...names: readonly string[]): readonly string[] =>
    names.map((name) => `${service}:${name}`);
