import type { Policies } from "@pulumi/policy";
import * as proto from "@pulumi/pulumi/proto/analyzer_pb";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { Bag } from "../preview/graph";
import { fromStruct, toStruct } from "../simulated-aws/resource-monitor";

/** A resource as the engine hands it to a policy pack. */
export interface AnalyzedResource {
  readonly type: string;
  readonly urn: string;
  readonly name: string;
  /** Inputs for resource policies, outputs for stack policies; unknown values are UNKNOWN. */
  readonly props: Bag;
  readonly parent: string | undefined;
  readonly protect: boolean;
  readonly ignoreChanges: readonly string[];
  readonly dependencies: readonly string[];
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
}

/** What a policy said. */
export interface Diagnostic {
  readonly policy: string;
  readonly level: "advisory" | "mandatory";
  readonly severity: string;
  /** URN of the resource at fault; empty where a policy could not be decided for the stack. */
  readonly urn: string;
  readonly message: string;
  /** True where the policy met an unknown value and decided nothing. */
  readonly undecided: boolean;
}

/** The name and version that diagnostics carry. */
const PACK = ["ecs-on-ec2", "0.1.0"] as const;

/** Runs every resource policy on one resource, by the SDK's own code. */
export async function analyzeResource(
  policies: Policies,
  resource: AnalyzedResource,
): Promise<readonly Diagnostic[]> {
  const request = requestOf(resource);
  const response = await call(server().makeAnalyzeRpcFun(...PACK, "mandatory", policies), request);
  return response
    .getDiagnosticsList()
    .map((diagnostic) => readDiagnostic(diagnostic, resource.urn));
}

/** What a policy would repair of a resource. */
export interface Repair {
  readonly policy: string;
  /** The inputs after this repair and those before it; undefined where nothing could be decided. */
  readonly props: Bag | undefined;
  /** Why nothing could be decided; empty otherwise. */
  readonly message: string;
}

/** Runs the repairs of every resource policy at level `remediate` on one resource, each on what the one before it left. */
export async function remediateResource(
  policies: Policies,
  resource: AnalyzedResource,
): Promise<readonly Repair[]> {
  const response = await call(
    server().makeRemediateRpcFun(...PACK, "mandatory", policies),
    requestOf(resource),
  );
  return response.getRemediationsList().map((remediation) => ({
    policy: remediation.getPolicyname(),
    props: remediation.hasProperties() ? fromStruct(remediation.getProperties()) : undefined,
    message: remediation.getDiagnostic(),
  }));
}

function requestOf(resource: AnalyzedResource): proto.AnalyzeRequest {
  const request = new proto.AnalyzeRequest();
  request.setType(resource.type);
  request.setUrn(resource.urn);
  request.setName(resource.name);
  request.setProperties(structOf(resource.props));
  request.setOptions(optionsOf(resource));
  return request;
}

/** The SDK only reads a request, so that the struct of one bag serves every policy. */
const structs = new WeakMap<Bag, Struct>();

function structOf(bag: Bag): Struct {
  const known = structs.get(bag) ?? toStruct(bag);
  structs.set(bag, known);
  return known;
}

/** Runs every stack policy on all resources of a stack, by the SDK's own code. */
export async function analyzeStack(
  policies: Policies,
  resources: readonly AnalyzedResource[],
): Promise<readonly Diagnostic[]> {
  const request = new proto.AnalyzeStackRequest();
  request.setResourcesList(resources.map(stackResource));
  const response = await call(
    server().makeAnalyzeStackRpcFun(...PACK, "mandatory", policies),
    request,
  );
  return response.getDiagnosticsList().map((diagnostic) => readDiagnostic(diagnostic, ""));
}

/** The SDK only reads them, so that the message of one resource serves every policy. */
const stackResources = new WeakMap<AnalyzedResource, proto.AnalyzerResource>();

function stackResource(resource: AnalyzedResource): proto.AnalyzerResource {
  const known = stackResources.get(resource) ?? stackResourceOf(resource);
  stackResources.set(resource, known);
  return known;
}

function stackResourceOf(resource: AnalyzedResource): proto.AnalyzerResource {
  const message = new proto.AnalyzerResource();
  message.setType(resource.type);
  message.setUrn(resource.urn);
  message.setName(resource.name);
  message.setProperties(structOf(resource.props));
  message.setOptions(optionsOf(resource));
  message.setParent(resource.parent ?? "");
  message.setDependenciesList([...resource.dependencies]);
  for (const [property, urns] of Object.entries(resource.propertyDependencies)) {
    const dependencies = new proto.AnalyzerPropertyDependencies();
    dependencies.setUrnsList([...urns]);
    message.getPropertydependenciesMap().set(property, dependencies);
  }
  return message;
}

function optionsOf(resource: AnalyzedResource): proto.AnalyzerResourceOptions {
  const options = new proto.AnalyzerResourceOptions();
  options.setProtect(resource.protect);
  options.setIgnorechangesList([...resource.ignoreChanges]);
  options.setParent(resource.parent ?? "");
  return options;
}

/** `can't run policy 'x' from policy pack 'y' during preview: …`, the SDK's words for an unknown value. */
const UNDECIDED = /^can't run policy .* during preview: /;

function readDiagnostic(diagnostic: proto.AnalyzeDiagnostic, urn: string): Diagnostic {
  const { policyname, message, enforcementlevel, severity, urn: own } = diagnostic.toObject();
  // The SDK puts the policy's description before the text that a violation reports.
  const text = message.slice(message.lastIndexOf("\n") + 1);
  return {
    policy: policyname,
    level: enforcementlevel === proto.EnforcementLevel.ADVISORY ? "advisory" : "mandatory",
    severity: SEVERITIES[severity] ?? "",
    urn: own === "" ? urn : own,
    message: text,
    undecided: UNDECIDED.test(message),
  };
}

const SEVERITIES = ["", "low", "medium", "high", "critical"];

type Rpc<Request, Response> = (
  call: { request: Request },
  done: (error: Error | null | undefined, response: Response) => void,
) => unknown;

type MakeRpc<Request, Response = proto.AnalyzeResponse> = (
  packName: string,
  packVersion: string,
  packLevel: string,
  policies: Policies,
) => Rpc<Request, Response>;

/** The functions behind the SDK's analyzer server; it exports them, but not their types. */
interface AnalyzerServer {
  readonly makeAnalyzeRpcFun: MakeRpc<proto.AnalyzeRequest>;
  readonly makeAnalyzeStackRpcFun: MakeRpc<proto.AnalyzeStackRequest>;
  readonly makeRemediateRpcFun: MakeRpc<proto.AnalyzeRequest, proto.RemediateResponse>;
}

function server(): AnalyzerServer {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an internal module without typings
  return require("@pulumi/policy/server") as AnalyzerServer;
}

function call<Request, Response>(rpc: Rpc<Request, Response>, request: Request): Promise<Response> {
  return new Promise((resolve, reject) => {
    rpc({ request }, (error, response) => {
      if (error) {
        reject(error);
      } else {
        resolve(response);
      }
    });
  });
}
