import { createHash } from "node:crypto";
import type { Bag, Json } from "../preview/graph";
import type { AwsAccount } from "./account";

/** A resource as the program declares it; secrets are unwrapped, unknown inputs are UNKNOWN. */
export interface DeclaredResource {
  readonly type: string;
  readonly name: string;
  readonly inputs: Bag;
  /**
   * How many resources of this type and name the account had before: AWS gives no id twice.
   *
   * @default 0
   */
  readonly incarnation?: number;
}

/** What AWS says about one property of a resource. */
export type Answer<T extends Json = Json> = (resource: DeclaredResource, account: AwsAccount) => T;

/** What the simulated AWS knows about one resource type. */
export interface ResourceType {
  /** The id in the provider's state. */
  readonly id: Answer<string>;
  /** Outputs that only AWS can tell; an input of the same name wins. */
  readonly computed?: Readonly<Record<string, Answer>>;
  /** True for types that take `tags`; the provider adds its default tags to them as `tagsAll`. */
  readonly taggable?: boolean;
  /** True for types that have no `region` of their own, such as those of IAM. */
  readonly global?: boolean;
}

export type ResourceTypes = Readonly<Record<string, ResourceType>>;

/** Hexadecimal digits that are the same in every run and differ from resource to resource. */
export function hex(resource: DeclaredResource, length: number, salt = ""): string {
  const { type, name, incarnation = 0 } = resource;
  const again = incarnation === 0 ? "" : `\n${String(incarnation)}`;
  const text = `${type}\n${name}\n${salt}${again}`;
  return createHash("sha256").update(text).digest("hex").slice(0, length);
}

/** Decimal digits that are the same in every run and differ from resource to resource. */
export function digits(resource: DeclaredResource, length: number): string {
  return BigInt(`0x${hex(resource, 16)}`)
    .toString()
    .padStart(length, "0")
    .slice(-length);
}

/** A UUID that is the same in every run. */
export const uuid: Answer<string> = (resource) =>
  hex(resource, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");

/** An input as text, or undefined where it is absent or not a text. */
export function text(resource: DeclaredResource, property: string): string | undefined {
  const value = resource.inputs[property];
  return typeof value === "string" ? value : undefined;
}

/** Resource ids of EC2, for example `vpc-0123456789abcdef0`. */
export const ec2Id =
  (prefix: string): Answer<string> =>
  (resource) =>
    `${prefix}-0${hex(resource, 16)}`;

/** The input `property`, or the name that Pulumi's autonaming gives: logical name and seven hexadecimal digits. */
export const nameOr =
  (property = "name"): Answer<string> =>
  (resource) =>
    text(resource, property) ?? `${resource.name}-${hex(resource, 7)}`;

/** A copy of another property of the resource. */
export const input =
  (property: string): Answer<string> =>
  (resource) =>
    text(resource, property) ?? "";

export const fixed =
  <T extends Json>(value: T): Answer<T> =>
  () =>
    value;

export const accountId: Answer<string> = (_, account) => account.accountId;

/** `arn:PARTITION:SERVICE:REGION:ACCOUNT:PATH`. */
export const arn =
  (service: string, path: Answer<string>): Answer<string> =>
  (resource, account) =>
    `arn:${account.partition}:${service}:${account.region}:${account.accountId}:${path(resource, account)}`;

/** ARN of a service without regions: `arn:PARTITION:SERVICE::ACCOUNT:PATH`. */
export const globalArn =
  (service: string, path: Answer<string>): Answer<string> =>
  (resource, account) =>
    `arn:${account.partition}:${service}::${account.accountId}:${path(resource, account)}`;

/** `PREFIX` followed by the answer, for paths of ARNs. */
export const prefixed =
  (prefix: string, answer: Answer<string>): Answer<string> =>
  (resource, account) =>
    prefix + answer(resource, account);
