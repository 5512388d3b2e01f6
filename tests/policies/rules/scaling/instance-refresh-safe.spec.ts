import { instanceRefreshSafe as policy } from "../../../../policies/rules/scaling/instance-refresh-safe";
import { UNKNOWN } from "../../../../tools/preview/graph";
import { casesOf } from "../../../support/policy-cases";

const DAY = 86_400;
const healthy = (got: string, allowed = "90 to 100 %") =>
  [
    `instanceRefresh.preferences.minHealthyPercentage is ${got}`,
    allowed,
    "raise minHealthyPercentage",
  ] as const;
const refresh = (minHealthyPercentage: unknown) => ({
  instanceRefresh: { preferences: { minHealthyPercentage } },
});
const NO_REFRESH = [
  "instanceRefresh is missing, and the launch template's version is not fixed",
  "an instanceRefresh, or a fixed version",
  "configure instanceRefresh: without it running instances keep the old template",
] as const;
const lifetime = (got: string, allowed = "604800 to 2592000 s, 7 to 30 days") =>
  [`maxInstanceLifetime is ${got}`, allowed, "set maxInstanceLifetime"] as const;
const template = (version: unknown) => ({
  instanceRefresh: undefined,
  mixedInstancesPolicy: { launchTemplate: { launchTemplateSpecification: { version } } },
});

describe("instance-refresh-safe", () => {
  const { accepts, refuses, undecided, ignoresOtherTypes } = casesOf({
    policy,
    type: "aws:autoscaling/group:Group",
    props: {
      maxSize: 12,
      maxInstanceLifetime: 14 * DAY,
      mixedInstancesPolicy: { launchTemplate: { launchTemplateSpecification: { version: "7" } } },
      instanceRefresh: { preferences: { minHealthyPercentage: 100 } },
    },
    levels: { dev: "advisory", prod: "mandatory" },
  });

  accepts("a careful refresh and a lifetime inside the limits");
  accepts("the smallest healthy share, as a text", refresh("90"));
  accepts("AWS's default share", { instanceRefresh: { strategy: "Rolling" } });
  accepts("a refresh with an unknown version", { ...template(UNKNOWN), ...refresh(100) });
  accepts("a fixed version without a refresh", template("7"));
  accepts("a fixed version of a template without a mixed policy", {
    instanceRefresh: undefined,
    mixedInstancesPolicy: undefined,
    launchTemplate: { version: 7 },
  });
  accepts("the shortest lifetime", { maxInstanceLifetime: 7 * DAY });
  accepts("the longest lifetime", { maxInstanceLifetime: String(30 * DAY) });
  accepts("no lifetime", { maxInstanceLifetime: 0 });
  accepts("an absent lifetime", { maxInstanceLifetime: undefined });
  accepts("a warm pool of the whole group", { warmPool: { maxGroupPreparedCapacity: 12 } });
  accepts("a warm pool of AWS's default size", { warmPool: {} });
  refuses("one percent too little", refresh(89), healthy("89 %"));
  refuses("a share that is no number", refresh("most"), healthy("not a whole number"));
  refuses("one percent too little in dev", refresh(49), healthy("49 %", "50 to 100 %"), "dev");
  for (const version of ["$Latest", "$Default", undefined]) {
    refuses(
      `${version ?? "an absent version"} without a refresh`,
      {
        ...template("7"),
        mixedInstancesPolicy: undefined,
        launchTemplate: version === undefined ? {} : { version },
      },
      NO_REFRESH,
    );
  }
  refuses(
    "the newest version of a mixed policy without a refresh",
    template("$Latest"),
    NO_REFRESH,
  );
  refuses(
    "an instance refresh that is null",
    { ...template("$Latest"), instanceRefresh: null },
    NO_REFRESH,
  );
  refuses("a second too short", { maxInstanceLifetime: 7 * DAY - 1 }, lifetime("604799 s"));
  refuses("a second too long", { maxInstanceLifetime: 30 * DAY + 1 }, lifetime("2592001 s"));
  refuses(
    "a lifetime that is no number",
    { maxInstanceLifetime: [] },
    lifetime("not a whole number"),
  );
  refuses(
    "a lifetime too long for dev",
    { maxInstanceLifetime: 366 * DAY },
    lifetime("31622400 s", "86400 to 31536000 s, 1 to 365 days"),
    "dev",
  );
  refuses("a warm pool above the group", { warmPool: { maxGroupPreparedCapacity: 13 } }, [
    "warmPool.maxGroupPreparedCapacity is 13 and maxSize 12",
    "a maxGroupPreparedCapacity of at most maxSize",
    "lower maxGroupPreparedCapacity or leave it out",
  ]);
  undecided(
    "an unknown version without a refresh, and decides the lifetime",
    { ...template(UNKNOWN), maxInstanceLifetime: 1 },
    [lifetime("1 s")],
  );
  undecided(
    "an unknown lifetime, and decides the share",
    { maxInstanceLifetime: UNKNOWN, ...refresh(89) },
    [healthy("89 %")],
  );
  ignoresOtherTypes();
});
