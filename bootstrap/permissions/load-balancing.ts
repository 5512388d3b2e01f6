import { inRegion } from "./conditions";
import { actionsOf, type Area } from "./permission-table";

const elb = actionsOf("elasticloadbalancing");
const TAGS = elb("AddTags", "RemoveTags");

/** Load balancers, target groups and listeners. */
export const LOAD_BALANCING: Area = {
  name: "load-balancing",
  types: {
    "aws:lb/loadBalancer:LoadBalancer": {
      source: "elbv2/load_balancer.go",
      // Elastic Load Balancing looks at the network with the caller's permissions.
      create: [
        ...elb("CreateLoadBalancer", "AddTags", "ModifyLoadBalancerAttributes"),
        "ec2:DescribeAccountAttributes",
        "ec2:DescribeAddresses",
        "ec2:DescribeInternetGateways",
        "ec2:DescribeSecurityGroups",
        "ec2:DescribeSubnets",
        "ec2:DescribeVpcs",
      ],
      read: elb(
        "DescribeLoadBalancers",
        "DescribeLoadBalancerAttributes",
        "DescribeCapacityReservation",
        "DescribeTags",
      ),
      update: [...elb("ModifyLoadBalancerAttributes", "SetSecurityGroups", "SetSubnets"), ...TAGS],
      delete: [...elb("DeleteLoadBalancer"), "ec2:DescribeNetworkInterfaces"],
    },
    "aws:lb/targetGroup:TargetGroup": {
      source: "elbv2/target_group.go",
      create: elb("CreateTargetGroup", "AddTags", "ModifyTargetGroupAttributes"),
      read: elb("DescribeTargetGroups", "DescribeTargetGroupAttributes", "DescribeTags"),
      update: [...elb("ModifyTargetGroup", "ModifyTargetGroupAttributes"), ...TAGS],
      delete: elb("DeleteTargetGroup"),
    },
    "aws:lb/targetGroupAttachment:TargetGroupAttachment": {
      source: "elbv2/target_group_attachment.go",
      create: elb("RegisterTargets"),
      read: elb("DescribeTargetHealth"),
      update: [],
      delete: elb("DeregisterTargets"),
    },
    "aws:lb/listener:Listener": {
      source: "elbv2/listener.go",
      create: elb("CreateListener", "AddTags", "ModifyListenerAttributes"),
      read: elb("DescribeListeners", "DescribeListenerAttributes", "DescribeTags"),
      update: [...elb("ModifyListener", "ModifyListenerAttributes"), ...TAGS],
      delete: elb("DeleteListener"),
    },
  },
  reads: (application) => [
    {
      sid: "ReadLoadBalancers",
      why: "Elastic Load Balancing and EC2 know no resource for these actions; the region is the limit",
      actions: [
        ...elb(
          "DescribeCapacityReservation",
          "DescribeListenerAttributes",
          "DescribeListeners",
          "DescribeLoadBalancerAttributes",
          "DescribeLoadBalancers",
          "DescribeTags",
          "DescribeTargetGroupAttributes",
          "DescribeTargetGroups",
          "DescribeTargetHealth",
        ),
        "ec2:DescribeAccountAttributes",
      ],
      resources: ["*"],
      condition: inRegion(application),
    },
  ],
  writes: ({ partition, region, accountId, appName }) => {
    const arn = (resource: string) =>
      `arn:${partition}:elasticloadbalancing:${region}:${accountId}:${resource}`;
    return [
      {
        sid: "ChangeLoadBalancers",
        why: "names of load balancers and target groups begin with the application's name, and the ARN of a listener holds its load balancer's name",
        actions: [
          ...elb(
            "CreateListener",
            "CreateLoadBalancer",
            "CreateTargetGroup",
            "DeleteListener",
            "DeleteLoadBalancer",
            "DeleteTargetGroup",
            "DeregisterTargets",
            "ModifyListener",
            "ModifyListenerAttributes",
            "ModifyLoadBalancerAttributes",
            "ModifyTargetGroup",
            "ModifyTargetGroupAttributes",
            "RegisterTargets",
            "SetSecurityGroups",
            "SetSubnets",
          ),
          ...TAGS,
        ],
        resources: [
          arn(`loadbalancer/app/${appName}-*`),
          arn(`loadbalancer/net/${appName}-*`),
          arn(`targetgroup/${appName}-*`),
          arn(`listener/app/${appName}-*`),
          arn(`listener/net/${appName}-*`),
        ],
      },
    ];
  },
};
