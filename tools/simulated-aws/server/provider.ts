import { isDeepStrictEqual } from "node:util";
import * as provider from "@pulumi/pulumi/proto/provider_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { Rpcs } from "../../preview/in-process-client";
import { UNKNOWN } from "../../preview/graph";
import type { Bag } from "../../preview/graph";
import type { AwsAccount } from "../account";
import type { CheckFailure, Cloud } from "../cloud/cloud";
import { fromStruct, toStruct } from "../resource-monitor";
import { construct } from "./construct";
import { Deadlines } from "./deadline";
import type { Awaited } from "./deadline";
import { toDiffResponse } from "./detailed-diff";
import { outputsOfCreation, outputsOfUpdate } from "./preview-outputs";
import { describeRefusal, operationError } from "./provider-errors";
import type { Operation } from "./provider-errors";
import { sealed, secretsOf, unwrapped } from "./secret-values";

/** The part of a request that names a resource. */
interface Addressed {
  getType(): string;
  getName(): string;
}

type WireProperties = Parameters<typeof fromStruct>[0];

/** Newer than any version that a program asks for, which the engine would warn about. */
const VERSION = "999.0.0";

/**
 * The protocol of a resource provider over a simulated account. One instance serves the packages
 * `aws`, `docker` and `awsx`: types and tokens tell them apart.
 */
export class SimulatedProvider {
  private readonly deadlines = new Deadlines();
  /** Inputs by URN as the program declared them, before the provider filled in the rest. */
  private readonly declared = new Map<string, Bag>();

  constructor(
    private readonly cloud: Cloud,
    private readonly account: AwsAccount,
  ) {}

  /** The methods of the protocol's service ResourceProvider that an engine calls. */
  readonly rpcs: Rpcs = {
    handshake: () => {
      const response = new provider.ProviderHandshakeResponse();
      response.setAcceptSecrets(true);
      response.setAcceptResources(true);
      return response;
    },
    attach: () => new Empty(),
    getPluginInfo: () => new PluginInfo().setVersion(VERSION),
    checkConfig: (request: provider.CheckRequest) => this.checkConfig(request),
    diffConfig: (request: provider.DiffRequest) => {
      const [olds, news] = [fromStruct(request.getOldInputs()), fromStruct(request.getNews())];
      return toDiffResponse({ ...differing(olds, news), deleteBeforeReplace: false }, olds, news);
    },
    configure: () => {
      const response = new provider.ConfigureResponse();
      response.setAcceptsecrets(true);
      response.setAcceptresources(true);
      response.setSupportspreview(true);
      return response;
    },
    cancel: () => {
      this.deadlines.cancel();
      return new Empty();
    },
    check: (request: provider.CheckRequest) => this.check(request),
    diff: (request: provider.DiffRequest) => this.diff(request),
    create: (request: provider.CreateRequest) => this.create(request),
    update: (request: provider.UpdateRequest) => this.update(request),
    read: (request: provider.ReadRequest) => this.read(request),
    delete: (request: provider.DeleteRequest) => this.delete(request),
    invoke: (request: provider.InvokeRequest) => this.invoke(request),
    construct,
  };

  private checkConfig(request: provider.CheckRequest): provider.CheckResponse {
    const region = fromStruct(request.getNews())["region"];
    const fits = region === undefined || region === UNKNOWN || region === this.account.region;
    return checked(
      request.getNews(),
      fits
        ? []
        : [
            {
              property: "region",
              reason: `got ${JSON.stringify(region)}, the simulated account is in "${this.account.region}"; start it with the stack's region`,
            },
          ],
    );
  }

  private check(request: provider.CheckRequest): provider.CheckResponse {
    const onWire = fromStruct(request.getNews());
    const olds = request.hasOlds() ? unwrapped(fromStruct(request.getOlds())) : undefined;
    this.declared.set(request.getUrn(), onWire);
    const { inputs, failures } = this.cloud.check(named(request), unwrapped(onWire), olds);
    return checked(toStruct(sealed(inputs, secretsOf(onWire))), failures);
  }

  private diff(request: provider.DiffRequest): provider.DiffResponse {
    const olds = unwrapped(fromStruct(request.getOldInputs()));
    const news = unwrapped(fromStruct(request.getNews()));
    const diff = this.cloud.diff(deployed(request, request.getOlds()), {
      olds,
      news,
      ignored: request.getIgnorechangesList(),
    });
    return toDiffResponse(diff, olds, news);
  }

