/** The provider has every resource of Elastic Load Balancing under two type tokens. */
const spellings = (resource: string): readonly string[] => [
  `aws:lb/${resource}`,
  `aws:alb/${resource}`,
];

export const LOAD_BALANCER_TYPES = spellings("loadBalancer:LoadBalancer");
export const LISTENER_TYPES = spellings("listener:Listener");
export const TARGET_GROUP_TYPES = spellings("targetGroup:TargetGroup");
export const TARGET_GROUP_ATTACHMENT_TYPES = spellings(
  "targetGroupAttachment:TargetGroupAttachment",
);
