import assert from "node:assert/strict";
import { currentLocation } from "../../../infra/components/location";
import { UNKNOWN } from "../../../tools/preview/graph";
import { underMocks } from "../../support/program-under-mocks";

const locate = (region: string, preview = false) =>
  underMocks(() => ({ ...currentLocation() }), { config: { "aws:region": region }, preview });

describe("currentLocation", () => {
  it("is what the provider points at", async () => {
    assert.deepEqual((await locate("cn-north-1")).outputs, {
      partition: "aws-cn",
      region: "cn-north-1",
      accountId: "123456789012",
    });
  });

  it("knows partition and region without an account", async () => {
    assert.deepEqual((await locate("eu-central-1", true)).outputs, {
      partition: "aws",
      region: "eu-central-1",
      accountId: UNKNOWN,
    });
  });
});
