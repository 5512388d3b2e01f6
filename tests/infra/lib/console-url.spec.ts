import assert from "node:assert/strict";
import { buildDashboardUrl } from "../../../infra/lib/console-url";

describe("buildDashboardUrl", () => {
  for (const [partition, region, host] of [
    ["aws", "eu-central-1", "eu-central-1.console.aws.amazon.com"],
    ["aws-cn", "cn-north-1", "cn-north-1.console.amazonaws.cn"],
    ["aws-us-gov", "us-gov-west-1", "us-gov-west-1.console.amazonaws-us-gov.com"],
    ["aws-eusc", "eusc-de-east-1", "eusc-de-east-1.console.amazonaws-eusc.eu"],
    ["aws-iso", "us-iso-east-1", "us-iso-east-1.console.aws.amazon.com"],
  ] as const) {
    it(`opens the dashboard in the console of ${partition}`, () => {
      assert.equal(
        buildDashboardUrl({ partition, region }, "web-dev"),
        `https://${host}/cloudwatch/home?region=${region}#dashboards/dashboard/web-dev`,
      );
    });
  }
});
