import { stackPolicy } from "../../policy";

export const allowedRegions = stackPolicy({
  name: "allowed-regions",
  description: "Every resource lives in one of the regions that the organization uses.",
  severity: "high",
  levels: { dev: "mandatory", prod: "mandatory" },
  frameworks: [],
  remediationSteps:
    "Set aws:region in Pulumi.<stack>.yaml to an allowed region, and remove region from resources and providers that differ from it. A further region belongs to allowed-regions in policies/limits.ts, in a change of its own.",
  url: "https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html",
  reads: "all",
  check: (stack, { limits, violate }) => {
    const regional = stack.resources.filter(
      ({ type }) => type.startsWith("aws:") || type === "pulumi:providers:aws",
    );
    stack.each(regional, ({ props, urn }) => {
      const region = props["region"];
      // Services without regions, such as IAM and Route 53, have no such property.
      if (region === undefined || region === null) {
        return;
      }
      if (typeof region !== "string" || !limits.regions.includes(region)) {
        violate(
          {
            got: `region is ${typeof region === "string" ? `"${region}"` : "not a text"}`,
            allowed: limits.regions.length === 0 ? "none" : limits.regions.join(", "),
            fix: "set aws:region in Pulumi.<stack>.yaml, or remove region from the resource",
          },
          urn,
        );
      }
    });
  },
});
