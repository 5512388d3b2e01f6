import { InvokeResponse } from "@pulumi/pulumi/proto/provider_pb";
import type {
  RegisterResourceRequest,
  ResourceInvokeRequest,
} from "@pulumi/pulumi/proto/resource_pb";
import { RegisterResourceResponse } from "@pulumi/pulumi/proto/resource_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { Bag, Json } from "../../tools/preview/graph";
import { UNKNOWN } from "../../tools/preview/graph";
import { inProcessClient } from "../../tools/preview/in-process-client";
import { accountOf } from "../../tools/simulated-aws/account";
import { invokeFunction } from "../../tools/simulated-aws/functions";
import { plainBag, urnOf } from "../../tools/simulated-aws/protocol-values";
import type { ResourceMonitor } from "../../tools/simulated-aws/resource-monitor";
import { fromStruct, toStruct } from "../../tools/simulated-aws/resource-monitor";
import { deployedResource, previewOutputs } from "../../tools/simulated-aws/resource-types";

/** A child of a component in short: URNs are written as `type name`, unknown values as `?`. */
interface ShortChild {
  readonly resource: string;
  readonly parent: string;
  readonly inputs: Json;
  readonly dependencies: readonly string[];
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
}

/** What a component's provider registered and answered, in a stable order. */
export interface Construction {
  readonly children: readonly ShortChild[];
  readonly state: Json;
  readonly stateDependencies: Readonly<Record<string, readonly string[]>>;
}

/** A monitor as an engine with an AWS provider behind it: zones are known, also in a preview. */
export class ListeningMonitor {
  readonly requests: RegisterResourceRequest[] = [];
  private readonly account = accountOf({ "aws:region": "eu-central-1" });

  /** @param offline true answers for functions what a preview without an account can */
  constructor(
    private readonly preview: boolean,
    private readonly offline = false,
  ) {}

  readonly client = inProcessClient(
    {
      registerResource: (request: RegisterResourceRequest) => this.register(request),
      registerResourceOutputs: () => new Empty(),
      invoke: (request: ResourceInvokeRequest) => {
        const response = new InvokeResponse();
        const args = fromStruct(request.getArgs());
        response.setReturn(
          toStruct(invokeFunction(request.getTok(), args, this.account, this.offline)),
        );
        return response;
      },
    },
    () => undefined,
  ) as ResourceMonitor;

  private register(request: RegisterResourceRequest): RegisterResourceResponse {
    this.requests.push(request);
    const [type, name] = [request.getType(), request.getName()];
    const inputs = plainBag(fromStruct(request.getObject()), (value) => value);
    const response = new RegisterResourceResponse();
    response.setUrn(urnOf("shop", "dev", request.getParent(), type, name));
    if (!request.getCustom()) {
      response.setObject(request.getObject());
    } else if (this.preview) {
      response.setObject(toStruct(previewOutputs({ type, name, inputs }, this.account)));
    } else {
      const { id, outputs } = deployedResource({ type, name, inputs }, this.account);
      response.setId(id);
      response.setObject(toStruct(outputs));
    }
    return response;
  }

  /** The children and the answer, made short so that a recorded construction stays readable. */
  construction(state: Bag, stateDependencies: Construction["stateDependencies"]): Construction {
    const children = this.requests
      .filter((request) => request.getCustom())
      .map((request) => {
        const propertyDependencies: Record<string, readonly string[]> = {};
        request.getPropertydependenciesMap().forEach((dependencies, property) => {
          propertyDependencies[property] = dependencies.getUrnsList();
        });
        return {
          resource: `${request.getType()} ${request.getName()}`,
          parent: shortUrn(request.getParent()),
          inputs: short(fromStruct(request.getObject())),
          dependencies: shortUrns(request.getDependenciesList()),
          propertyDependencies: shortDependencies(propertyDependencies),
        };
      })
      .sort((one, other) => (one.resource < other.resource ? -1 : 1));
    return {
      children,
      state: short(state),
      stateDependencies: shortDependencies(stateDependencies),
    };
  }
}

const shortUrn = (urn: string): string =>
  `${urn.split("::")[2]?.split("$").pop() ?? ""} ${urn.split("::")[3] ?? ""}`;

const shortUrns = (urns: readonly string[]): readonly string[] =>
  [...new Set(urns)].map(shortUrn).sort();

const shortDependencies = (dependencies: Readonly<Record<string, readonly string[]>>) =>
  Object.fromEntries(
    Object.entries(dependencies)
      .filter(([, urns]) => urns.length > 0)
      .map(([property, urns]): [string, readonly string[]] => [property, shortUrns(urns)])
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  );

/** Keys sorted, unknown values `?`, and references to resources as `type name @ id`. */
function short(value: Json): Json {
  if (value === UNKNOWN) {
    return "?";
  }
  if (value === null || typeof value !== "object") {
    return value;
  }
  if (Array.isArray(value)) {
    return value.map(short);
  }
  const { urn, id } = value;
  if (typeof urn === "string") {
    return `${shortUrn(urn)} @ ${typeof id === "string" && id !== "" && id !== UNKNOWN ? id : "?"}`;
  }
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, inner]): [string, Json] => [key, short(inner)])
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  );
}
