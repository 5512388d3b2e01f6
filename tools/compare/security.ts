import type { Comparison } from "./comparison";
import { exposureChanges } from "./security/exposure-changes";
import { networkChanges } from "./security/network-changes";
import { permissionChanges } from "./security/permission-changes";
import { reachChanges } from "./security/reach-changes";
import { comparedSides } from "./security/compared-sides";
import { compareTexts } from "./security/values";
import type { SecurityChange } from "./security-change";

/**
 * What a change opens or closes: rules of security groups, statements of policies, and what makes a
 * resource more or less open. What says the same as before is left out wherever it moved to. What
 * broadens comes first, then by subject, title and text.
 */
export function securityChanges(comparison: Comparison): readonly SecurityChange[] {
  const { before, after } = comparedSides(comparison);
  return [
    ...reachChanges(before, after),
    ...networkChanges(before, after),
    ...permissionChanges(before, after),
    ...exposureChanges(before, after),
  ].sort((a, b) => Number(b.broadens) - Number(a.broadens) || compareTexts(orderOf(a), orderOf(b)));
}

const SUBJECTS: readonly SecurityChange["subject"][] = ["network", "permission", "exposure"];

const orderOf = ({ subject, title, before, after, urn }: SecurityChange): string =>
  [String(SUBJECTS.indexOf(subject)), title, before ?? "", after ?? "", urn].join("\n");
