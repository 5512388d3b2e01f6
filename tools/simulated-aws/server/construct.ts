import * as grpc from "@grpc/grpc-js";
import { ConstructResponse } from "@pulumi/pulumi/proto/provider_pb";
import type { ConstructRequest } from "@pulumi/pulumi/proto/provider_pb";
import { ResourceMonitorClient } from "@pulumi/pulumi/proto/resource_grpc_pb";
import { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";
import { constructRemote } from "../remote-components";
import { MESSAGE_LIMITS } from "./grpc-server";

/**
 * The protocol's method Construct: registers a remote component and its children with the engine's
 * monitor, whose address is in the request, and answers the component's outputs.
 *
 * @throws where the component is none of those that are simulated
 */
export async function construct(request: ConstructRequest): Promise<ConstructResponse> {
  const monitor = new ResourceMonitorClient(
    request.getMonitorendpoint(),
    grpc.credentials.createInsecure(),
    MESSAGE_LIMITS,
  );
  try {
    const constructed = await constructRemote(asRegistration(request), monitor);
    const response = new ConstructResponse();
    response.setUrn(constructed.getUrn());
    response.setState(constructed.getObject());
    constructed.getPropertydependenciesMap().forEach((dependencies, property) => {
      const urns = new ConstructResponse.PropertyDependencies();
      urns.setUrnsList(dependencies.getUrnsList());
      response.getStatedependenciesMap().set(property, urns);
    });
    return response;
  } finally {
    monitor.close();
  }
}

/** The program's registration of the component, which the engine made the request from. */
function asRegistration(request: ConstructRequest): RegisterResourceRequest {
  const registration = new RegisterResourceRequest();
  registration.setType(request.getType());
  registration.setName(request.getName());
  registration.setParent(request.getParent());
  registration.setRemote(true);
  registration.setObject(request.getInputs());
  registration.setDependenciesList(request.getDependenciesList());
  registration.setProtect(request.getProtect() ?? false);
  request.getProvidersMap().forEach((provider, pkg) => {
    registration.getProvidersMap().set(pkg, provider);
  });
  request.getInputdependenciesMap().forEach((dependencies, property) => {
    const urns = new RegisterResourceRequest.PropertyDependencies();
    urns.setUrnsList(dependencies.getUrnsList());
    registration.getPropertydependenciesMap().set(property, urns);
  });
  return registration;
}
