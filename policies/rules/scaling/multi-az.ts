import { requireBounds } from "../../bounds";
import { LOAD_BALANCER_TYPES } from "../../load-balancer-types";
import { type Judge, type JudgedResource, resourcePolicy } from "../../policy";
import { listOf, objectOf } from "../../values";

type MultiAzJudge = Judge<"multi-az">;
type Props = JudgedResource["props"];

const FIX = "raise availabilityZones";

/** AWS has at most six zones in a region; a network has one subnet of each kind in a zone. */
const MOST_ZONES = 6;

export const multiAz = resourcePolicy({
  name: "multi-az",
  description: "Instances, tasks and load balancers are spread over several availability zones.",
  severity: "high",
  levels: { dev: "advisory", prod: "mandatory" },
  frameworks: [
    "Security Hub AutoScaling.2",
    "Security Hub ELB.13",
    "Control Tower CT.AUTOSCALING.PR.1",
    "Prowler autoscaling_group_multiple_az",
    "Prowler elbv2_is_in_multiple_az",
  ],
  remediationSteps:
    "Set availabilityZones in Pulumi.<stack>.yaml. A group, service or load balancer outside this project gets one subnet in each of as many zones.",
  url: "https://docs.aws.amazon.com/autoscaling/ec2/userguide/auto-scaling-benefits.html",
  checks: [
    {
      // The subnets of all others are unknown until the network exists.
      type: "ecs-on-ec2:index:Network",
      check: ({ props }, { limits, violate }) => {
        requireBounds(violate, {
          property: "plan.availabilityZones",
          value: objectOf(props["plan"])["availabilityZones"],
          allowed: { min: limits.minZones, max: MOST_ZONES },
          fix: FIX,
        });
      },
    },
    {
      type: "aws:autoscaling/group:Group",
      check: ({ props }, judge) => {
        const subnets = listOf(props["vpcZoneIdentifiers"]);
        if (subnets.length > 0) {
          requireDistinct("vpcZoneIdentifiers", subnets, judge);
        } else {
          requireDistinct("availabilityZones", listOf(props["availabilityZones"]), judge);
        }
      },
    },
    ...LOAD_BALANCER_TYPES.map((type) => ({
      type,
      check: ({ props }: JudgedResource, judge: MultiAzJudge) => {
        const mappings = listOf(props["subnetMappings"]);
        if (mappings.length > 0) {
          requireDistinct("subnetMappings", mappings, judge, "subnetId");
        } else {
          requireDistinct("subnets", listOf(props["subnets"]), judge);
        }
      },
    })),
    {
      type: "aws:ecs/service:Service",
      check: ({ props }, judge) => {
        // Only tasks with a network interface of their own have subnets of their own.
        const configuration: Props = objectOf(props["networkConfiguration"]);
        const subnets = listOf(configuration["subnets"]);
        if (subnets.length > 0) {
          requireDistinct("networkConfiguration.subnets", subnets, judge);
        }
      },
    },
  ],
});

/** Reads the elements only of a list that is long enough: the length is known before they are. */
function requireDistinct(
  property: string,
  list: readonly unknown[],
  { limits, violate }: MultiAzJudge,
  field?: string,
): void {
  const distinct =
    list.length < limits.minZones
      ? list.length
      : new Set(Array.from(list, (item) => (field === undefined ? item : objectOf(item)[field])))
          .size;
  if (distinct < limits.minZones) {
    violate({
      got: `${property} has ${String(distinct)} different ${distinct === 1 ? "entry" : "entries"}`,
      allowed: `at least ${String(limits.minZones)}, one a zone`,
      fix: FIX,
    });
  }
}
