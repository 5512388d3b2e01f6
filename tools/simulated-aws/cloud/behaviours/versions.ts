import { LAUNCH_TEMPLATE_SETTINGS } from "../../renewed-outputs";
import type { StoredResource } from "../stored-resource";
import type { Behaviours } from "./behaviour";
import { withComputed } from "./behaviour";

/** What AWS counts with every change. */
export const VERSION_BEHAVIOURS: Behaviours = {
  "aws:ssm/parameter:Parameter": {
    // Every PutParameter makes a version; tags go another way.
    complete: (parameter, { changed }, before) =>
      before !== undefined && changed.some((property) => property !== "tags")
        ? withComputed(parameter, { version: count(before, "version") + 1 })
        : parameter,
  },
  "aws:ec2/launchTemplate:LaunchTemplate": {
    complete: (template, { changed }, before) => {
      if (before === undefined) {
        return template;
      }
      const isNew = changed.some((property) => !LAUNCH_TEMPLATE_SETTINGS.includes(property));
      const latestVersion = count(before, "latestVersion") + (isNew ? 1 : 0);
      const { defaultVersion, updateDefaultVersion } = template.inputs;
      return withComputed(template, {
        latestVersion,
        ...(defaultVersion === undefined
          ? {
              defaultVersion:
                updateDefaultVersion === true ? latestVersion : count(before, "defaultVersion"),
            }
          : {}),
      });
    },
  },
};

function count(resource: StoredResource, property: string): number {
  return Number(resource.computed[property] ?? 1);
}