  private async create(request: provider.CreateRequest): Promise<provider.CreateResponse> {
    const onWire = fromStruct(request.getProperties());
    const response = new provider.CreateResponse();
    if (request.getPreview()) {
      const declared = this.declared.get(request.getUrn()) ?? onWire;
      response.setProperties(toStruct(outputsOfCreation(named(request), declared, this.account)));
      return response;
    }
    const { id, outputs } = await this.operate(
      "creating",
      request,
      { inputs: onWire, shown: request.getName(), awaited: "available" },
      () => this.cloud.create(named(request), unwrapped(onWire)),
    );
    response.setId(id);
    response.setProperties(toStruct(sealed(outputs, secretsOf(onWire))));
    return response;
  }

  private async update(request: provider.UpdateRequest): Promise<provider.UpdateResponse> {
    const [state, onWire] = [fromStruct(request.getOlds()), fromStruct(request.getNews())];
    const response = new provider.UpdateResponse();
    if (request.getPreview()) {
      response.setProperties(
        toStruct(outputsOfUpdate(named(request), state, onWire, this.account)),
      );
      return response;
    }
    const resource = deployed(request, request.getOlds());
    const outputs = await this.operate(
      "updating",
      request,
      { inputs: onWire, shown: request.getId(), awaited: "available" },
      () =>
        this.cloud.update(
          resource,
          unwrapped(fromStruct(request.getOldInputs())),
          unwrapped(onWire),
        ),
    );
    response.setProperties(toStruct(sealed(outputs, secretsOf(onWire))));
    return response;
  }

  private async read(request: provider.ReadRequest): Promise<provider.ReadResponse> {
    const [inputs, state] = [fromStruct(request.getInputs()), fromStruct(request.getProperties())];
    const resource = deployed(request, request.getProperties());
    const found = await this.operate(
      "reading",
      request,
      { inputs, shown: request.getId(), awaited: "available" },
      () => this.cloud.read(resource),
    );
    const response = new provider.ReadResponse();
    // An empty id tells the engine that the resource is gone.
    if (found !== undefined) {
      const secrets = secretsOf(inputs, state);
      response.setId(found.id);
      response.setInputs(toStruct(sealed(found.inputs, secrets)));
      response.setProperties(toStruct(sealed(found.outputs, secrets)));
    }
    return response;
  }

  private async delete(request: provider.DeleteRequest): Promise<Empty> {
    const resource = deployed(request, request.getProperties());
    await this.operate(
      "deleting",
      request,
      { inputs: {}, shown: request.getId(), awaited: "gone" },
      () => this.cloud.delete(resource),
    );
    return new Empty();
  }

  private async invoke(request: provider.InvokeRequest): Promise<provider.InvokeResponse> {
    const args = fromStruct(request.getArgs());
    const result = await this.cloud.invoke(request.getTok(), unwrapped(args));
    const response = new provider.InvokeResponse();
    response.setReturn(toStruct(sealed(result, secretsOf(args))));
    return response;
  }

  /** Runs an operation within its timeout; what it refuses comes in the provider's wording. */
  private async operate<T>(
    operation: Operation,
    request: Addressed & { getTimeout(): number },
    about: { readonly inputs: Bag; readonly shown: string; readonly awaited: Awaited },
    run: () => Promise<T>,
  ): Promise<T> {
    try {
      return await this.deadlines.within(request.getTimeout(), about.awaited, run());
    } catch (error) {
      const message = describeRefusal(operation, request.getType(), about.shown, error);
      const secrets = secretsOf(about.inputs);
      throw operationError(message, error, about.inputs, (outputs) => sealed(outputs, secrets));
    }
  }
}

const named = (request: Addressed) => ({ type: request.getType(), name: request.getName() });

const deployed = (request: Addressed & { getId(): string }, state: WireProperties) => ({
  ...named(request),
  id: request.getId(),
  state: unwrapped(fromStruct(state)),
});

function checked(
  inputs: WireProperties,
  failures: readonly CheckFailure[],
): provider.CheckResponse {
  const response = new provider.CheckResponse();
  response.setInputs(inputs);
  response.setFailuresList(
    failures.map(({ property, reason }) => {
      const failure = new provider.CheckFailure();
      failure.setProperty(property);
      failure.setReason(reason);
      return failure;
    }),
  );
  return response;
}

/** The settings of a provider that differ; none of them makes its resources be replaced. */
function differing(olds: Bag, news: Bag): { changed: string[]; replaces: string[] } {
  const keys = new Set([...Object.keys(olds), ...Object.keys(news)]);
  const changed = [...keys].filter((key) => !isDeepStrictEqual(olds[key], news[key]));
  return { changed, replaces: [] };
}
