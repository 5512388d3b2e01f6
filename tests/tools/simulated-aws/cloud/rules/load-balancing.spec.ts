import assert from "node:assert/strict";
import type { Bag } from "../../../../../tools/preview/graph";
import { makeLoadBalancer, makeNetwork } from "../network-of";
import { inAccount, refusalOf, textOf } from "../temporary-account";

const BALANCER = "aws:lb/loadBalancer:LoadBalancer";
const TARGETS = "aws:lb/targetGroup:TargetGroup";
const LISTENER = "aws:lb/listener:Listener";
const RULE = "aws:lb/listenerRule:ListenerRule";
const ARN = "arn:aws:elasticloadbalancing:eu-central-1:123456789012";

describe("the rules of load balancing", () => {
  it(
    "refuse what names something that does not exist",
    inAccount(async (account) => {
      const network = await makeNetwork(account);
      const { balancer } = await makeLoadBalancer(account, network);
      const subnets = network.subnets.map(({ id }) => id);
      const refusal = (type: string, inputs: Bag) => refusalOf(account.make(type, inputs, "other"));
      assert.equal(
        await refusal(BALANCER, { subnets: ["subnet-0"] }),
        "SubnetNotFound: The subnet ID 'subnet-0' does not exist",
      );
      assert.equal(
        await refusal(BALANCER, { subnets, securityGroups: ["sg-0"] }),
        "InvalidSecurityGroup: The security group 'sg-0' does not exist",
      );
      assert.equal(
        await refusal(BALANCER, {
          loadBalancerType: "network",
          subnetMappings: [{ subnetId: subnets[0] ?? "", allocationId: "eipalloc-0" }],
        }),
        "AllocationIdNotFound: The allocation ID 'eipalloc-0' does not exist",
      );
      assert.equal(
        await refusal(TARGETS, { port: 80, protocol: "HTTP", vpcId: "vpc-0" }),
        "ValidationError: The VPC ID 'vpc-0' is not found",
      );
      const action = { type: "forward", targetGroupArn: `${ARN}:targetgroup/none/0` };
      assert.equal(
        await refusal(LISTENER, {
          loadBalancerArn: `${ARN}:loadbalancer/app/none/0`,
          defaultActions: [{ type: "fixed-response" }],
        }),
        "LoadBalancerNotFound: One or more load balancers not found",
      );
      assert.equal(
        await refusal(LISTENER, {
          loadBalancerArn: balancer.id,
          port: 81,
          defaultActions: [action],
        }),
        "TargetGroupNotFound: One or more target groups not found",
      );
      assert.equal(
        await refusal(RULE, {
          listenerArn: `${ARN}:listener/app/none/0/0`,
          actions: [action],
          conditions: [{}],
        }),
        "ListenerNotFound: One or more listeners not found",
      );
      assert.equal(
        await refusal("aws:lb/targetGroupAttachment:TargetGroupAttachment", {
          targetGroupArn: `${ARN}:targetgroup/none/0`,
          targetId: "i-0",
        }),
        "TargetGroupNotFound: One or more target groups not found",
      );
    }),
  );

  it(
    "give a name, a port and a priority once",
    inAccount(async (account) => {
      const network = await makeNetwork(account);
      const { balancer, targets, listener } = await makeLoadBalancer(account, network);
      const forward = [{ type: "forward", targetGroupArn: targets.id }];
      const [name, group] = [textOf(balancer, "name"), textOf(targets, "name")];
      assert.equal(
        await refusalOf(
          account.make(BALANCER, { name, subnets: network.subnets.map(({ id }) => id) }, "b"),
        ),
        `ELBv2 Load Balancer (${name}) already exists`,
      );
      assert.equal(
        await refusalOf(
          account.make(
            TARGETS,
            { name: group, port: 80, protocol: "HTTP", vpcId: network.vpc.id },
            "b",
          ),
        ),
        `ELBv2 Target Group (${group}) already exists`,
      );
      assert.equal(
        await refusalOf(
          account.make(
            LISTENER,
            { loadBalancerArn: balancer.id, port: 80, defaultActions: forward },
            "b",
          ),
        ),
        `DuplicateListener: A listener already exists on this port for this load balancer '${balancer.id}'`,
      );
      const rule = (logical: string) =>
        account.make(
          RULE,
          { listenerArn: listener.id, priority: 1, actions: forward, conditions: [{}] },
          logical,
        );
      await rule("a");
      assert.equal(await refusalOf(rule("b")), "PriorityInUse: Priority '1' is currently in use");
    }),
  );

  it(
    "keep a target group that a listener sends to, and a protected load balancer",
    inAccount(async (account) => {
      const { balancer, targets, listener } = await makeLoadBalancer(
        account,
        await makeNetwork(account),
      );
      assert.equal(
        await refusalOf(account.delete(targets)),
        `ResourceInUse: Target group '${targets.id}' is currently in use by a listener or a rule`,
      );
      await account.change(balancer, { enableDeletionProtection: true });
      assert.equal(
        await refusalOf(account.delete(balancer)),
        `OperationNotPermitted: Load balancer '${balancer.id}' cannot be deleted because deletion protection is enabled`,
      );
      const protectedInputs = { ...balancer.inputs, enableDeletionProtection: true };
      await account.change(
        { ...balancer, inputs: protectedInputs },
        { enableDeletionProtection: false },
      );
      await account.delete(balancer);
      assert.equal(await account.cloud.read(listener), undefined);
      await account.delete(targets);
    }),
  );
});
