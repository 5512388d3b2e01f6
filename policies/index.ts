import { PolicyPack } from "@pulumi/policy";
import { buildPolicies, findingNames, PACK_NAME } from "./pack";
import { loadWaivers } from "./read-waivers";
import { dayOf, WaiverBook } from "./waivers";

const waivers = new WaiverBook(loadWaivers(findingNames), dayOf(new Date()));

new PolicyPack(PACK_NAME, {
  displayName: "ECS on EC2",
  description:
    "Limits on scaling, capacity, cost and exposure of an application on Amazon ECS and EC2",
  enforcementLevel: "mandatory",
  // The engine sets the stack's name; without it, as in `pulumi policy analyze`, the levels are prod's.
  policies: buildPolicies(process.env["PULUMI_NODEJS_STACK"] ?? "", waivers),
});
