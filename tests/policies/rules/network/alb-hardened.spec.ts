import assert from "node:assert/strict";
import { LIMITS } from "../../../../policies/limits";
import { albHardened as policy } from "../../../../policies/rules/network/alb-hardened";
import { UNKNOWN } from "../../../../tools/preview/graph";
import { casesOf, type Said } from "../../../support/policy-cases";
import { checkingUnknowns } from "../../../support/unknowns";

const HEADERS: Said = [
  "dropInvalidHeaderFields is not true",
  "true",
  "set dropInvalidHeaderFields of the load balancer",
];
const desync = (mode: string): Said => [
  `desyncMitigationMode is ${mode}`,
  "defensive or strictest",
  "leave desyncMitigationMode of the load balancer out",
];
const DELETION: Said = [
  "enableDeletionProtection is not true",
  "true",
  "set deletionProtection to true",
];
const LOGS: Said = [
  "accessLogs.enabled is not true",
  "true",
  "set accessLogs to true; a bucket alone does not turn the logs on",
];

for (const type of ["aws:lb/loadBalancer:LoadBalancer", "aws:alb/loadBalancer:LoadBalancer"]) {
  describe(`alb-hardened of ${type}`, () => {
    const { accepts, refuses, undecided, ignoresOtherTypes } = casesOf({
      policy,
      type,
      props: {
        loadBalancerType: "application",
        dropInvalidHeaderFields: true,
        desyncMitigationMode: "defensive",
        enableDeletionProtection: true,
        accessLogs: { bucket: UNKNOWN, enabled: true },
      },
      levels: { dev: "mandatory", prod: "mandatory" },
    });

    accepts("a hardened load balancer");
    accepts("the strictest mode", { desyncMitigationMode: "strictest" });
    accepts("the default mode", { desyncMitigationMode: undefined });
    accepts("true as a text", {
      dropInvalidHeaderFields: "true",
      enableDeletionProtection: "true",
    });
    accepts("a load balancer of no type, which is an application's", { loadBalancerType: null });
    accepts("a protected network load balancer without logs and modes", {
      loadBalancerType: "network",
      dropInvalidHeaderFields: undefined,
      desyncMitigationMode: undefined,
      accessLogs: undefined,
    });
    accepts(
      "no protection and no logs in dev",
      { enableDeletionProtection: false, accessLogs: undefined },
      "dev",
    );

    refuses("invalid headers", { dropInvalidHeaderFields: false }, HEADERS);
    refuses("invalid headers by default", { dropInvalidHeaderFields: undefined }, HEADERS);
    refuses("invalid headers in dev", { dropInvalidHeaderFields: null }, HEADERS, "dev");
    refuses("a mode that only watches", { desyncMitigationMode: "monitor" }, desync('"monitor"'));
    refuses("a mode that is none", { desyncMitigationMode: 1 }, desync("1"));
    refuses("no protection", { enableDeletionProtection: false }, DELETION);
    refuses("no protection by default", { enableDeletionProtection: undefined }, DELETION);
    refuses(
      "an unprotected network load balancer",
      { loadBalancerType: "network", enableDeletionProtection: null },
      DELETION,
    );
    refuses("no logs", { accessLogs: undefined }, LOGS);
    refuses("logs that are off", { accessLogs: { bucket: "logs", enabled: false } }, LOGS);
    refuses("a bucket alone", { accessLogs: { bucket: "logs" } }, LOGS);
    refuses("logs that are none", { accessLogs: [] }, LOGS);
    refuses(
      "everything at once",
      {
        dropInvalidHeaderFields: null,
        desyncMitigationMode: "monitor",
        enableDeletionProtection: "no",
        accessLogs: "yes",
      },
      [HEADERS, desync('"monitor"'), DELETION, LOGS],
    );

    undecided(
      "unknown logs, and decides the rest",
      { accessLogs: UNKNOWN, enableDeletionProtection: false },
      [DELETION],
    );
    ignoresOtherTypes();
  });
}

describe("alb-hardened, its repair", () => {
  const repair = (props: Record<string, unknown>) =>
    policy.remediation?.repair(checkingUnknowns(props), LIMITS.dev["alb-hardened"]);

  it("turns the headers off and the mode on, once", () => {
    const props = { desyncMitigationMode: "monitor", subnets: UNKNOWN, __defaults: ["name"] };

    assert.equal(repair(props), true);
    assert.deepEqual(props, {
      desyncMitigationMode: "defensive",
      dropInvalidHeaderFields: true,
      subnets: UNKNOWN,
      __defaults: ["name"],
    });
    assert.equal(repair(props), false);
  });

  for (const props of [
    { desyncMitigationMode: "strictest", dropInvalidHeaderFields: false },
    { desyncMitigationMode: "monitor", dropInvalidHeaderFields: true },
  ]) {
    it(`says that it changed one of ${JSON.stringify(props)}`, () => {
      assert.equal(repair(props), true);
    });
  }

  it("leaves the strictest mode as it is", () => {
    const props = { desyncMitigationMode: "strictest", dropInvalidHeaderFields: true };

    assert.equal(repair(props), false);
    assert.equal(props.desyncMitigationMode, "strictest");
  });

  it("leaves unknown values as they are", () => {
    const props = { desyncMitigationMode: UNKNOWN, dropInvalidHeaderFields: UNKNOWN };

    assert.equal(repair(props), false);
    assert.deepEqual(props, { desyncMitigationMode: UNKNOWN, dropInvalidHeaderFields: UNKNOWN });
  });

  for (const loadBalancerType of ["network", "gateway", UNKNOWN]) {
    it(`leaves a load balancer of the type ${loadBalancerType} as it is`, () => {
      const props = { loadBalancerType };

      assert.equal(repair(props), false);
      assert.deepEqual(props, { loadBalancerType });
    });
  }

  it("is for both spellings", () => {
    assert.deepEqual(policy.remediation?.type, [
      "aws:lb/loadBalancer:LoadBalancer",
      "aws:alb/loadBalancer:LoadBalancer",
    ]);
  });
});
