import type { ReportViolation, StackValidationPolicy } from "@pulumi/policy";
import { scalingChangeWithinLimits } from "./change";
import { environmentOf } from "./environment";
import type { Level } from "./policy";
import type { Waiver, WaiverBook } from "./waivers";

/** The guard of the waivers. It has no limit and cannot be waived, so it is none of the listed policies. */
export const WAIVERS_VALID = {
  name: "waivers-valid",
  description: "Every waiver of the environment is needed and has not expired.",
  severity: "high",
  remediationSteps:
    "Remove the waiver from policies/waivers.yaml together with the violation, or have its owner agree to a later day.",
  url: "https://www.pulumi.com/docs/insights/policy/",
} as const;

/**
 * The guard as the SDK runs it: an expired waiver is a violation, an unused one a warning.
 * Has to run after all other policies, because they tell which waivers were used.
 */
export function waiversValid(book: WaiverBook, level: Level = "mandatory"): StackValidationPolicy {
  return {
    ...WAIVERS_VALID,
    enforcementLevel: level,
    validateStack: ({ resources }, report) => {
      const urn = resources[0]?.urn ?? "";
      const environment = environmentOf(urn);
      for (const waiver of book.expired(environment)) {
        report(
          `${described(waiver)} expired on ${waiver.expires}, today is ${book.today}; ` +
            `correct the violation, or let ${waiver.owner} agree to a later day`,
          urn,
        );
      }
      // A waiver of one change is needed once; its last day ends it.
      const lasting = book
        .unused(environment)
        .filter(({ policy }) => policy !== scalingChangeWithinLimits.name);
      for (const waiver of lasting) {
        reportAdvisory(report, {
          message: `${described(waiver)} was not needed; remove it`,
          urn,
          severity: "low",
        });
      }
    },
  };
}

const described = ({ policy, target, place }: Waiver): string =>
  `the waiver of ${policy} for ${target.by} '${target.glob}' (${place})`;

/** What the SDK lets one report say of itself. */
interface Advisory {
  readonly message: string;
  readonly urn: string;
  readonly severity?: string;
}

/**
 * Reports something that is no violation, whatever the level of the policy. The SDK takes an object
 * in place of the text; its declarations leave that out.
 */
export function reportAdvisory(report: ReportViolation, advisory: Advisory): void {
  const reportObject = report as unknown as (diagnostic: object) => void;
  reportObject({ ...advisory, enforcementLevel: "advisory" });
}
