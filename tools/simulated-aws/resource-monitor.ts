import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { InvokeResponse } from "@pulumi/pulumi/proto/provider_pb";
import type { RegisterResourceResponse } from "@pulumi/pulumi/proto/resource_pb";
import {
  RegisterResourceOutputsRequest,
  RegisterResourceRequest,
  ResourceInvokeRequest,
} from "@pulumi/pulumi/proto/resource_pb";
import type { Bag, Json } from "../preview/graph";
import { UNKNOWN } from "../preview/graph";

type Done<T> = (error: Error | null | undefined, response: T) => void;

/** What a provider asks a resource monitor for; the SDK's gRPC client has these methods too. */
export interface ResourceMonitor {
  registerResource(request: RegisterResourceRequest, done: Done<RegisterResourceResponse>): unknown;
  registerResourceOutputs(request: RegisterResourceOutputsRequest, done: Done<Empty>): unknown;
  invoke(request: ResourceInvokeRequest, done: Done<InvokeResponse>): unknown;
}

/** A resource to register, in the protocol's own terms. */
export interface Registration {
  readonly type: string;
  readonly name: string;
  /** URN, or empty for none. */
  readonly parent: string;
  readonly custom: boolean;
  readonly inputs: Bag;
  /** URNs of what the option `dependsOn` names. */
  readonly dependsOn: readonly string[];
  /** URNs by the property that refers to them. */
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  readonly protect: boolean | undefined;
  /** `urn::id` of an explicit provider, or empty for the default one. */
  readonly provider: string;
  /** Version of the provider that the default one must have, or empty for any. */
  readonly version: string;
}

/** A resource as the monitor answered for it; the id is empty in a preview. */
export interface Registered {
  readonly urn: string;
  readonly id: string;
  readonly outputs: Bag;
}

/** The id, or the unknown value in its place. */
export const idOf = ({ id }: Registered): Json => (id === "" ? UNKNOWN : id);

/** A bag of JSON as the protocol's struct. */
export const toStruct = (bag: Bag): Struct => Struct.fromJavaScript(bag);

/** The protocol's struct as a bag of JSON; empty where there is none. */
export const fromStruct = (struct: Struct | undefined): Bag => struct?.toJavaScript() ?? {};

/** Registers one resource. */
export async function register(
  monitor: ResourceMonitor,
  registration: Registration,
): Promise<Registered> {
  const request = new RegisterResourceRequest();
  request.setType(registration.type);
  request.setName(registration.name);
  request.setParent(registration.parent);
  request.setCustom(registration.custom);
  request.setObject(toStruct(registration.inputs));
  request.setProvider(registration.provider);
  request.setVersion(registration.version);
  request.setAcceptsecrets(true);
  request.setAcceptresources(true);
  request.setSupportspartialvalues(true);
  request.setAliasspecs(true);
  if (registration.protect !== undefined) {
    request.setProtect(registration.protect);
  }
  const properties = Object.entries(registration.propertyDependencies);
  request.setDependenciesList([
    ...new Set([...registration.dependsOn, ...properties.flatMap(([, urns]) => urns)]),
  ]);
  for (const [property, urns] of properties) {
    const dependencies = new RegisterResourceRequest.PropertyDependencies();
    dependencies.setUrnsList([...urns]);
    request.getPropertydependenciesMap().set(property, dependencies);
  }
  const response = await new Promise<RegisterResourceResponse>((resolve, reject) => {
    monitor.registerResource(request, settle(resolve, reject));
  });
  return {
    urn: response.getUrn(),
    id: response.getId(),
    outputs: fromStruct(response.getObject()),
  };
}

/** Completes a component. */
export async function registerOutputs(
  monitor: ResourceMonitor,
  urn: string,
  outputs: Bag,
): Promise<void> {
  const request = new RegisterResourceOutputsRequest();
  request.setUrn(urn);
  request.setOutputs(toStruct(outputs));
  await new Promise<Empty>((resolve, reject) => {
    monitor.registerResourceOutputs(request, settle(resolve, reject));
  });
}

/**
 * Calls a function of a provider's default instance of a version. Rejects where the monitor does, or
 * where the provider refuses the arguments.
 */
export async function invoke(
  monitor: ResourceMonitor,
  { token, version }: { readonly token: string; readonly version: string },
  args: Bag,
): Promise<Bag> {
  const request = new ResourceInvokeRequest();
  request.setTok(token);
  request.setVersion(version);
  request.setArgs(toStruct(args));
  const response = await new Promise<InvokeResponse>((resolve, reject) => {
    monitor.invoke(request, settle(resolve, reject));
  });
  const failures = response.getFailuresList().map((failure) => failure.getReason());
  if (failures.length > 0) {
    throw new Error(`${token}: ${failures.join("; ")}`);
  }
  return fromStruct(response.getReturn());
}

const settle =
  <T>(resolve: (response: T) => void, reject: (error: Error) => void): Done<T> =>
  (error, response) => {
    if (error === null || error === undefined) {
      resolve(response);
    } else {
      reject(error);
    }
  };
