import { isIPv4 } from "node:net";
import type { Json } from "../../../preview/graph";
import type { ArgumentCheck } from "./argument";

/**
 * Checks in the words of the provider's SDK.
 * Source: helper/validation of hashicorp/terraform-plugin-sdk and internal/verify of
 * hashicorp/terraform-provider-aws.
 */

/** A whole number from `minimum` to `maximum`; a number in a text counts. */
export const between =
  (minimum: number, maximum: number): ArgumentCheck =>
  (value, argument) => {
    const number = Number(value);
    return Number.isInteger(number) && number >= minimum && number <= maximum
      ? undefined
      : `expected ${argument} to be in the range (${String(minimum)} - ${String(maximum)}), got ${text(value)}`;
  };

export const atLeast =
  (minimum: number): ArgumentCheck =>
  (value, argument) =>
    Number(value) >= minimum
      ? undefined
      : `expected ${argument} to be at least (${String(minimum)}), got ${text(value)}`;

/** One of the values; the SDK prints texts in quotes. */
export const oneOf =
  (...values: readonly (string | number)[]): ArgumentCheck =>
  (value, argument) =>
    values.includes(value as string | number)
      ? undefined
      : `expected ${argument} to be one of [${values.map((each) => JSON.stringify(each)).join(" ")}], got ${text(value)}`;

export const anyOf =
  (...checks: readonly ArgumentCheck[]): ArgumentCheck =>
  (value, argument) => {
    const faults = checks.map((check) => check(value, argument));
    return faults.includes(undefined) ? undefined : faults.join("; ");
  };

export const lengthBetween =
  (minimum: number, maximum: number): ArgumentCheck =>
  (value, argument) =>
    typeof value === "string" && value.length >= minimum && value.length <= maximum
      ? undefined
      : `expected length of ${argument} to be in the range (${String(minimum)} - ${String(maximum)}), got ${text(value)}`;

export const startsWith =
  (start: string): ArgumentCheck =>
  (value, argument) =>
    typeof value === "string" && value.startsWith(start)
      ? undefined
      : `"${argument}" must begin with '${start}', got ${text(value)}`;

export const json: ArgumentCheck = (value, argument) => {
  if (typeof value !== "string") {
    return undefined;
  }
  try {
    JSON.parse(value);
    return undefined;
  } catch (error) {
    return `"${argument}" contains an invalid JSON: ${(error as Error).message}`;
  }
};

/** An ARN has six parts, and names a partition, a service and a resource. */
export const arn: ArgumentCheck = (value, argument) => {
  const parts = text(value).split(":");
  const reason = !text(value).startsWith("arn:")
    ? "arn: invalid prefix"
    : parts.length < 6
      ? "arn: not enough sections"
      : undefined;
  return reason === undefined
    ? undefined
    : `"${argument}" (${text(value)}) is an invalid ARN: ${reason}`;
};

/** An IPv4 network in CIDR notation without host bits. */
export const cidr: ArgumentCheck = (value) => {
  const block = text(value);
  const network = networkOf(block);
  if (network === undefined) {
    return `"${block}" is not a valid CIDR block: invalid CIDR address: ${block}`;
  }
  return network === block
    ? undefined
    : `"${block}" is not a valid IPv4 CIDR block; did you mean "${network}"?`;
};

/** A network whose prefix is as long as the service takes. */
export const cidrNetwork =
  (shortest: number, longest: number): ArgumentCheck =>
  (value, argument) => {
    const fault = cidr(value, argument);
    const bits = Number(text(value).split("/")[1]);
    return (
      fault ??
      (bits >= shortest && bits <= longest
        ? undefined
        : `expected "${argument}" to contain a network Value with between ${String(shortest)} and ${String(longest)} significant bits, got: ${String(bits)}`)
    );
  };

/** Names of load balancers and target groups. Source: validName of internal/service/elbv2. */
export const loadBalancerName: ArgumentCheck = (value, argument) => {
  const name = text(value);
  return (
    [
      ...(/^[0-9A-Za-z-]*$/.test(name)
        ? []
        : [`only alphanumeric characters and hyphens allowed in "${argument}": "${name}"`]),
      ...(name.length <= 32
        ? []
        : [`"${argument}" cannot be longer than 32 characters: "${name}"`]),
      ...(name.startsWith("-") ? [`"${argument}" cannot begin with a hyphen: "${name}"`] : []),
      ...(name.endsWith("-") ? [`"${argument}" cannot end with a hyphen: "${name}"`] : []),
    ].join("; ") || undefined
  );
};

/** The network that a block lies in, or undefined where it is none. */
function networkOf(block: string): string | undefined {
  const [address = "", length = ""] = block.split("/");
  const bits = Number(length);
  if (!isIPv4(address) || !/^\d{1,2}$/.test(length) || bits > 32) {
    return undefined;
  }
  const number = address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
  const size = 2 ** (32 - bits);
  const first = Math.floor(number / size) * size;
  const parts = [24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256);
  return `${parts.join(".")}/${length}`;
}

function text(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
