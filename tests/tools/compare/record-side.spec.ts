import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { textInBase64 } from "../../../tools/compare/base64-text";
import { referencesIn } from "../../../tools/compare/reference";
import { recordDeployed, recordSide } from "../../../tools/compare/record-side";
import { stackSettings } from "../../../tools/compare/stack-settings";
import type { Json, ResourceGraph } from "../../../tools/preview/graph";
import { UNKNOWN } from "../../../tools/preview/graph";
import { loadStackFiles } from "../../../tools/preview/stack-files";
import { sideOf } from "../../support/sides";
import { recorded } from "../../support/stacks";
import { shippedFiles } from "../../support/shipped-files";

const key = (name: string) => `ecs-on-ec2:${name}`;

/** Settings that between them turn every option of the program on. */
const VARIANTS = {
  dev: {},
  "dev with options": {
    [key("networkMode")]: "awsvpc",
    [key("interfaceEndpoints")]: "true",
    [key("natGateways")]: "None",
    [key("amiSource")]: "launch",
    [key("alarmEmail")]: "ops@example.com",
    [key("certificateArn")]:
      "arn:aws:acm:eu-central-1:123456789012:certificate/00000000-0000-4000-8000-000000000000",
    [key("staticIngressIps")]: "true",
    [key("secretEnvironment")]:
      '{"TOKEN":"arn:aws:secretsmanager:eu-central-1:123456789012:secret:token-AbCdEf"}',
  },
  prod: {},
} as const;

describe("recordSide", () => {
  for (const [variant, changes] of Object.entries(VARIANTS)) {
    const [stack = ""] = variant.split(" ");

    it(`leaves nothing unknown and nothing made up in ${variant}`, async () => {
      const files = shippedFiles(stack);
      const changed = { ...files, config: { ...files.config, ...changes } };
      const { graph } = await sideOf(stack, changes);
      const { assigned } = await recordDeployed(process.cwd(), changed, 0);
      const known = new Set(textsOf(plainly(graph)));
      const preview = textsOf(plainly(await recorded(stack, changes))).join("\n");
      const invented = textsOf(assigned.map(({ values }) => values)).filter(
        // Words such as STANDARD, and what a person configured, are no inventions.
        (text) => text.length >= 8 && /\d/.test(text) && !preview.includes(text),
      );
      const whole = [...known].join("\n");

      assert.ok(invented.length > 100);
      assert.deepEqual(
        invented.filter((text) => whole.includes(text)),
        [],
      );
      assert.deepEqual(
        [...known].filter((text) => text.includes(UNKNOWN)),
        [],
      );
    });
  }

  it("refers to nothing that is not there", async () => {
    const { graph } = await sideOf("prod");
    const urns = new Set(graph.resources.map(({ urn }) => urn));
    const sources = textsOf(plainly(graph)).flatMap((text) => referencesIn(text));

    assert.deepEqual(
      [...new Set(sources.map(({ source }) => source))]
        .filter((source) => !urns.has(source))
        .sort(),
      [
        "aws:index/getAvailabilityZones:getAvailabilityZones",
        "aws:index/getCallerIdentity:getCallerIdentity",
        "aws:route53/getZone:getZone(zoneId=Z0123456789ABCDEFGHIJ)",
        "aws:ssm/getParameter:getParameter(name=/aws/service/ecs/optimized-ami/amazon-linux-2023/arm64/recommended/image_id)",
      ],
    );
  });

  it("gives the same bytes again, with all that a preview says of the stack", async () => {
    const files = shippedFiles("dev");
    const again = () => recordSide(process.cwd(), files, "stack dev");
    const [one, other] = [await again(), await again()];

    assert.equal(JSON.stringify(one), JSON.stringify(other));
    assert.equal(one.label, "stack dev");
    assert.equal(one.capacity.minTasks, 1);
    assert.equal(one.headroom.length, 3);
    assert.deepEqual(one.exceededQuotas, []);
    assert.equal(one.day.missedMinutes, 0);
    assert.ok(one.cost.usdPerMonth.steady > 0);
    assert.equal(one.policies.stack, "dev");
    assert.deepEqual(one.settings["ecs-on-ec2:minTasks"], { value: "1", fingerprint: undefined });
  });

  it("fails as the preview does", async () => {
    const files = shippedFiles("dev");
    const wrong = { ...files, config: { ...files.config, [key("minTasks")]: "0" } };

    await assert.rejects(recordSide(process.cwd(), wrong, "working tree"), {
      name: "RecordingError",
      message: /minTasks: got 0/,
    });
  });
});

describe("stackSettings", () => {
  it("tells two encrypted values apart without telling them", () => {
    const directory = mkdtempSync(join(tmpdir(), "settings-"));
    const settingsOf = (file: string) => {
      writeFileSync(join(directory, "Pulumi.yaml"), "name: shop\n");
      writeFileSync(join(directory, "Pulumi.dev.yaml"), file);
      return stackSettings(directory, loadStackFiles(directory, "dev"), "dev");
    };
    try {
      const one = settingsOf("config: { shop:token: { secure: djE6YWJj }, shop:size: 1 }\n");
      const same = settingsOf("config: { shop:config:token: { secure: djE6YWJj } }\n");
      const other = settingsOf("config: { shop:token: { secure: djE6eHl6 } }\n");

      assert.deepEqual(one["shop:size"], { value: "1", fingerprint: undefined });
      assert.equal(one["shop:token"]?.value, "[secret]");
      assert.match(String(one["shop:token"].fingerprint), /^[0-9a-f]{16}$/);
      assert.deepEqual(same["shop:token"], one["shop:token"]);
      assert.notDeepEqual(other["shop:token"], one["shop:token"]);
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});

/** Values and URNs of a graph, base64 decoded. */
function plainly({ resources, outputs }: ResourceGraph): unknown {
  return [resources.map(({ inputs, outputs: own, options }) => [inputs, own, options]), outputs];
}

function textsOf(value: unknown): string[] {
  if (typeof value === "string") return [textInBase64(value) ?? value];
  return typeof value === "object" && value !== null
    ? Object.values(value as Record<string, Json>).flatMap(textsOf)
    : [];
}
