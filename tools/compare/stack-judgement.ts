import { levelOf } from "../../policies/enforce";
import { limitsOf } from "../../policies/limits";
import { changePolicies, findingNames, policies } from "../../policies/pack";
import { loadWaivers } from "../../policies/read-waivers";
import { dayOf, type Waiver, WaiverBook } from "../../policies/waivers";
import { WAIVERS_VALID } from "../../policies/waivers-valid";
import type { Bag } from "../preview/graph";
import type { Judgement, WaiverInForce } from "./judgement";

/**
 * What the pack in this working tree judges a stack by today.
 *
 * @param environment name of the stack
 * @param book the waivers; those that stand beside the pack, as of today, where no others are given
 * @throws WaiversError where the file of the waivers is wrong
 */
export function stackJudgement(
  environment: string,
  book = new WaiverBook(loadWaivers(findingNames), dayOf(new Date())),
): Judgement {
  const levels = [...policies, ...changePolicies].map(
    (policy) => [policy.name, levelOf(policy, environment)] as const,
  );
  return {
    limits: limitsOf(environment) as unknown as Readonly<Record<string, Bag>>,
    levels: { ...Object.fromEntries(levels), [WAIVERS_VALID.name]: "mandatory" },
    waivers: book.inForce(environment).map(inForce),
  };
}

function inForce({ policy, target, owner, reason, expires, place }: Waiver): WaiverInForce {
  const at = place.lastIndexOf(":");
  return {
    ...{ policy, target: `${target.by} ${target.glob}`, owner, reason, expires },
    source: { file: place.slice(0, at), line: Number(place.slice(at + 1)) },
  };
}
