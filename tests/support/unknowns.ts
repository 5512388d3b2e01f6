/** An object as a policy sees it: reading an unknown value throws, by the SDK's own proxy. */
export function checkingUnknowns(object: object): Record<string, unknown> {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an internal module without typings
  const { unknownCheckingProxy } = require("@pulumi/policy/proxy") as Proxies;
  return unknownCheckingProxy(object);
}

interface Proxies {
  readonly unknownCheckingProxy: (object: object) => Record<string, unknown>;
}
