import { readFile } from "node:fs/promises";

/** Who answers a request. What is null cannot be known where the service runs. */
export interface Responder {
  /** Version of the service, from its package.json. */
  readonly version: string;
  /** Family and revision, for example `web:7`; every deployment has a revision of its own. */
  readonly taskDefinition: string | null;
  /** Availability zone, for example `eu-central-1a`. */
  readonly zone: string | null;
  /** Id of the ECS container instance, as `aws ecs describe-container-instances` takes it. */
  readonly instance: string | null;
  /** Id of the ECS task. */
  readonly task: string | null;
  /** Host name of the container. */
  readonly host: string;
}

/** Where an ECS agent tells a container about itself; undefined where there is none. */
export interface MetadataSources {
  /** Base address of the task metadata endpoint version 4. */
  readonly uri: string | undefined;
  /** Path of the container metadata file. */
  readonly file: string | undefined;
  /** Longest wait for the endpoint. */
  readonly timeoutMilliseconds: number;
}

type Metadata = Readonly<Record<string, unknown>>;

/** A responder outside ECS, or not yet found there. */
export function unplacedResponder(version: string, host: string): Responder {
  return { version, taskDefinition: null, zone: null, instance: null, task: null, host };
}

/**
 * Asks the ECS agent, by both of its ways at once, where this container runs.
 *
 * The endpoint knows task, task definition and zone. Only the file, which an agent writes with
 * ECS_ENABLE_CONTAINER_METADATA=true, names the container instance: the endpoint does not, and the
 * instance metadata service is out of a container's reach with a hop limit of 1.
 *
 * @param known what is true without ECS, kept where ECS says nothing
 * @returns the responder, and why a source that exists could not be read; never rejects, since a
 *   service must not fail because it cannot say where it is
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-metadata-endpoint-v4-response.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/metadata-file-format.html
 */
export async function findResponder(
  known: Responder,
  sources: MetadataSources,
): Promise<{ readonly responder: Responder; readonly faults: readonly string[] }> {
  const faults: string[] = [];
  const read = async (source: string, load: () => Promise<unknown>): Promise<Metadata> => {
    try {
      return asMetadata(await load());
    } catch (error) {
      faults.push(`${source} cannot be read: ${reasonOf(error)}`);
      return {};
    }
  };
  const { uri, file, timeoutMilliseconds } = sources;
  const [task, container] = await Promise.all([
    uri === undefined
      ? {}
      : read(`task metadata endpoint ${uri}`, () => askEndpoint(uri, timeoutMilliseconds)),
    file === undefined
      ? {}
      : read(`container metadata file ${file}`, async () => parse(await readFile(file, "utf8"))),
  ]);
  const family = text(task, "Family") ?? text(container, "TaskDefinitionFamily");
  const revision = text(task, "Revision") ?? text(container, "TaskDefinitionRevision");
  const taskArn = text(task, "TaskARN") ?? text(container, "TaskARN");
  const instanceArn = text(container, "ContainerInstanceARN");
  const responder: Responder = {
    ...known,
    taskDefinition:
      family === undefined || revision === undefined
        ? known.taskDefinition
        : `${family}:${revision}`,
    zone: text(task, "AvailabilityZone") ?? text(container, "AvailabilityZone") ?? known.zone,
    instance: instanceArn === undefined ? known.instance : idOf(instanceArn),
    task: taskArn === undefined ? known.task : idOf(taskArn),
  };
  return { responder, faults: faults.sort() };
}

async function askEndpoint(uri: string, timeoutMilliseconds: number): Promise<unknown> {
  const response = await fetch(`${uri}/task`, { signal: AbortSignal.timeout(timeoutMilliseconds) });
  const body = await response.text();
  if (!response.ok) throw new Error(`status ${response.status}`);
  return parse(body);
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    throw new Error("not JSON");
  }
}

function asMetadata(value: unknown): Metadata {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return value as Metadata;
  }
  throw new Error("not a JSON object");
}

function text(metadata: Metadata, key: string): string | undefined {
  const value = metadata[key];
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** The last part of an ARN's path, which is the id in both the old and the new form of ECS ARNs. */
function idOf(arn: string): string {
  return arn.slice(arn.lastIndexOf("/") + 1);
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // fetch hides the reason, for example a refused connection, in the cause of "fetch failed".
  return error.cause instanceof Error ? error.cause.message : error.message;
}
