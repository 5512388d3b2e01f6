import assert from "node:assert/strict";
import type { Bag, Json, ResourceGraph, ResourceNode } from "../../tools/preview/graph";
import { UNKNOWN } from "../../tools/preview/graph";
import { previewed } from "./deployed";
import { offlinePreview } from "./offline-preview";
import "./pulumi-cli";
import { type RegisteredGraph, type RegisteredResource } from "./registered-graph";
import { readRegisteredGraph } from "./registered-graph";

describe("the graph that the engine registers", function () {
  this.timeout(180_000);

  for (const environment of ["dev", "prod"]) {
    it(`equals what the offline preview says of ${environment}`, async () => {
      const { stack, grpcLog } = await previewed(environment);

      const engine = readRegisteredGraph(grpcLog, stack.project);
      const { graph } = offlinePreview(stack);
      assert.equal(differences(graph, engine).join("\n"), "");
      assert.ok(engine.resources.length >= 79, `only ${String(engine.resources.length)} resources`);
    });
  }
});

/** One line for every place in which the two graphs differ. */
function differences(offline: ResourceGraph, engine: RegisteredGraph): string[] {
  const lost = new Set(
    engine.resources
      .filter(({ source }) => source !== undefined && source.line === undefined)
      .map(({ urn }) => urn),
  );
  const [ours, theirs] = [
    byUrn(offline.resources.map((node) => comparable(node, lost.has(node.urn)))),
    byUrn(engine.resources),
  ];
  const urns = [...new Set([...Object.keys(ours), ...Object.keys(theirs)])].sort();
  const stack = offline.resources.find(({ parent }) => parent === undefined);
  const components = offline.resources.filter(({ urn }) => urn in engine.outputs);
  const outputs = Object.fromEntries(
    components.map(({ urn, outputs }) => [urn, urn === stack?.urn ? offline.outputs : outputs]),
  );
  return [
    ...urns.flatMap((urn) => diff(urn, ours[urn], theirs[urn])),
    ...diff("outputs", outputs, engine.outputs as Record<string, Bag>),
  ]
    .filter((difference) => !isOfAnAnswer(difference, engine.answers))
    .map(({ path, ours, theirs }) => `${path}: offline ${String(ours)}, engine ${String(theirs)}`);
}

function byUrn(resources: readonly RegisteredResource[]): Record<string, Json> {
  return Object.fromEntries(
    resources.map((resource) => [
      resource.urn,
      // Without what is undefined, as in a file of JSON.
      JSON.parse(JSON.stringify(resource)) as Json,
    ]),
  );
}

/** A node without its outputs, which are the provider's, and without a line that the SDK has lost. */
function comparable(node: ResourceNode, isLineLost: boolean): RegisteredResource {
  const { urn, type, name, parent, custom, remote, inputs, dependencies } = node;
  const { propertyDependencies, options, source } = node;
  return {
    ...{ urn, type, name, parent, custom, remote, inputs, dependencies, propertyDependencies },
    options: options as Bag,
    source: source === undefined || !isLineLost ? source : { file: source.file, line: undefined },
  };
}

interface Difference {
  readonly path: string;
  readonly ours: string | undefined;
  readonly theirs: string | undefined;
}

/**
 * The one thing that may differ: the offline preview asks AWS nothing and shows what a function
 * answers, and what is made of it, as unknown.
 */
function isOfAnAnswer({ ours, theirs = "" }: Difference, answers: readonly string[]): boolean {
  return ours === JSON.stringify(UNKNOWN) && answers.some((answer) => theirs.includes(answer));
}

function diff(path: string, offline: Json | undefined, engine: Json | undefined): Difference[] {
  if (isMap(offline) && isMap(engine)) {
    const keys = [...new Set([...Object.keys(offline), ...Object.keys(engine)])].sort();
    return keys.flatMap((key) => diff(`${path} ${key}`, offline[key], engine[key]));
  }
  const [ours, theirs] = [offline, engine].map((value) => JSON.stringify(value));
  return ours === theirs ? [] : [{ path, ours, theirs }];
}

const isMap = (value: Json | undefined): value is Bag =>
  typeof value === "object" && value !== null && !Array.isArray(value);
