import type { Callback } from "@pulumi/pulumi/proto/callback_pb";
import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";
import { TransformRequest, TransformResourceOptions } from "@pulumi/pulumi/proto/resource_pb";
import type { TransformResponse } from "@pulumi/pulumi/proto/resource_pb";
import type { ProgramFunctions } from "./sdk-internals";

/**
 * The program's transforms: those of the option `transforms` and of registerResourceTransform. The
 * engine applies them to a registration before anything else sees it: the resource's own, those of
 * its parents from inner to outer, and the stack's.
 */
export class Transforms {
  private readonly ofStack: Callback[] = [];
  private readonly ofResource = new Map<string, readonly Callback[]>();
  private readonly parents = new Map<string, string>();

  constructor(private readonly functions: ProgramFunctions) {}

  addToStack(callback: Callback): void {
    this.ofStack.push(callback);
  }

  /** Keeps a resource's transforms for its children, and answers all that apply to itself. */
  for(request: RegisterResourceRequest, urn: string): readonly Callback[] {
    const own = request.getTransformsList();
    if (own.length > 0) {
      this.ofResource.set(urn, own);
    }
    this.parents.set(urn, request.getParent());
    const all: Callback[] = [];
    for (let at: string | undefined = urn; at !== undefined; at = this.parents.get(at)) {
      all.push(...(this.ofResource.get(at) ?? []));
    }
    return [...all, ...this.ofStack];
  }

  /** Changes the registration as the transforms want it. */
  async apply(request: RegisterResourceRequest, callbacks: readonly Callback[]): Promise<void> {
    for (const callback of callbacks) {
      const question = new TransformRequest();
      question.setType(request.getType());
      question.setName(request.getName());
      question.setCustom(request.getCustom());
      question.setParent(request.getParent());
      question.setProperties(request.getObject());
      question.setOptions(optionsOf(request));
      const answer = await this.call(callback.getToken(), question);
      request.setObject(answer.getProperties());
      const options = answer.getOptions();
      if (options !== undefined) {
        setOptions(request, options);
      }
    }
  }

  private async call(token: string, question: TransformRequest): Promise<TransformResponse> {
    const transform = this.functions.get(token);
    if (transform === undefined) {
      throw new Error(`the program has no transform with the token "${token}"`);
    }
    return (await transform(question.serializeBinary())) as TransformResponse;
  }
}

function optionsOf(request: RegisterResourceRequest): TransformResourceOptions {
  const options = new TransformResourceOptions();
  options.setDependsOnList(request.getDependenciesList());
  options.setIgnoreChangesList(request.getIgnorechangesList());
  options.setReplaceOnChangesList(request.getReplaceonchangesList());
  options.setReplaceWithList(request.getReplaceWithList());
  options.setAdditionalSecretOutputsList(request.getAdditionalsecretoutputsList());
  options.setAliasesList(request.getAliasesList());
  options.setCustomTimeouts(request.getCustomtimeouts());
  options.setDeletedWith(request.getDeletedwith());
  options.setProvider(request.getProvider());
  options.setVersion(request.getVersion());
  options.setImport(request.getImportid());
  options.setHooks(request.getHooks());
  if (request.getDeletebeforereplacedefined()) {
    options.setDeleteBeforeReplace(request.getDeletebeforereplace());
  }
  const protect = request.getProtect();
  if (request.hasProtect() && protect !== undefined) {
    options.setProtect(protect);
  }
  const retain = request.getRetainondelete();
  if (request.hasRetainondelete() && retain !== undefined) {
    options.setRetainOnDelete(retain);
  }
  return options;
}

function setOptions(request: RegisterResourceRequest, options: TransformResourceOptions): void {
  request.setDependenciesList(options.getDependsOnList());
  request.setIgnorechangesList(options.getIgnoreChangesList());
  request.setReplaceonchangesList(options.getReplaceOnChangesList());
  request.setReplaceWithList(options.getReplaceWithList());
  request.setAdditionalsecretoutputsList(options.getAdditionalSecretOutputsList());
  request.setAliasesList(options.getAliasesList());
  request.setCustomtimeouts(options.getCustomTimeouts());
  request.setDeletedwith(options.getDeletedWith());
  request.setProvider(options.getProvider());
  request.setVersion(options.getVersion());
  if (options.hasDeleteBeforeReplace()) {
    request.setDeletebeforereplace(options.getDeleteBeforeReplace() ?? false);
    request.setDeletebeforereplacedefined(true);
  }
  if (options.hasProtect()) {
    request.setProtect(options.getProtect() ?? false);
  }
  if (options.hasRetainOnDelete()) {
    request.setRetainondelete(options.getRetainOnDelete() ?? false);
  }
}
