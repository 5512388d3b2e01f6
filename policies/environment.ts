/**
 * The environment of a resource: the name of its stack, as the URN `urn:pulumi:STACK::PROJECT::…` has
 * it. Unlike the SDK's own idea of the stack it is there however the pack is run.
 */
export function environmentOf(urn: string): string {
  return /^urn:pulumi:([^:]+)::/.exec(urn)?.[1] ?? "";
}
