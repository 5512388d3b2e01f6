import { InvokeResponse } from "@pulumi/pulumi/proto/provider_pb";
import type { Callback } from "@pulumi/pulumi/proto/callback_pb";
import type {
  ReadResourceRequest,
  RegisterResourceOutputsRequest,
  RegisterResourceRequest,
  ResourceCallRequest,
  ResourceInvokeRequest,
  SupportsFeatureRequest,
} from "@pulumi/pulumi/proto/resource_pb";
import {
  RegisterResourceResponse,
  SupportsFeatureResponse,
} from "@pulumi/pulumi/proto/resource_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { AwsAccount } from "../simulated-aws/account";
import { plainBag, urnOf } from "../simulated-aws/protocol-values";
import { constructRemote } from "../simulated-aws/remote-components";
import type { ResourceMonitor } from "../simulated-aws/resource-monitor";
import { fromStruct, toStruct } from "../simulated-aws/resource-monitor";
import type { CloudAnswers } from "./cloud-answers";
import { PREVIEW_ANSWERS } from "./cloud-answers";
import type { Bag, Json, ResourceNode } from "./graph";
import { inProcessClient } from "./in-process-client";
import type { ProgramFunctions } from "./sdk-internals";
import { Transforms } from "./transforms";
import type { ProgramIdentity } from "./registration";
import { nodeOf, redacted, STACK_TYPE } from "./registration";

/** Features of the protocol that the recorder has; the SDK asks for each by name. */
const FEATURES = new Set([
  "secrets",
  "resourceReferences",
  // Not outputValues: they would stand in the inputs of remote components in place of plain values.
  "deletedWith",
  "transforms",
  "replaceWith",
  "aliasSpecs",
  "resourceHooks",
  "errorHooks",
]);

/**
 * The engine's side of a run: a resource monitor that keeps every registration and has it answered. In a
 * preview that is what is known without AWS; the rest is unknown.
 */
export class ResourceRecorder {
  /** By URN. */
  readonly nodes = new Map<string, ResourceNode>();
  /** What the program itself registered, refused or not: no children of remote components. */
  readonly registered: { type: string; name: string }[] = [];
  private readonly urns = new Set<string>();
  /** Ids and outputs on the wire by URN, for those who read a reference to a resource. */
  private readonly states = new Map<string, { readonly id: string; readonly state: Bag }>();
  /** Remote components whose own registration is still to come. */
  private readonly pending = new Set<string>();
  /** Remote components and everything below them. */
  private readonly constructed = new Set<string>();

  private readonly transforms: Transforms;

  /**
   * @param functions where the program's transforms are found
   * @param onError is told what goes wrong inside a remote component, before the program is
   * @param answers what answers for AWS
   */
  constructor(
    private readonly identity: ProgramIdentity,
    private readonly accountOf: () => AwsAccount,
    functions: ProgramFunctions,
    private readonly onError: (error: unknown) => void,
    private readonly answers: CloudAnswers = PREVIEW_ANSWERS,
  ) {
    this.transforms = new Transforms(functions);
  }

  /** The methods of the protocol's service ResourceMonitor. */
  readonly rpcs = {
    supportsFeature: (request: SupportsFeatureRequest) => {
      const response = new SupportsFeatureResponse();
      response.setHassupport(FEATURES.has(request.getId()));
      return response;
    },
    registerResource: (request: RegisterResourceRequest) => this.register(request),
    registerResourceOutputs: (request: RegisterResourceOutputsRequest) => {
      this.complete(request.getUrn(), fromStruct(request.getOutputs()));
      return new Empty();
    },
    invoke: (request: ResourceInvokeRequest) => this.invoke(request),
    registerStackTransform: (callback: Callback) => {
      this.transforms.addToStack(callback);
      return new Empty();
    },
    // Hooks run around operations, and a preview has none.
    registerResourceHook: () => new Empty(),
    registerErrorHook: () => new Empty(),
    signalAndWaitForShutdown: () => new Empty(),
    readResource: (request: ReadResourceRequest): never => {
      this.registered.push({ type: request.getType(), name: request.getName() });
      throw new Error(
        `${request.getType()} "${request.getName()}" is read from the cloud by its id, which a preview without an account cannot do; ` +
          "look it up with a function of its package",
      );
    },
    call: (request: ResourceCallRequest): never => {
      throw new Error(`method "${request.getTok()}" of a resource cannot be called in a preview`);
    },
    registerPackage: (): never => {
      throw new Error("parameterized providers are not known to the preview; use a package of npm");
    },
  };

