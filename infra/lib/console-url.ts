import type { AwsLocation } from "./aws-location";

/** Host of the AWS console by partition, after the region; regions share one host outside `aws`. */
const CONSOLE_HOSTS: Readonly<Record<string, string>> = {
  aws: "console.aws.amazon.com",
  "aws-cn": "console.amazonaws.cn",
  "aws-us-gov": "console.amazonaws-us-gov.com",
  "aws-eusc": "console.amazonaws-eusc.eu",
};

/** Address of a CloudWatch dashboard in the console; a partition without an entry gets the host of `aws`. */
export function buildDashboardUrl(
  { partition, region }: Pick<AwsLocation, "partition" | "region">,
  dashboardName: string,
): string {
  const host = CONSOLE_HOSTS[partition] ?? "console.aws.amazon.com";
  return `https://${region}.${host}/cloudwatch/home?region=${region}#dashboards/dashboard/${dashboardName}`;
}
