import { Resource } from "@pulumi/pulumi";
import type { Bag } from "./graph";

/**
 * The parts of @pulumi/pulumi that its typings leave out, and the only file that loads them: what the
 * SDK's own Automation API, provider server and language host use. The version is pinned.
 */
interface StateModule {
  LocalStore: new () => State;
  getStore(): State;
  getGlobalStore(): State;
  withLocalStorage<T>(run: () => T): T;
}

interface State {
  /** Clients that a program talks to the engine with; where unset, the SDK opens sockets. */
  readonly settings: { monitor: unknown; engine: unknown };
  /** Server for the engine's calls of the program's functions. */
  callbacks: object | undefined;
  /** Classes of the loaded packages, for references to resources. */
  resourcePackages: unknown;
  resourceModules: unknown;
}

interface SettingsModule {
  getEngine: () => unknown;
}

interface RpcModule {
  serializeProperties(label: string, properties: object): Promise<Bag>;
}

interface CallbacksModule {
  CallbackServer: { prototype: object };
}

interface DebuggableModule {
  debuggablePromise: <T>(promise: Promise<T>) => Promise<T>;
}

interface ResourceModule {
  registerResource: (resource: object, parent: unknown, type: string, name: string) => void;
}

interface LogModule {
  debug: (message: string) => Promise<void>;
}

/* eslint-disable @typescript-eslint/no-require-imports -- internal modules have no typings to import */
const state = require("@pulumi/pulumi/runtime/state") as StateModule;
const settings = require("@pulumi/pulumi/runtime/settings") as SettingsModule;
const rpc = require("@pulumi/pulumi/runtime/rpc") as RpcModule;
const callbacks = require("@pulumi/pulumi/runtime/callbacks") as CallbacksModule;
const debuggable = require("@pulumi/pulumi/runtime/debuggable") as DebuggableModule;
const resources = require("@pulumi/pulumi/runtime/resource") as ResourceModule;
const log = require("@pulumi/pulumi/log") as LogModule;
/* eslint-enable @typescript-eslint/no-require-imports */
/** How the SDK reads a line of a stack trace. */
const frames = Resource as unknown as { framePositionRegExp: RegExp };
const globals = globalThis as { globalStore?: State };

/** In place of a monitor's address: the SDK then takes the monitor of the state. */
export const NO_ADDRESS = "mock";

/** Functions of the program that the engine may call, by token: an encoded message in, a message out. */
export type ProgramFunctions = Map<string, (request: Uint8Array) => Promise<unknown>>;

/** Values as the SDK sends them to the engine, with every output awaited. */
export const serialized = (label: string, properties: object): Promise<Bag> =>
  rpc.serializeProperties(label, properties);

/**
 * Connects the program of the current state to objects in place of sockets: clients of the services
 * ResourceMonitor and Engine, and a list in place of the server that the SDK would start for the
 * engine's calls of the program's functions.
 */
export function connect(monitor: object, engine: object, functions: ProgramFunctions): void {
  const store = state.getStore();
  store.settings.monitor = monitor;
  store.settings.engine = engine;
  // The constructor, which is left out, does nothing but start that server.
  store.callbacks = Object.assign(Object.create(callbacks.CallbackServer.prototype) as object, {
    _callbacks: functions,
    _monitor: monitor,
    _pendingRegistrations: 0,
    _awaitQueue: [],
    _target: Promise.resolve("in-process"),
    shutdown: () => undefined,
  });
}

/**
 * From now on resources are not registered, which the SDK does in silence without an engine, but told.
 *
 * @returns ends it
 */
export function onRegistration(report: (type: string, name: string) => void): () => void {
  const { registerResource } = resources;
  resources.registerResource = (_resource, _parent, type, name) => {
    report(type, name);
  };
  return () => {
    resources.registerResource = registerResource;
  };
}

let running = 0;
const restorers: (() => void)[] = [];

/**
 * Runs a program with a state of the SDK that is its own: options, configuration, connections.
 *
 * The SDK's way to keep the states of several programs apart follows every promise and takes a fifth
 * of a program's time, so it is left to programs that run while another one does.
 */
export async function inOwnState<T>(run: () => Promise<T>): Promise<T> {
  running += 1;
  if (running === 1) {
    adapt();
  }
  try {
    return await (running === 1 ? inSwappedState(run) : state.withLocalStorage(run));
  } finally {
    running -= 1;
    if (running === 0) {
      restorers.splice(0).forEach((restore) => {
        restore();
      });
    }
  }
}

async function inSwappedState<T>(run: () => Promise<T>): Promise<T> {
  const shared = state.getGlobalStore();
  const { resourcePackages, resourceModules } = shared;
  globals.globalStore = Object.assign(new state.LocalStore(), {
    resourcePackages,
    resourceModules,
  });
  try {
    return await run();
  } finally {
    globals.globalStore = shared;
  }
}

/** Changes of the SDK for as long as a program runs. */
function adapt(): void {
  // The SDK looks for the engine of a state only where states are kept apart its own way.
  replace(settings, "getEngine", () => state.getStore().settings.engine);
  // A function without a name has a frame of another form, which the SDK passes over.
  replace(
    frames,
    "framePositionRegExp",
    /^\s*at (?:.*? \()?(?:async )?(?<file>.*):(?<line>[0-9]+):(?<column>[0-9]+)\)?$/,
  );
  // A stack trace for every promise, four of which stand behind every property, and debug logs that
  // nobody sees take half of a program's time. They stay where a promise that never settles is sought.
  if (!process.env["PULUMI_DEBUG_PROMISE_LEAKS"]) {
    replace(debuggable, "debuggablePromise", <T>(promise: Promise<T>) => promise);
    replace(log, "debug", () => Promise.resolve());
  }
}

function replace<T, K extends keyof T>(owner: T, key: K, value: T[K]): void {
  const original = owner[key];
  owner[key] = value;
  restorers.push(() => {
    owner[key] = original;
  });
}
