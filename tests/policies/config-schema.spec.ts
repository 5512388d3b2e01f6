import assert from "node:assert/strict";
import { configSchemaOf } from "../../policies/config-schema";
import { LIMITS } from "../../policies/limits";

describe("configSchemaOf", () => {
  it("has the type and both defaults of each limit", () => {
    assert.deepEqual(configSchemaOf("asg-size-within-limits"), {
      properties: {
        minFloor: { type: "number", description: "default in dev 0, in prod 2" },
        maxCeiling: { type: "number", description: "default in dev 4, in prod 20" },
      },
    });
  });

  it("closes objects within", () => {
    assert.deepEqual(configSchemaOf("log-retention-bounds").properties["retentionDays"], {
      type: "object",
      properties: {
        min: { type: "number", description: "default in dev 1, in prod 30" },
        max: { type: "number", description: "default in dev 30, in prod 400" },
      },
      additionalProperties: false,
      description: 'default in dev {"min":1,"max":30}, in prod {"min":30,"max":400}',
    });
  });

  it("tells lists of texts from lists of numbers, empty ones too", () => {
    assert.deepEqual(configSchemaOf("security-group-ingress").properties["publicPorts"]?.items, {
      type: "number",
    });
    assert.deepEqual(configSchemaOf("service-autoscaled").properties["exemptServices"]?.items, {
      type: "string",
    });
  });

  it("has every limit of every policy and no default that would stand above the environment's", () => {
    for (const name of Object.keys(LIMITS.dev) as (keyof typeof LIMITS.dev)[]) {
      const { properties } = configSchemaOf(name);

      assert.deepEqual(Object.keys(properties), Object.keys(LIMITS.prod[name]), name);
      assert.doesNotMatch(JSON.stringify(properties), /"default":/);
    }
  });
});
