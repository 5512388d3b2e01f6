/** What Route 53 tells of a hosted zone. */
export interface HostedZone {
  readonly zoneId: string;
  /** Domain of the zone; a trailing dot counts for nothing. */
  readonly name: string;
  readonly privateZone?: boolean | undefined;
}

/**
 * The id of the zone, where it can hold the public records of the domain.
 *
 * @throws Error where the zone is private, or of another domain
 */
export function requireZoneOf(domainName: string, zone: HostedZone): string {
  const zoneDomain = zone.name.replace(/\.$/, "");
  const remedy = `give the id of the public hosted zone that holds ${domainName}`;
  if (zone.privateZone === true) {
    throw new Error(
      `hostedZoneId is ${zone.zoneId}, a private zone that the internet cannot see; ${remedy}`,
    );
  }
  if (domainName !== zoneDomain && !domainName.endsWith(`.${zoneDomain}`)) {
    throw new Error(
      `hostedZoneId is ${zone.zoneId}, the zone of ${zoneDomain}, which cannot hold ${domainName}; ${remedy}`,
    );
  }
  return zone.zoneId;
}
