import { dev, type Mutation, prod } from "./mutation";

const group = prod("aws:autoscaling:Group web");
const template = prod("aws:ec2:LaunchTemplate web");
const service = prod("aws:ecs:Service web");
const natGateway = prod("aws:ec2:NatGateway web-1");

const TAGS = {
  CostCenter: "engineering",
  Environment: "prod",
  Owner: "platform",
  Project: "ecs-on-ec2",
};
const OVERRIDES = "mixedInstancesPolicy.launchTemplate.overrides";
const DISTRIBUTION = "mixedInstancesPolicy.instancesDistribution";

/** What it costs, who pays, and what must not be deleted by mistake. */
export const COST: readonly Mutation[] = [
  // The dearest types that are allowed
  group.set({ [`${OVERRIDES}[2].instanceType`]: "c7g.2xlarge" }, ["monthly-cost-ceiling"]),
  group.set({ [`${OVERRIDES}[2].instanceType`]: "m6g.xlarge" }, []),
  dev("aws:autoscaling:Group web").set(
    { [OVERRIDES]: [{ instanceType: "t3.large" }, { instanceType: "t4g.large" }] },
    ["monthly-cost-ceiling"],
  ),
  dev("aws:autoscaling:Group web").set(
    { [`${DISTRIBUTION}.onDemandPercentageAboveBaseCapacity`]: 100 },
    [],
  ),
  natGateway.add(
    {
      type: "aws:ec2/natGateway:NatGateway",
      name: "another",
      inputs: { tagsAll: TAGS },
    },
    [],
  ),

  // Tags
  service.set({ "tagsAll.Owner": undefined }, ["required-tags"]),
  service.set({ "tagsAll.CostCenter": "" }, ["required-tags"]),
  service.set({ tagsAll: undefined }, ["required-tags"]),
  service.set({ propagateTags: undefined }, ["required-tags"]),
  service.set({ propagateTags: "TASK_DEFINITION" }, []),
  service.set({ enableEcsManagedTags: false }, ["required-tags"]),
  prod("aws:cloudwatch:LogGroup web-tasks").set({ "tagsAll.Project": undefined }, [
    "required-tags",
  ]),
  group.set({ tags: undefined }, ["required-tags"]),
  group.set({ "tags[0].propagateAtLaunch": false }, ["required-tags"]),
  template.set({ "tagSpecifications[1]": undefined }, ["required-tags"]),
  template.set({ "tagSpecifications[0].tags.Environment": undefined }, ["required-tags"]),
  natGateway.add({ type: "aws:ec2/natGateway:NatGateway", name: "another", inputs: {} }, [
    "required-tags",
  ]),
  dev("aws:ecs:Cluster web").set({ "tagsAll.Owner": undefined }, ["required-tags"]),

  // Protection
  prod("aws:ecr:Repository web").options({ protect: false }, ["protected-resources"]),
  prod("aws:lb:LoadBalancer web").options({ protect: false }, ["protected-resources"]),
  prod("aws:s3:Bucket web-access-logs").options({ protect: false }, ["protected-resources"]),
];
