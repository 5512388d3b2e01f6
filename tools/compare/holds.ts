/** What is lost with a resource. */
export interface Holding {
  readonly holds: "data" | "traffic";
  /** What a reader loses, as the rest of "deleting it ...". */
  readonly reason: string;
}

const data = (reason: string): Holding => ({ holds: "data", reason });
const traffic = (reason: string): Holding => ({ holds: "traffic", reason });

/**
 * Types whose removal loses data or cuts traffic off, each with what is lost. A type that is not here
 * holds nothing: rules, policies and alarms are written again, and a task definition is but a revision
 * of a text, of which every release makes a new one.
 */
const HOLDINGS: Readonly<Record<string, Holding>> = {
  "aws:cloudwatch/logGroup:LogGroup": data("deletes the log events in it"),
  "aws:dynamodb/table:Table": data("deletes the items in it"),
  "aws:ebs/volume:Volume": data("deletes what is on the volume"),
  "aws:ecr/repository:Repository": data("deletes the images that deployments and rollbacks pull"),
  "aws:efs/fileSystem:FileSystem": data("deletes the files on it"),
  "aws:kms/key:Key": data("makes unreadable for ever what is encrypted with it"),
  "aws:rds/cluster:Cluster": data("deletes the databases in it"),
  "aws:rds/instance:Instance": data("deletes the databases on it"),
  "aws:s3/bucket:Bucket": data("deletes the objects in it"),
  "aws:secretsmanager/secret:Secret": data("deletes the secret's value and its versions"),
  "aws:sns/topicSubscription:TopicSubscription": data(
    "loses the confirmation, which a person has to give again",
  ),
  "aws:sqs/queue:Queue": data("deletes the messages in it"),

  "aws:acm/certificate:Certificate": traffic("ends HTTPS wherever the certificate is used"),
  "aws:autoscaling/group:Group": traffic("terminates the instances that the tasks run on"),
  "aws:ec2/eip:Eip": traffic("gives an address back that others may have on their allow-lists"),
  "aws:ec2/internetGateway:InternetGateway": traffic("cuts the VPC off from the internet"),
  "aws:ec2/natGateway:NatGateway": traffic("cuts the private subnets off from the internet"),
  "aws:ec2/route:Route": traffic("leaves the subnets of its table without this way out"),
  "aws:ec2/routeTable:RouteTable": traffic("leaves its subnets without their routes"),
  "aws:ec2/routeTableAssociation:RouteTableAssociation": traffic(
    "takes the subnet's routes away from it",
  ),
  "aws:ec2/securityGroup:SecurityGroup": traffic("closes every way that its rules open"),
  "aws:ec2/subnet:Subnet": traffic("takes away the addresses of all that runs in it"),
  "aws:ec2/vpc:Vpc": traffic("takes away the network that everything runs in"),
  "aws:ec2/vpcEndpoint:VpcEndpoint": traffic("ends the private way to an AWS service"),
  "aws:ecs/capacityProvider:CapacityProvider": traffic(
    "leaves the service without instances to place tasks on",
  ),
  "aws:ecs/cluster:Cluster": traffic("stops every task that runs in it"),
  "aws:ecs/service:Service": traffic("stops the tasks that answer requests"),
  "aws:lb/listener:Listener": traffic("refuses connections to its port"),
  "aws:lb/listenerRule:ListenerRule": traffic("sends the requests that it matches elsewhere"),
  "aws:lb/loadBalancer:LoadBalancer": traffic(
    "takes away the address that the service is called at",
  ),
  "aws:lb/targetGroup:TargetGroup": traffic("drops the targets that requests go to"),
  "aws:lb/targetGroupAttachment:TargetGroupAttachment": traffic(
    "drops a target that requests go to",
  ),
  "aws:route53/record:Record": traffic("takes away a name that the service is called by"),
  "aws:route53/zone:Zone": traffic("takes away every name of the domain"),
};

/** What is lost with a resource of the type, or undefined where nothing is. */
export function holdingOf(type: string): Holding | undefined {
  return HOLDINGS[type];
}
