import * as fs from "node:fs";
import * as path from "node:path";
import { isMissing, listIfThere, readIfThere, removeAbandoned, writeWhole } from "./whole-file";
import type { StoredResource } from "./stored-resource";
import { fileOf, identityOf, parseResource, serviceOf } from "./stored-resource";

/** Resources that are gone; AWS gives no id twice, so their ids stay taken. */
const DELETED = "deleted";

/** A change this short after a look at a folder may carry the same time as the look. */
const CLOCK_TICK_MILLISECONDS = 20;

interface Look {
  /** When the folder changed last, as the file system tells it. */
  readonly changed: string;
  /** False where a later change could carry the same time. */
  readonly settled: boolean;
  readonly files: Map<string, { readonly resource: StoredResource; readonly changed: string }>;
}

/** One view a process: what one part of it writes, the others see at once. */
const views = new Map<string, AccountFolder>();

/**
 * The resources of the simulated account in a folder, which need not exist yet.
 *
 * @throws where the path leads to something that is no folder
 */
export function openAccount(folder: string): AccountFolder {
  const root = path.resolve(folder);
  if (fs.statSync(root, { throwIfNoEntry: false })?.isDirectory() === false) {
    throw new Error(
      `${folder} is no folder; the simulated account keeps its resources in one: name a folder, or a path that does not exist yet`,
    );
  }
  const view = views.get(root) ?? new AccountFolder(root);
  views.set(root, view);
  return view;
}

/**
 * The resources of a simulated account: one JSON file each, in a folder for each service. A file is
 * written beside and then renamed, so that a killed process leaves no torn one, and every call sees
 * what another process, a person or a test wrote in between.
 */
export class AccountFolder {
  private readonly looks = new Map<string, Look>();

  constructor(private readonly root: string) {
    removeAbandoned(root);
  }

  /** Everything that the account holds, in the order of services, types and ids. */
  all(): StoredResource[] {
    return listIfThere(this.root)
      .filter((name) => name !== DELETED && !name.startsWith("."))
      .sort()
      .flatMap((service) =>
        [...this.files(service).entries()]
          .sort(([one], [other]) => (one < other ? -1 : 1))
          .map(([, { resource }]) => resource),
      );
  }

  /** The resources of one type, in no order. */
  ofType(type: string): StoredResource[] {
    const found: StoredResource[] = [];
    for (const { resource } of this.files(serviceOf(type)).values()) {
      if (resource.type === type) {
        found.push(resource);
      }
    }
    return found;
  }

  /** The resource with this id (this ARN where revisions share an id), as its file says now. */
  find(type: string, identity: string): StoredResource | undefined {
    const { service, file } = fileOf(type, identity);
    const target = path.join(this.root, service, file);
    const text = readIfThere(target);
    return text === undefined ? undefined : parseResource(text, target);
  }

  /** True where the account holds, or once held, a resource with this id. */
  isTaken(type: string, identity: string): boolean {
    const { service, file } = fileOf(type, identity);
    return [this.root, path.join(this.root, DELETED)].some((root) =>
      fs.existsSync(path.join(root, service, file)),
    );
  }

  write(resource: StoredResource): void {
    const { service, file } = fileOf(resource.type, identityOf(resource));
    const target = path.join(this.root, service, file);
    const look = this.unchanged(service);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    writeWhole(this.root, target, `${JSON.stringify(resource, undefined, 2)}\n`);
    look?.files.set(file, { resource, changed: changedAt(target) });
    this.keep(service, look);
  }

  /** Takes the resource out of the account; its file moves to the folder of what is gone. */
  delete(resource: StoredResource): void {
    const { service, file } = fileOf(resource.type, identityOf(resource));
    const grave = path.join(this.root, DELETED, service);
    const look = this.unchanged(service);
    fs.mkdirSync(grave, { recursive: true });
    try {
      fs.renameSync(path.join(this.root, service, file), path.join(grave, file));
    } catch (error) {
      if (!isMissing(error)) {
        throw error;
      }
    }
    look?.files.delete(file);
    this.keep(service, look);
  }

  private files(service: string): Look["files"] {
    const last = this.unchanged(service);
    return (last?.settled === true ? last : this.look(service)).files;
  }

  /** The last look at a service, where the folder has the time that it had then. */
  private unchanged(service: string): Look | undefined {
    const last = this.looks.get(service);
    return last?.changed === changedAt(path.join(this.root, service)) ? last : undefined;
  }

  private look(service: string): Look {
    const folder = path.join(this.root, service);
    const before = this.looks.get(service)?.files;
    const changed = changedAt(folder);
    const age = Date.now() - Number(BigInt(changed) / 1_000_000n);
    const look: Look = { changed, settled: age > CLOCK_TICK_MILLISECONDS, files: new Map() };
    for (const file of listIfThere(folder).filter((name) => name.endsWith(".json"))) {
      const target = path.join(folder, file);
      const stamp = changedAt(target);
      const known = before?.get(file);
      const text = known?.changed === stamp ? undefined : readIfThere(target);
      if (known?.changed === stamp) {
        look.files.set(file, known);
      } else if (text !== undefined) {
        look.files.set(file, { resource: parseResource(text, target), changed: stamp });
      }
    }
    this.looks.set(service, look);
    return look;
  }

  /** After a write of our own the folder is as the look says. */
  private keep(service: string, look: Look | undefined): void {
    if (look === undefined) {
      this.looks.delete(service);
    } else {
      const changed = changedAt(path.join(this.root, service));
      this.looks.set(service, { ...look, changed, settled: true });
    }
  }
}

/** When a file or folder changed last, in nanoseconds; "0" where it is missing. */
function changedAt(target: string): string {
  const stat = fs.statSync(target, { bigint: true, throwIfNoEntry: false });
  return stat === undefined ? "0" : stat.mtimeNs.toString();
}
