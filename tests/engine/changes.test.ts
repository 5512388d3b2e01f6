import assert from "node:assert/strict";
import type { StackChange } from "../support/stack-changes";
import { STACK_CHANGES } from "../support/stack-changes";
import { textOf } from "../support/json";
import { deployedCopy } from "./deployed";
import type { EngineRun, EngineStack } from "./engine-stack";
import { assertOrder, operations } from "./operations";
import "./pulumi-cli";

/** What must hold of a change beside its operations. */
interface Consequences {
  /** True looks for what is left to do afterwards, where a change has many parts. @default false */
  readonly settles?: boolean;
  /** More that must hold of the run. */
  readonly also?: (run: EngineRun, stack: EngineStack) => Promise<void> | void;
}

const CONSEQUENCES: Readonly<Partial<Record<keyof typeof STACK_CHANGES, Consequences>>> = {
  content: {
    settles: true,
    also: async (run, stack) => {
      assertOrder(
        run,
        ["update", "aws:ssm:Parameter web-image-tag"],
        ["update", "docker:index:Image web-build"],
        ["create-replacement", "aws:ecs:TaskDefinition web"],
        ["update", "aws:ecs:Service web"],
        ["delete-replaced", "aws:ecs:TaskDefinition web"],
      );
      const { taskDefinition } = await stack.outputs();
      assert.match(textOf(taskDefinition), /:task-definition\/web-dev:2$/);
    },
  },
  domain: {
    settles: true,
    also: (run) => {
      assertOrder(
        run,
        ["create", "aws:acm:Certificate web"],
        ["create", "aws:route53:Record web-validation"],
        ["create", "aws:acm:CertificateValidation web"],
        ["create", "aws:lb:Listener web-https"],
        ["update", "aws:lb:Listener web-http"],
      );
    },
  },
  networkMode: {
    settles: true,
    also: (run) => {
      assertOrder(
        run,
        ["create-replacement", "aws:lb:TargetGroup web-target"],
        ["update", "aws:lb:Listener web-http"],
        ["update", "aws:ecs:Service web"],
        ["delete-replaced", "aws:lb:TargetGroup web-target"],
      );
      // The new tasks are reached before the service starts them, the old ones until it has stopped them.
      assertOrder(
        run,
        ["create", "aws:vpc:SecurityGroupIngressRule web-tasks-from-load-balancer"],
        ["update", "aws:ecs:Service web"],
        ["delete", "aws:vpc:SecurityGroupIngressRule web-instances-from-load-balancer"],
      );
      assertOrder(
        run,
        ["create", "aws:vpc:SecurityGroupEgressRule web-load-balancer-to-tasks"],
        ["update", "aws:ecs:Service web"],
        ["delete", "aws:vpc:SecurityGroupEgressRule web-load-balancer-to-instances"],
      );
    },
  },
  zones: {
    settles: true,
    also: (run) => {
      // An instance of the new zone reaches ECR from its first second.
      assertOrder(
        run,
        ["create", "aws:ec2:Subnet web-private-3"],
        ["create", "aws:ec2:RouteTableAssociation web-private-3"],
        ["update", "aws:ec2:VpcEndpoint web-s3"],
        ["update", "aws:autoscaling:Group web"],
      );
    },
  },
  flowLogs: {
    also: (_, stack) => {
      const left = stack.held().filter(({ name }) => name === "web-flow-logs");
      assert.deepEqual(
        left.map(({ type }) => type),
        ["aws:cloudwatch/logGroup:LogGroup"],
      );
    },
  },
};

describe("a change of", function () {
  this.timeout(240_000);

  for (const [name, change] of Object.entries<StackChange>(STACK_CHANGES)) {
    const { settles = false, also }: Consequences =
      CONSEQUENCES[name as keyof typeof STACK_CHANGES] ?? {};

    it(change.title, async () => {
      const stack = await deployedCopy(change.environment);
      stack.change(change.settings ?? {});
      for (const [file, edit] of Object.entries(change.edits ?? {})) stack.edit(file, edit);

      const run = await stack.succeed("up");

      assert.deepEqual(operations(run), change.operations);
      await also?.(run, stack);
      if (settles) await stack.succeed("preview", ["--expect-no-changes"]);
      await stack.remove();
    });
  }
});
