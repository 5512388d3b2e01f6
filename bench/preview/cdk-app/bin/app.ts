#!/usr/bin/env node
import * as cdk from "aws-cdk-lib/core";
import { WebStack } from "../lib/web-stack";

const app = new cdk.App();
// No env: the template is the same for every account and region, so nothing is looked up at AWS.
new WebStack(app, "web-dev", {
  tags: {
    Project: "ecs-on-ec2",
    Environment: "dev",
    Owner: "platform",
    CostCenter: "engineering",
  },
});