  private register(
    request: RegisterResourceRequest,
  ): RegisterResourceResponse | Promise<RegisterResourceResponse> {
    const [type, name, parent] = [request.getType(), request.getName(), request.getParent()];
    const urn = urnOf(this.identity.project, this.identity.stack, parent, type, name);
    if (this.pending.delete(urn)) {
      return respond(urn, {});
    }
    if (this.constructed.has(parent)) {
      this.constructed.add(urn);
    } else {
      this.registered.push({ type, name });
    }
    if (this.urns.has(urn)) {
      throw new Error(
        `duplicate resource URN "${urn}"; give each resource of a type and parent a name of its own`,
      );
    }
    this.urns.add(urn);
    const transforms = this.transforms.for(request, urn);
    return transforms.length > 0
      ? this.transforms.apply(request, transforms).then(() => this.answer(request, urn))
      : this.answer(request, urn);
  }

  private answer(
    request: RegisterResourceRequest,
    urn: string,
  ): RegisterResourceResponse | Promise<RegisterResourceResponse> {
    return request.getRemote() ? this.construct(request, urn) : this.keep(request, urn);
  }

  private keep(request: RegisterResourceRequest, urn: string): RegisterResourceResponse {
    const onWire = fromStruct(request.getObject());
    const inputs = redacted(onWire, (value, path) => this.answers.noteSecret?.(urn, path, value));
    if (!request.getCustom()) {
      this.nodes.set(urn, nodeOf(request, this.identity, inputs, {}));
      return respond(urn, onWire);
    }
    const resource = {
      type: request.getType(),
      name: request.getName(),
      inputs: plainBag(onWire, () => this.answers.concealed),
    };
    const { id, outputs } = this.answers.resource(urn, resource, this.accountOf());
    this.nodes.set(urn, nodeOf(request, this.identity, inputs, { ...outputs, ...inputs }));
    const state = { ...outputs, ...onWire };
    this.states.set(urn, { id, state });
    return respond(urn, state, id);
  }

  /** As the engine does, has the component's provider construct it; its registrations come back here. */
  private async construct(
    request: RegisterResourceRequest,
    urn: string,
  ): Promise<RegisterResourceResponse> {
    this.pending.add(urn);
    this.constructed.add(urn);
    const inputs = redacted(fromStruct(request.getObject()));
    this.nodes.set(urn, nodeOf(request, this.identity, inputs, {}));
    const monitor = inProcessClient(this.rpcs, this.onError) as ResourceMonitor;
    const response = await constructRemote(request, monitor);
    this.complete(urn, fromStruct(response.getObject()));
    return response;
  }

  /** Outputs of a component or, under the stack's URN, of the stack. */
  private complete(urn: string, onWire: Bag): void {
    const node = this.nodes.get(urn);
    if (node === undefined) {
      throw new Error(`outputs of the unknown resource "${urn}"`);
    }
    this.nodes.set(urn, { ...node, outputs: redacted(onWire) });
    this.states.set(urn, { id: "", state: onWire });
  }

  private invoke(request: ResourceInvokeRequest): InvokeResponse {
    const token = request.getTok();
    const args = fromStruct(request.getArgs());
    const response = new InvokeResponse();
    response.setReturn(
      toStruct(
        token === "pulumi:pulumi:getResource"
          ? this.resource(args["urn"])
          : this.answers.call(token, args, this.accountOf()),
      ),
    );
    return response;
  }

  /** A resource that the program holds a reference to. */
  private resource(urn: Json | undefined): Bag {
    const known = typeof urn === "string" ? this.states.get(urn) : undefined;
    if (urn === undefined || known === undefined) {
      throw new Error(`reference to the unknown resource ${JSON.stringify(urn)}`);
    }
    return { urn, ...known };
  }

  /** Every resource, sorted by URN, and the stack's outputs. */
  graph(): { resources: readonly ResourceNode[]; outputs: Bag } {
    const resources = [...this.nodes.values()].sort((one, other) => (one.urn < other.urn ? -1 : 1));
    return { resources, outputs: resources.find(({ type }) => type === STACK_TYPE)?.outputs ?? {} };
  }
}

function respond(urn: string, outputs: Bag, id = ""): RegisterResourceResponse {
  const response = new RegisterResourceResponse();
  response.setUrn(urn);
  response.setId(id);
  response.setObject(toStruct(outputs));
  return response;
}
