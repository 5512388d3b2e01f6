import { stackPolicy } from "../../policy";

export const protectedResources = stackPolicy({
  name: "protected-resources",
  description:
    "Resources that hold data or an address that others know are protected from deletion.",
  severity: "high",
  levels: { dev: "disabled", prod: "mandatory" },
  frameworks: [],
  remediationSteps:
    "Set deletionProtection to true in Pulumi.<stack>.yaml, and protect: true in the options of a resource of your own. To delete one on purpose, waive this policy for it, take the protection away in one deployment and the resource in the next.",
  url: "https://www.pulumi.com/docs/iac/concepts/options/protect/",
  reads: "all",
  check: (stack, { limits, violate }) => {
    for (const { type, name, urn, options } of limits.types.flatMap((each) => stack.ofType(each))) {
      if (!options.protect) {
        violate(
          {
            got: `${name} (${type}) is not protected`,
            allowed: "protect: true",
            fix: "set deletionProtection to true",
          },
          urn,
        );
      }
    }
  },
});
