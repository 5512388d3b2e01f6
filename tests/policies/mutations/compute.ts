import { deployedDev, deployedProd, dev, type Mutation, prod } from "./mutation";

const template = prod("aws:ec2:LaunchTemplate web");
const running = deployedProd("aws:ec2:LaunchTemplate web");
const small = dev("aws:ec2:LaunchTemplate web");
const group = prod("aws:autoscaling:Group web");

const EBS = "blockDeviceMappings[0].ebs";

const userData = (...lines: readonly string[]) =>
  Buffer.from(["#!/bin/bash", ...lines, ""].join("\n")).toString("base64");

const TAGS = {
  CostCenter: "engineering",
  Environment: "prod",
  Owner: "platform",
  Project: "ecs-on-ec2",
};

/** How instances are launched, and what they can be reached by. */
export const COMPUTE: readonly Mutation[] = [
  // Metadata service
  template.set({ "metadataOptions.httpTokens": "optional" }, ["launch-template-imdsv2"]),
  template.set({ "metadataOptions.httpTokens": undefined }, ["launch-template-imdsv2"]),
  template.set({ "metadataOptions.httpPutResponseHopLimit": 2 }, ["launch-template-imdsv2"]),
  template.set({ "metadataOptions.httpPutResponseHopLimit": undefined }, []),
  template.set({ "metadataOptions.httpEndpoint": undefined }, ["launch-template-imdsv2"]),
  template.set({ metadataOptions: undefined }, ["launch-template-imdsv2"]),
  small.set({ "metadataOptions.httpTokens": "optional" }, ["launch-template-imdsv2"]),

  // Volumes
  template.set({ [`${EBS}.encrypted`]: "false" }, ["launch-template-ebs-encrypted"]),
  template.set({ [`${EBS}.encrypted`]: undefined }, ["launch-template-ebs-encrypted"]),
  template.set({ [`${EBS}.volumeType`]: "gp2" }, ["launch-template-ebs-encrypted"]),
  template.set({ [`${EBS}.deleteOnTermination`]: "false" }, ["launch-template-ebs-encrypted"]),
  template.set({ [`${EBS}.volumeSize`]: 200 }, []),
  template.set({ [`${EBS}.volumeSize`]: 201 }, ["launch-template-ebs-encrypted"]),
  small.set({ [`${EBS}.volumeSize`]: 50 }, []),
  small.set({ [`${EBS}.volumeSize`]: 51 }, ["launch-template-ebs-encrypted"]),
  template.set({ "blockDeviceMappings[0].deviceName": "/dev/sdf" }, [
    "launch-template-ebs-encrypted",
  ]),
  template.set({ blockDeviceMappings: undefined }, ["launch-template-ebs-encrypted"]),
  template.set({ "blockDeviceMappings[+]": { deviceName: "/dev/sdf", ebs: { volumeSize: 10 } } }, [
    "launch-template-ebs-encrypted",
  ]),

  // Access
  template.set({ "networkInterfaces[+]": { associatePublicIpAddress: "true" } }, [
    "launch-template-no-public-ip",
  ]),
  small.set({ "networkInterfaces[+]": { associatePublicIpAddress: "true" } }, [
    "launch-template-no-public-ip",
  ]),
  template.set({ "networkInterfaces[+]": { associatePublicIpAddress: "false" } }, []),
  template.set({ keyName: "ops" }, ["instance-access"]),
  small.set({ keyName: "ops" }, ["instance-access"]),
  template.set({ iamInstanceProfile: undefined }, ["instance-access"]),
  template.set({ imageId: "resolve:ssm:/golden/image" }, ["instance-access"]),
  template.set({ imageId: "ami-0123456789abcdef0" }, []),
  template.set({ imageId: undefined }, ["instance-access"]),
  dev("ecs-on-ec2:index:Ec2Capacity web").set({ "plan.ami.parameter": "/golden/image" }, [
    "instance-access",
  ]),
  running.set({ userData: userData("export DB_PASSWORD=hunter2") }, ["instance-access"]),
  running.set({ userData: userData(`export ID=AKIA${"A".repeat(16)}`) }, ["instance-access"]),
  running.set({ userData: userData("export DB_PASSWORD=$(read-it)") }, []),
  deployedDev("aws:ec2:LaunchTemplate web").set({ userData: userData("export API_KEY=abc123") }, [
    "instance-access",
  ]),

  // Instances beside the group, or of another kind
  template.set({ instanceType: "m7g.large" }, []),
  template.set({ instanceType: "p5.48xlarge" }, ["instance-type-allow-list"]),
  template.set({ instanceRequirements: { vcpuCount: { min: 2 } } }, ["instance-type-allow-list"]),
  template.add(
    {
      type: "aws:ec2/instance:Instance",
      name: "bastion",
      inputs: { instanceType: "m7g.large", tagsAll: TAGS },
    },
    ["asg-uses-launch-template"],
  ),
  template.add(
    {
      type: "aws:ec2/launchConfiguration:LaunchConfiguration",
      name: "old",
      inputs: { instanceType: "m7g.large" },
    },
    ["asg-uses-launch-template"],
  ),
  group.set({ launchConfiguration: "old" }, ["asg-uses-launch-template"]),
  // Nothing is left then that names an instance type.
  group.set({ mixedInstancesPolicy: undefined }, [
    "asg-uses-launch-template",
    "fleet-vcpu-ceiling",
    "mixed-instances",
    "monthly-cost-ceiling",
  ]),
];
