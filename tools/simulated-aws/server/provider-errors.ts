import * as grpc from "@grpc/grpc-js";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import type { Bag } from "../../preview/graph";
import { PartialFailure } from "../cloud/cloud";
import { toStruct } from "../resource-monitor";

export type Operation = "creating" | "updating" | "reading" | "deleting";

/** Names of services as the AWS provider writes them, where they are not the module in capitals. */
const SERVICES: Readonly<Record<string, string>> = {
  alb: "ELBv2",
  appautoscaling: "Application Auto Scaling",
  autoscaling: "Auto Scaling",
  cloudwatch: "CloudWatch",
  docker: "Docker",
  lb: "ELBv2",
  route53: "Route 53",
  wafv2: "WAFv2",
};

/**
 * The refusal of an operation in the AWS provider's wording, for example
 * `creating ECS Service (web): InvalidParameterException: …`.
 *
 * @param resource its id, or its logical name where it has none yet
 */
export function describeRefusal(
  operation: Operation,
  type: string,
  resource: string,
  error: unknown,
): string {
  const reason = error instanceof Error ? error.message : String(error);
  // What the provider waits for in vain after AWS has taken the request, it names itself.
  return reason.startsWith("waiting for ")
    ? reason
    : `${operation} ${nounOf(type)} (${resource}): ${reason}`;
}

/** `aws:ecs/taskDefinition:TaskDefinition` is `ECS Task Definition`. */
function nounOf(type: string): string {
  const [pkg = "", path = "", className = ""] = type.split(":");
  const [module = ""] = path.split("/");
  const service = SERVICES[pkg === "aws" ? module : pkg] ?? module.toUpperCase();
  return `${service} ${className.replace(/(?<=[a-z])(?=[A-Z])/g, " ")}`;
}

/**
 * The error of an operation as the engine takes it. Where the resource exists nevertheless, the
 * error carries it in the protocol's detail ErrorResourceInitFailed, and the engine keeps it.
 *
 * @param properties for the wire, what of the resource exists
 */
export function operationError(
  message: string,
  error: unknown,
  inputs: Bag,
  properties: (outputs: Bag) => Bag,
): grpc.ServiceError {
  const metadata = new grpc.Metadata();
  if (error instanceof PartialFailure) {
    const failed = new ErrorResourceInitFailed();
    failed.setId(error.created.id);
    failed.setInputs(toStruct(inputs));
    failed.setProperties(toStruct(properties(error.created.outputs)));
    failed.setReasonsList([message]);
    const detail = new Any();
    detail.pack(failed.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
    const status = new Status();
    status.setCode(grpc.status.UNKNOWN);
    status.setMessage(message);
    status.addDetails(detail);
    // Where gRPC's libraries look for the details of an error.
    metadata.add("grpc-status-details-bin", Buffer.from(status.serializeBinary()));
  }
  return Object.assign(new Error(message), {
    code: grpc.status.UNKNOWN,
    details: message,
    metadata,
  });
}
