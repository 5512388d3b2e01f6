import { delimiter, dirname } from "node:path";
import { pathToFileURL } from "node:url";
import type { Environment } from "../preview/screen";
import type { Ports } from "../simulated-aws/server/serve";
import { debugProviders } from "../simulated-aws/server/serve";
import type { SandboxFolder } from "./sandbox-folder";

/** What a run of the CLI takes from outside its own folder. */
export interface RunSettings {
  /** The surrounding environment, of which only terminal, locale and search path are passed on. */
  readonly inherited: Environment;
  /** Path of the CLI; what lies beside it, such as its language hosts, is found first. */
  readonly pulumi: string;
  /** Ports of the simulated AWS, where the run needs providers. */
  readonly ports?: Ports;
  /** Variables that hold the passphrase of the stack's secrets. @default an empty passphrase */
  readonly passphrase?: Readonly<Record<string, string>>;
}

/** Where to draw and what language to speak; nothing that could reach a cloud or an account. */
const PASSED_ON = [
  ...["CI", "CLICOLOR", "COLORTERM", "COLUMNS", "FORCE_COLOR", "NO_COLOR", "TERM"],
  ...["LANG", "LC_ALL", "LC_CTYPE", "TZ"],
  ...["TMPDIR", "TEMP", "TMP", "SYSTEMROOT", "COMSPEC", "PATHEXT"],
];

/**
 * The whole environment of a run of the CLI that reads and writes nothing outside the sandbox's
 * folder: no account of AWS, no login and no plugin of the user's own, no question to the network.
 */
export function hermeticEnvironment(
  folder: SandboxFolder,
  { inherited, pulumi, ports, passphrase }: RunSettings,
): Record<string, string> {
  const passedOn = PASSED_ON.flatMap((name) => {
    const value = inherited[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...Object.fromEntries(passedOn),
    PATH: [dirname(pulumi), dirname(process.execPath), inherited["PATH"] ?? ""].join(delimiter),
    HOME: folder.root,
    PULUMI_HOME: folder.home,
    PULUMI_BACKEND_URL: backendUrl(folder.state),
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS: "true",
    // An empty passphrase is one; without the variable the CLI asks for it.
    ...(passphrase ?? { PULUMI_CONFIG_PASSPHRASE: "" }),
    ...(ports === undefined ? {} : { PULUMI_DEBUG_PROVIDERS: debugProviders(ports) }),
  };
}

/**
 * URL of a backend in a folder, as the CLI takes it: the path is not encoded. Without files of metadata
 * beside each state: the backend writes those in place, and one that a killed run has left half written
 * makes the whole state unreadable ("failed to load checkpoint: EOF").
 *
 * @see setAttrs of blob/fileblob/attrs.go in google/go-cloud
 */
const backendUrl = (folder: string): string =>
  `${process.platform === "win32" ? pathToFileURL(folder).href : `file://${folder}`}?metadata=skip`;
