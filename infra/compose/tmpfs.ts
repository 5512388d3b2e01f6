import type { Tmpfs } from "../container-contract";
import { nearest } from "../lib/nearest";
import { MOUNT_FLAGS, MOUNT_VALUES, TMPFS_MINIMUM_MIB } from "./ecs-limits";
import { parseByteSize } from "./quantities";
import type { Read, Report } from "./readers";
import { show } from "./readers";
import type { KeyPath } from "./yaml-tree";

const MEBIBYTE = 2 ** 20;

/** The kernel reads the size, not Compose: one letter as its unit, or bytes. */
const KERNEL_SIZE = /^\d+[kmg]?$/i;

const VALUE_FORMS: Readonly<Record<string, RegExp>> = {
  mode: /^[0-7]{3,4}$/,
  uid: /^\d+$/,
  gid: /^\d+$/,
  nr_inodes: /^\d+[kmg]?$/i,
  nr_blocks: /^\d+[kmg]?$/i,
  mpol: /^[a-z0-9:=-]+$/,
};

/**
 * Reads `tmpfs`: one mount or a list of them, each a path with the options of a tmpfs mount. ECS needs the size.
 * @see https://docs.kernel.org/filesystems/tmpfs.html
 */
export const readTmpfs: Read<readonly Tmpfs[]> = (value, report) => {
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  const paths = new Set<string>();
  return items.flatMap((item, index) => {
    const at = Array.isArray(value) ? [index] : [];
    if (typeof item !== "string") {
      report(`${show(item)} is no mount; write one such as /tmp:size=64m`, at);
      return [];
    }
    const mount = readMount(item, report, at);
    if (paths.has(mount.containerPath))
      report(`${mount.containerPath} is there twice; keep one`, at);
    paths.add(mount.containerPath);
    return [mount];
  });
};

function readMount(text: string, report: Report, at: KeyPath): Tmpfs {
  const colon = text.indexOf(":");
  const containerPath = colon === -1 ? text : text.slice(0, colon);
  const options = colon === -1 ? [] : text.slice(colon + 1).split(",");
  if (!containerPath.startsWith("/"))
    report(`${show(containerPath)} is no absolute path; write it from /`, at);
  const sizes = options.filter((option) => option.startsWith("size="));
  const mountOptions = options.filter((option) => !option.startsWith("size="));
  for (const option of mountOptions) {
    const fault = optionFault(option);
    if (fault !== undefined) report(fault, at);
  }
  return { containerPath, sizeMiB: readSize(containerPath, sizes, report, at), mountOptions };
}

function readSize(
  containerPath: string,
  sizes: readonly string[],
  report: Report,
  at: KeyPath,
): number {
  const [size] = sizes;
  if (size === undefined || sizes.length > 1) {
    const count = size === undefined ? "no size" : "more than one size";
    report(`${containerPath} has ${count}, and ECS needs one; write ${containerPath}:size=64m`, at);
    return 0;
  }
  const text = size.slice("size=".length);
  const mebibytes = KERNEL_SIZE.test(text) ? (parseByteSize(text) ?? 0) / MEBIBYTE : 0;
  if (mebibytes < TMPFS_MINIMUM_MIB || !Number.isInteger(mebibytes)) {
    report(
      `${size} is no whole number of MiB from ${TMPFS_MINIMUM_MIB} up, as ECS needs it; write one such as size=64m`,
      at,
    );
  }
  return mebibytes;
}

function optionFault(option: string): string | undefined {
  const [name = "", value] = option.split(/=(.*)/s);
  if (MOUNT_FLAGS.includes(name)) {
    return value === undefined
      ? undefined
      : `${option} has a value that ${name} does not take; write ${name}`;
  }
  if (MOUNT_VALUES.includes(name)) {
    const fits = value !== undefined && VALUE_FORMS[name]?.test(value) === true;
    return fits ? undefined : `${option} has no value that ${name} takes; correct it`;
  }
  const similar = nearest(name, ["size", ...MOUNT_FLAGS, ...MOUNT_VALUES]);
  const remedy = similar === undefined ? "remove it" : `did you mean ${similar}`;
  return `${show(option)} is no mount option that ECS takes; ${remedy}`;
}
