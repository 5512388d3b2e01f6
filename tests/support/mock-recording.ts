import * as pulumi from "@pulumi/pulumi";
import type {
  RegisterResourceRequest,
  RegisterResourceResponse,
} from "@pulumi/pulumi/proto/resource_pb";
import type { Bag, Json } from "../../tools/preview/graph";
import { UNKNOWN } from "../../tools/preview/graph";
import { STACK_TYPE } from "../../tools/preview/registration";
import { accountOf } from "../../tools/simulated-aws/account";
import { invokeFunction } from "../../tools/simulated-aws/functions";
import { plainBag, urnOf } from "../../tools/simulated-aws/protocol-values";
import { constructRemote } from "../../tools/simulated-aws/remote-components";
import { fromStruct } from "../../tools/simulated-aws/resource-monitor";
import type { ResourceMonitor } from "../../tools/simulated-aws/resource-monitor";
import { deployedResource, previewOutputs } from "../../tools/simulated-aws/resource-types";

/** How a program runs under mocks; every setting has a default. */
export interface MockRun {
  /** @default false: everything is deployed and known; true leaves unknown what only AWS can tell */
  readonly preview?: boolean;
  /** Values by full key. @default the region eu-central-1 */
  readonly config?: Readonly<Record<string, string>>;
  /** Keys of `config` that are secret. @default none */
  readonly secretKeys?: readonly string[];
  /** What the provider says to functions, by token, that it refuses. @default none */
  readonly refusals?: Readonly<Record<string, string>>;
  /** @default "ecs-on-ec2" */
  readonly project?: string;
  /** @default "dev" */
  readonly stack?: string;
}

/** A resource as it reached Pulumi's mocks. */
export interface MockedResource {
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  /** URN of the parent; the stack's for what has no other. */
  readonly parent: string;
  readonly custom: boolean;
  /** Secrets are unwrapped, unknown values are UNKNOWN. */
  readonly inputs: Bag;
  /** Paths of the inputs that are secret, for example `registry.password`. */
  readonly secretInputs: readonly string[];
  /** URNs of everything that it depends on, sorted. */
  readonly dependencies: readonly string[];
  readonly protect: boolean;
  readonly retainOnDelete: boolean;
  readonly ignoreChanges: readonly string[];
  /** URNs, sorted. */
  readonly replaceWith: readonly string[];
  readonly customTimeouts: { create?: string; update?: string; delete?: string };
}

/** Pulumi's mocks with the simulated AWS behind them, and all that was registered with them. */
export class MockRecording {
  readonly resources: MockedResource[] = [];
  /** What the program itself registered: no children of remote components. */
  readonly registered: { type: string; name: string }[] = [];
  private readonly project: string;
  private readonly stack: string;
  private readonly preview: boolean;
  private readonly config: Readonly<Record<string, string>>;
  private readonly secretKeys: readonly string[];
  private readonly refusals: Readonly<Record<string, string>>;

  constructor({ project, stack, preview, config, secretKeys, refusals }: MockRun) {
    this.project = project ?? "ecs-on-ec2";
    this.stack = stack ?? "dev";
    this.preview = preview ?? false;
    this.config = { "aws:region": "eu-central-1", ...config };
    this.secretKeys = secretKeys ?? [];
    this.refusals = refusals ?? {};
  }

  async install(): Promise<void> {
    const { project, stack, preview, config } = this;
    const account = accountOf(config);
    const mocks: pulumi.runtime.Mocks = {
      newResource: (resource) => this.answer(resource),
      call: ({ token, inputs }) => {
        try {
          const refusal = this.refusals[token];
          if (refusal !== undefined) throw new Error(refusal);
          return invokeFunction(token, inputs as Bag, account, preview);
        } catch (error) {
          // All that the SDK takes over of an error is what gRPC calls its details.
          throw Object.assign(error as Error, { details: (error as Error).message });
        }
      },
    };
    await pulumi.runtime.setMocks(mocks, project, stack, preview, "organization");
    pulumi.runtime.setAllConfig({ ...config }, [...this.secretKeys]);

    const monitor = pulumi.runtime.getMonitor() as unknown as MockMonitor;
    // The mocks know one level of parents only.
    monitor.newUrn = (parent, type, name) => urnOf(project, stack, parent, type, name);
    // They tell of a registration nothing but type, name and inputs, and construct no remote component.
    const toMocks: Register = monitor.registerResource.bind(monitor);
    monitor.registerResource = (request, done) => {
      if (request.getType() !== STACK_TYPE) {
        this.registered.push({ type: request.getType(), name: request.getName() });
      }
      settle(this.register(request, toMocks, monitor), done);
    };
  }

