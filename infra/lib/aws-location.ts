/** Where a stack lives: the parts that ARNs are made of. */
export interface AwsLocation {
  /** `aws`, `aws-cn`, `aws-us-gov` or another. */
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
}
