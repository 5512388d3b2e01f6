/**
 * The subnet of a zone, by the zone's number from 0.
 *
 * @throws Error where the network has fewer subnets than zones are asked for
 */
export function subnetOfZone(subnetIds: readonly string[], zone: number): string {
  const subnetId = subnetIds[zone];
  if (subnetId === undefined) {
    throw new Error(
      `publicSubnetIds has ${String(subnetIds.length)} of at least ${String(zone + 1)} subnets; ` +
        "lower availabilityZones or give every zone a public subnet",
    );
  }
  return subnetId;
}
