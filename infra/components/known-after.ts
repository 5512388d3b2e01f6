import * as pulumi from "@pulumi/pulumi";

/**
 * The value, known only once the resources exist. Whoever uses it is created after them and deleted
 * before them, which an id alone does not ensure: the rules of a security group, for example, would
 * otherwise come and go while instances already or still need them.
 */
export function knownAfter<T>(
  value: pulumi.Output<T>,
  resources: readonly pulumi.CustomResource[],
): pulumi.Output<T> {
  return pulumi
    .all([value, pulumi.all(resources.map(({ id }) => id))])
    .apply(([known]) => known) as pulumi.Output<T>;
}
