import assert from "node:assert/strict";
import { loosensLimit, loosensList } from "../../policies/limit-direction";
import { LIMITS } from "../../policies/limits";

/** Every limit that is no list, with its path. */
function singleLimits(value: object, path = ""): readonly (readonly [string, unknown])[] {
  return Object.entries(value).flatMap(([key, limit]: [string, unknown]) => {
    const at = path === "" ? key : `${path}.${key}`;
    if (Array.isArray(limit)) return [];
    return typeof limit === "object" && limit !== null ? singleLimits(limit, at) : [[at, limit]];
  });
}

describe("loosensLimit", () => {
  const bothWays = (path: string, low: unknown, high: unknown) => [
    loosensLimit(path, low, high),
    loosensLimit(path, high, low),
  ];

  it("knows which way the shipped limits allow more, but for those that have none", () => {
    const unknown = singleLimits(LIMITS.prod)
      .filter(([path, value]) => {
        const other = typeof value === "number" ? value + 1 : typeof value === "boolean" && !value;
        return loosensLimit(path, value, other) === loosensLimit(path, other, value);
      })
      .map(([path]) => path);

    assert.deepEqual(unknown.sort(), [
      "drain-budget-within-deadline.spotDeadlineSeconds",
      "ecs-no-plaintext-secrets.deniedNames",
      "instance-access.deniedNames",
      "instance-type-allow-list.maxSize",
    ]);
  });

  it("takes a larger maximum and a smaller minimum for more", () => {
    assert.deepEqual(bothWays("asg-size-within-limits.maxCeiling", 4, 400), [true, false]);
    assert.deepEqual(bothWays("asg-size-within-limits.minFloor", 1, 2), [false, true]);
    assert.deepEqual(bothWays("log-retention-bounds.retentionDays.max", 1, 2), [true, false]);
    assert.deepEqual(bothWays("mixed-instances.onDemandPercentMin", 0, 50), [false, true]);
    assert.deepEqual(bothWays("rolling-deploy-feasible.maxPercentMax", 1, 2), [true, false]);
  });

  it("takes what is no longer required and what is allowed now for more", () => {
    assert.deepEqual(bothWays("alb-https-only.requireTls", false, true), [false, true]);
    assert.deepEqual(bothWays("ecr-hardened.allowForceDelete", false, true), [true, false]);
    assert.deepEqual(bothWays("asg-headroom.surviveZoneLoss", false, true), [false, true]);
  });

  it("rules nothing out where a limit comes or goes, or is a text", () => {
    assert.deepEqual(bothWays("some-policy.maxThings", undefined, 3), [true, true]);
    assert.deepEqual(bothWays("some-policy.things", 3, 4), [true, true]);
    assert.deepEqual(bothWays("instance-type-allow-list.maxSize", "a", "b"), [true, true]);
  });
});

describe("loosensList", () => {
  it("takes a longer list for more, but for lists of what is demanded", () => {
    const added = (path: string) => [loosensList(path, true), loosensList(path, false)];

    assert.deepEqual(added("security-group-ingress.publicPorts"), [true, false]);
    assert.deepEqual(added("required-tags.keys"), [false, true]);
    assert.deepEqual(added("protected-resources.types"), [false, true]);
  });
});
