import * as pulumi from "@pulumi/pulumi";
import { defaultTags, region } from "../infra/config/aws-values";
import { type CheckedValues, SettingReader } from "../infra/config/setting-reader";
import type { SettingFault } from "../infra/setting-fault";
import { stackFileName } from "../infra/setting-fault";
import { NAME_PREFIX } from "./lib/names";
import { REPOSITORY_REMEDY, settings } from "./settings";

const PLACEHOLDER = "your-organisation/your-repository";

/** The settings of one account, each checked by itself and all of them together. */
export interface BootstrapConfig extends CheckedValues<typeof settings> {
  /** Region of the account that the application is deployed to. */
  readonly region: string;
}

/**
 * The settings of the current stack. Throws one ConfigError with every key that is unknown, missing, malformed
 * or gives the application power over what is made here.
 */
export function loadConfig(): BootstrapConfig {
  const project = pulumi.getProject();
  const stack = pulumi.getStack();
  const reader = new SettingReader(
    {
      project,
      stack,
      values: pulumi.runtime.allConfig(),
      isEncrypted: pulumi.runtime.isConfigSecret,
    },
    Object.keys(settings),
  );
  const own = reader.own(settings);
  const config = { ...own, region: reader.plain("aws:region", region) };
  const tags = reader.plain("aws:defaultTags", defaultTags, {});
  reader.refuse(
    ...overlaps(own, tags, project).map((fault) => ({
      ...fault,
      file: stackFileName(stack),
      key: fault.key.includes(":") ? fault.key : `${project}:${fault.key}`,
    })),
  );
  reader.conclude();
  return config as BootstrapConfig;
}

/** Warns where the repository is still what the stack files are shipped with: a preview is fine with it, an account is not. */
export function warnOfPlaceholder({ repository }: BootstrapConfig): void {
  if (repository === PLACEHOLDER) {
    const file = stackFileName(pulumi.getStack());
    void pulumi.log.warn(
      `${file}: ${pulumi.getProject()}:repository: got ${JSON.stringify(repository)}, which stands for yours: ` +
        `the roles would trust the jobs of whoever has that name on GitHub; write ${REPOSITORY_REMEDY}`,
    );
  }
}

/** What is made here must not look like the application's own, which the deploy roles may change. */
function overlaps(
  { appName, appProject, stateBucket }: Partial<CheckedValues<typeof settings>>,
  tags: Readonly<Record<string, string>> | undefined,
  ownProject: string,
): Omit<SettingFault, "file">[] {
  const faults: Omit<SettingFault, "file">[] = [];
  if (appName !== undefined && `${appName}-`.startsWith(NAME_PREFIX)) {
    faults.push({
      key: "appName",
      got: JSON.stringify(appName),
      rule: `but roles of the bootstrap begin with ${NAME_PREFIX}, and the deploy roles may change what begins with the application's name`,
      remedy: "choose another name, here and in the application's settings",
    });
  }
  if (appName !== undefined && stateBucket?.startsWith(`${appName}-`) === true) {
    faults.push({
      key: "stateBucket",
      got: JSON.stringify(stateBucket),
      rule: `but the deploy roles may change every bucket that begins with ${appName}-`,
      remedy: "choose a name that begins otherwise",
    });
  }
  if (appProject === ownProject) {
    faults.push({
      key: "appProject",
      got: JSON.stringify(appProject),
      rule: "but that is the project of the bootstrap, and the deploy roles may write the states of appProject",
      remedy: "write the name in the application's Pulumi.yaml",
    });
  }
  const project = tags?.["Project"];
  const isShared = project === appProject && appProject !== ownProject;
  if (tags !== undefined && (project === undefined || isShared)) {
    faults.push({
      key: "aws:defaultTags.tags.Project",
      got: project === undefined ? "nothing" : JSON.stringify(project),
      rule: "must be set, and differ from appProject: the deploy roles may change what carries that tag",
      remedy: "write the name of this project",
    });
  }
  return faults;
}
