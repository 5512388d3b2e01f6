import { RegisterResourceResponse } from "@pulumi/pulumi/proto/resource_pb";
import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";
import { constructVpc, VPC_TYPE } from "./awsx-vpc";
import type { ConstructRequest } from "./awsx-vpc";
import { fromStruct, toStruct } from "./resource-monitor";
import type { ResourceMonitor } from "./resource-monitor";

/**
 * What the engine does with the registration of a remote component: it has the component's provider
 * construct it, which registers the component and its children with `monitor`, and answers the
 * program with the component's outputs.
 *
 * @throws where the component is none of those that are simulated
 */
export async function constructRemote(
  request: RegisterResourceRequest,
  monitor: ResourceMonitor,
): Promise<RegisterResourceResponse> {
  if (request.getType() !== VPC_TYPE) {
    throw new Error(
      `resource "${request.getName()}" is a remote component of the type "${request.getType()}", which is not simulated; ` +
        `only "${VPC_TYPE}" is: declare its parts with @pulumi/aws, or add it to tools/simulated-aws/remote-components.ts`,
    );
  }
  const { urn, state, stateDependencies } = await constructVpc(constructRequest(request), monitor);
  const response = new RegisterResourceResponse();
  response.setUrn(urn);
  response.setObject(toStruct(state));
  for (const [property, urns] of Object.entries(stateDependencies)) {
    const dependencies = new RegisterResourceResponse.PropertyDependencies();
    dependencies.setUrnsList([...urns]);
    response.getPropertydependenciesMap().set(property, dependencies);
  }
  return response;
}

function constructRequest(request: RegisterResourceRequest): ConstructRequest {
  const inputDependencies: Record<string, readonly string[]> = {};
  request.getPropertydependenciesMap().forEach((dependencies, property) => {
    inputDependencies[property] = dependencies.getUrnsList();
  });
  return {
    name: request.getName(),
    parent: request.getParent(),
    inputs: fromStruct(request.getObject()),
    inputDependencies,
    dependencies: request.getDependenciesList(),
    protect: request.getProtect() ?? false,
    providers: Object.fromEntries(request.getProvidersMap().getEntryList()),
  };
}
