import { nearest } from "../lib/nearest";
import { keepDeployedKeys } from "./check-keys";
import type { ContainerFault } from "./faults";
import { ContainerError } from "./faults";
import { interpolate } from "./interpolation";
import type { Report } from "./readers";
import { isMapping, reportBelow, show } from "./readers";
import { EXTENSION_KEY, FILE_KEYS, SHARED_SECTIONS } from "./service-keys";
import type { KeyPath, YamlTree } from "./yaml-tree";
import { readYamlTree } from "./yaml-tree";

const LOCAL_ONLY = "local-only";
const MARK_LOCAL = `mark it with ${EXTENSION_KEY}: {${LOCAL_ONLY}: true}`;

/** A Compose file and the faults found in it so far, each of which knows its line. */
export class ComposeDocument {
  private readonly faults: ContainerFault[] = [];
  private readonly faulty = new Set<string>();
  private readonly tree: YamlTree;

  constructor(
    private readonly file: string,
    text: string,
  ) {
    this.tree = readYamlTree(text);
  }

  get hasFaults(): boolean {
    return this.faults.length > 0;
  }

  report(message: string, path: KeyPath): void {
    // What follows from a fault of the same value would only hide it.
    if (this.isFaulty(path)) return;
    this.faulty.add(JSON.stringify(path));
    this.add(message, path, this.tree.positionOf(path));
  }

  reporterAt(path: KeyPath): Report {
    return reportBelow(
      (message, at = []) => {
        this.report(message, at);
      },
      ...path,
    );
  }

  fail(): never {
    throw new ContainerError(this.faults);
  }

  /**
   * Holds everything but the deployed service against the rules, and that service's YAML.
   * @throws ContainerError where the service cannot be found.
   */
  checkFile(service: string): void {
    const root = this.tree.value;
    const broken = this.tree.faults.filter((fault) => fault.path.length === 0);
    for (const { message, path, position } of broken) this.add(message, path, position);
    if (broken.length > 0) this.fail();
    if (!isMapping(root)) {
      this.report(`${show(root)} is no Compose file; write services and the service below it`, []);
      return this.fail();
    }
    keepDeployedKeys(root, FILE_KEYS, this.reporterAt([]));
    const services = root["services"];
    if (!isMapping(services)) {
      this.report(`${show(services)} is no mapping; write the service below it`, ["services"]);
      return this.fail();
    }
    if (!Object.hasOwn(services, service)) {
      this.report(missingService(service, Object.keys(services)), ["services"]);
      return this.fail();
    }
    this.checkName(service);
    this.checkOtherServices(root, services, service);
    const own = this.tree.faults.filter(
      ({ path }) => path[0] === "services" && path[1] === service,
    );
    for (const { message, path, position } of own) {
      this.faulty.add(JSON.stringify(path));
      this.add(message, path, position);
    }
  }

  valueAt(path: KeyPath): unknown {
    return path.reduce<unknown>(
      (value, key) => (isMapping(value) && Object.hasOwn(value, key) ? value[key] : undefined),
      this.tree.value,
    );
  }

  /** The value with the variables of its text replaced. */
  interpolate(value: unknown, path: KeyPath): unknown {
    if (typeof value === "string") {
      const { text, faults } = interpolate(value);
      if (faults.length > 0) this.report(faults.join("; and "), path);
      return text;
    }
    if (Array.isArray(value))
      return value.map((item, index) => this.interpolate(item, [...path, index]));
    if (!isMapping(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, this.interpolate(item, [...path, key])]),
    );
  }

  /** Tells of unquoted values of a mapping that become text but are read as something else first. */
  checkTexts(path: KeyPath): void {
    const values = this.valueAt(path);
    if (!isMapping(values)) return;
    for (const [name, value] of Object.entries(values)) {
      const written = this.tree.ambiguousText([...path, name]);
      if (written === undefined) continue;
      const read = typeof value === "string" ? "as a number or a date" : `as ${show(value)}`;
      this.report(`${written} is read ${read} where it is not quoted; write "${written}"`, [
        ...path,
        name,
      ]);
    }
  }

  private checkName(service: string): void {
    // Docker takes dots as well, the name of an ECS container does not.
    if (/^[A-Za-z0-9_-]{1,255}$/.test(service)) return;
    const path = ["services", service];
    const message = `${service} is no name of an ECS container; use up to 255 letters, digits, _ and -`;
    // Not by report(), which would keep back every fault of the service.
    this.add(message, path, this.tree.positionOf(path));
  }

  private checkOtherServices(
    root: Readonly<Record<string, unknown>>,
    services: Readonly<Record<string, unknown>>,
    service: string,
  ): void {
    const others = Object.keys(services).filter((name) => name !== service);
    for (const name of others) this.checkLocalOnly(services[name], service, ["services", name]);
    if (others.length > 0) return;
    for (const section of SHARED_SECTIONS.filter((key) => Object.hasOwn(root, key))) {
      this.report(
        `nothing that is deployed can use it; remove it, or for a service that uses it, ${MARK_LOCAL}`,
        [section],
      );
    }
  }

  private checkLocalOnly(other: unknown, service: string, path: KeyPath): void {
    const extension = isMapping(other) ? other[EXTENSION_KEY] : undefined;
    if (!isMapping(extension) || extension[LOCAL_ONLY] !== true) {
      this.report(`is not deployed, for only ${service} is; ${MARK_LOCAL}, or remove it`, path);
      return;
    }
    for (const key of Object.keys(extension).filter((name) => name !== LOCAL_ONLY)) {
      this.report(`means nothing beside ${LOCAL_ONLY}; remove it`, [...path, EXTENSION_KEY, key]);
    }
  }

  private isFaulty(path: KeyPath): boolean {
    return path.some((_, index) => this.faulty.has(JSON.stringify(path.slice(0, index + 1))));
  }

  private add(message: string, path: KeyPath, position: { line: number; column: number }): void {
    this.faults.push({ file: this.file, ...position, key: renderPath(path), message });
  }
}

function missingService(service: string, names: readonly string[]): string {
  const similar = nearest(service, names);
  const known = names.length === 0 ? "none" : names.join(", ");
  const remedy =
    similar === undefined ? "set composeService in the stack file" : `did you mean ${similar}`;
  return `has no service ${service}, the services are ${known}; ${remedy}`;
}

/** `services.app.ports[0]` */
function renderPath(path: KeyPath): string {
  return path
    .map((part) => (typeof part === "number" ? `[${part}]` : `.${part}`))
    .join("")
    .replace(/^\./, "");
}