  private async register(
    request: RegisterResourceRequest,
    toMocks: Register,
    monitor: MockMonitor,
  ): Promise<RegisterResourceResponse> {
    const type = request.getType();
    if (type !== STACK_TYPE) {
      this.note(request);
    }
    if (!request.getRemote()) {
      return promised(toMocks, request);
    }
    return constructRemote(request, {
      registerResource: (child, done) => {
        // The component comes back as the first of its own registrations.
        settle(
          child.getType() === type
            ? promised(toMocks, child)
            : this.register(child, toMocks, monitor),
          done,
        );
      },
      registerResourceOutputs: monitor.registerResourceOutputs.bind(monitor),
      invoke: monitor.invoke.bind(monitor),
    });
  }

  private note(request: RegisterResourceRequest): void {
    const [type, name, parent] = [request.getType(), request.getName(), request.getParent()];
    const urn = urnOf(this.project, this.stack, parent, type, name);
    if (this.resources.some((resource) => resource.urn === urn)) {
      throw new Error(`duplicate resource URN "${urn}"; give each resource a name of its own`);
    }
    const secretInputs: string[] = [];
    const inputs = plainBag(fromStruct(request.getObject()), (value, path) => {
      secretInputs.push(path);
      return value;
    });
    const timeouts = request.getCustomtimeouts();
    const [create, update, remove] = [
      timeouts?.getCreate(),
      timeouts?.getUpdate(),
      timeouts?.getDelete(),
    ];
    this.resources.push({
      type,
      name,
      urn,
      parent,
      custom: request.getCustom(),
      inputs,
      secretInputs,
      dependencies: [...request.getDependenciesList()].sort(),
      protect: request.getProtect() ?? false,
      retainOnDelete: request.getRetainondelete() ?? false,
      ignoreChanges: request.getIgnorechangesList(),
      replaceWith: [...request.getReplaceWithList()].sort(),
      customTimeouts: {
        ...(create ? { create } : {}),
        ...(update ? { update } : {}),
        ...(remove ? { delete: remove } : {}),
      },
    });
  }

  private answer(mocked: pulumi.runtime.MockResourceArgs): pulumi.runtime.MockResourceResult {
    const given = mocked.inputs as Record<string, unknown>;
    if (mocked.custom !== true) {
      return { id: undefined, state: given };
    }
    const account = accountOf(this.config);
    const inputs = plainBag(withUnknown(given) as Bag, (value) => value);
    const resource = { type: mocked.type, name: mocked.name, inputs };
    if (this.preview) {
      return { id: undefined, state: { ...previewOutputs(resource, account), ...given } };
    }
    const { id, outputs } = deployedResource(resource, account);
    return { id, state: { ...outputs, ...given } };
  }
}

type Register = ResourceMonitor["registerResource"];
type MockMonitor = ResourceMonitor & {
  newUrn(parent: string, type: string, name: string): string;
};

const promised = (toMocks: Register, request: RegisterResourceRequest) =>
  new Promise<RegisterResourceResponse>((resolve, reject) => {
    toMocks(request, (error, response) => {
      if (error) {
        reject(error);
      } else {
        resolve(response);
      }
    });
  });

function settle(answer: Promise<RegisterResourceResponse>, done: Parameters<Register>[1]): void {
  answer.then(
    (response) => {
      done(null, response);
    },
    (error: unknown) => {
      done(error as Error, undefined as never);
    },
  );
}

/** Inputs as mocks get them have an object in place of an unknown value. */
function withUnknown(value: unknown): Json {
  if (value === null || typeof value !== "object") {
    return value as Json;
  }
  if ("__pulumiUnknown" in value) {
    return UNKNOWN;
  }
  return Array.isArray(value)
    ? value.map(withUnknown)
    : Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withUnknown(inner)]));
}
