import type { InstanceType } from "../../capacity/catalogue";
import { instanceTypes } from "../../capacity/catalogue";
import type { PolicyLimits } from "../../policies/policy-limits";

type AllowList = PolicyLimits["instance-type-allow-list"];

/** Sizes of the catalogue from the smallest. */
const SIZES = ["micro", "small", "medium", "large", "xlarge", "2xlarge", "4xlarge"];

/** True for a type of an allowed family that is not too large, or one that is allowed by its name. */
export function isAllowedType(name: string, { families, maxSize, extra }: AllowList): boolean {
  if (extra.includes(name)) return true;
  const [family = "", size = ""] = name.split(".");
  const rank = SIZES.indexOf(size);
  const most = SIZES.indexOf(maxSize);
  return families.includes(family) && rank >= 0 && (most < 0 || rank <= most);
}

/** Every type of the catalogue that the policies allow a stack of the architecture. */
export function allowedTypes(
  architecture: InstanceType["architecture"],
  allowList: AllowList,
): readonly InstanceType[] {
  return instanceTypes.filter(
    (type) => type.architecture === architecture && isAllowedType(type.instanceType, allowList),
  );
}
