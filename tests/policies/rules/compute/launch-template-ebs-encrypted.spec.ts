import assert from "node:assert/strict";
import { LIMITS } from "../../../../policies/limits";
import { launchTemplateEbsEncrypted as policy } from "../../../../policies/rules/compute/launch-template-ebs-encrypted";
import { UNKNOWN } from "../../../../tools/preview/graph";
import { casesOf, type Changes, type Said } from "../../../support/policy-cases";
import { checkingUnknowns } from "../../../support/unknowns";

const EBS = { volumeType: "gp3", volumeSize: 30, encrypted: "true", deleteOnTermination: "true" };
const volume = (change: Changes = {}, deviceName: unknown = "/dev/xvda") => ({
  deviceName,
  ebs: Object.fromEntries(
    Object.entries<unknown>({ ...EBS, ...change }).filter(([, value]) => value !== undefined),
  ),
});
const volumes = (...mappings: readonly unknown[]) => ({ blockDeviceMappings: mappings });
const root = (change: Changes) => volumes(volume(change));

const NO_ROOT: Said = [
  "blockDeviceMappings has no root volume",
  "one with ebs, of device /dev/xvda or /dev/sda1",
  "declare the root volume: without it the image's own is used, unencrypted",
];
const plain = (device: string): Said => [
  `encrypted of ${device} is not "true"`,
  '"true"',
  "set ebs.encrypted of the device",
];
const type = (device: string): Said => [
  `volumeType of ${device} is not gp3`,
  "gp3",
  "set ebs.volumeType of the device",
];
const kept = (device: string): Said => [
  `deleteOnTermination of ${device} is not "true"`,
  '"true"',
  "set ebs.deleteOnTermination: the volume of a terminated instance costs for ever",
];
const size = (found: string, most = 200): Said => [
  `volumeSize of /dev/xvda is ${found}`,
  `1 to ${String(most)} GiB`,
  "lower rootVolumeGiB",
];

describe("launch-template-ebs-encrypted", () => {
  const { accepts, refuses, undecided, ignoresOtherTypes } = casesOf({
    policy,
    type: "aws:ec2/launchTemplate:LaunchTemplate",
    props: { blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: EBS }] },
    levels: { dev: "mandatory", prod: "mandatory" },
  });

  accepts("an encrypted root volume");
  accepts("yes and no instead of texts", root({ encrypted: true, deleteOnTermination: true }));
  accepts("the smallest volume", root({ volumeSize: 1 }));
  accepts("the largest volume", root({ volumeSize: "200" }));
  accepts("the size of the image", root({ volumeSize: undefined }));
  accepts("dev's largest volume", root({ volumeSize: 50 }), "dev");
  accepts("the root volume of Windows", volumes(volume({}, "/dev/sda1")));
  accepts(
    "an instance store besides",
    volumes(volume(), { deviceName: "/dev/xvdb", virtualName: "ephemeral0" }),
  );

  for (const blockDeviceMappings of [undefined, null, [], {}, "odd", [null]]) {
    refuses(`mappings ${JSON.stringify(blockDeviceMappings)}`, { blockDeviceMappings }, NO_ROOT);
  }
  refuses("a data volume only", volumes(volume({}, "/dev/xvdb")), NO_ROOT);
  refuses(
    "a root device that is no volume",
    volumes({ deviceName: "/dev/xvda", noDevice: "" }),
    NO_ROOT,
  );
  for (const encrypted of [undefined, null, "false", false, "yes"]) {
    refuses(`encrypted ${JSON.stringify(encrypted)}`, root({ encrypted }), plain("/dev/xvda"));
  }
  refuses("a plain volume in dev too", root({ encrypted: "false" }), plain("/dev/xvda"), "dev");
  for (const volumeType of [undefined, "gp2", "io2"]) {
    refuses(`volumeType ${String(volumeType)}`, root({ volumeType }), type("/dev/xvda"));
  }
  for (const deleteOnTermination of [undefined, "false", false]) {
    refuses(
      `deleteOnTermination ${String(deleteOnTermination)}`,
      root({ deleteOnTermination }),
      kept("/dev/xvda"),
    );
  }
  refuses("a GiB too many", root({ volumeSize: 201 }), size("201"));
  refuses("a GiB too many in dev", root({ volumeSize: 51 }), size("51", 50), "dev");
  refuses("no GiB", root({ volumeSize: 0 }), size("0"));
  refuses("a size that is no number", root({ volumeSize: "large" }), size("not a number"));
  refuses(
    "a second volume, by its device",
    volumes(volume(), volume({ encrypted: "false" }, "/dev/xvdb")),
    plain("/dev/xvdb"),
  );
  refuses("each fault of a volume that is empty", volumes(volume(), { ebs: {} }), [
    plain("a device without a name"),
    type("a device without a name"),
    kept("a device without a name"),
  ]);

  undecided(
    "an unknown encryption, and decides the rest",
    root({ encrypted: UNKNOWN, volumeType: "gp2", volumeSize: 201 }),
    [type("/dev/xvda"), size("201")],
  );
  undecided(
    "an unknown size, and decides the encryption",
    root({ volumeSize: UNKNOWN, encrypted: "false" }),
    [plain("/dev/xvda")],
  );
  undecided("unknown mappings", { blockDeviceMappings: UNKNOWN });
  ignoresOtherTypes();

  describe("remediation", () => {
    const limits = LIMITS.prod["launch-template-ebs-encrypted"];
    const repair = (props: Record<string, unknown>) => policy.remediation?.repair(props, limits);

    it("encrypts every volume, once, and changes nothing else", () => {
      const store = { deviceName: "/dev/xvdc", virtualName: "ephemeral0" };
      const props: Record<string, unknown> = volumes(
        volume({ encrypted: "false", volumeType: "gp2" }),
        volume({ encrypted: undefined }, "/dev/xvdb"),
        store,
      );

      assert.equal(repair(props), true);
      assert.deepEqual(
        props,
        volumes(volume({ volumeType: "gp2" }), volume({}, "/dev/xvdb"), store),
      );
      assert.equal(repair(props), false);
    });

    it("leaves what is unknown as it is, and encrypts the others", () => {
      const mappings = (encrypted: string) =>
        volumes(UNKNOWN, { ebs: UNKNOWN }, volume({ encrypted: UNKNOWN }), volume({ encrypted }));
      const props = mappings("false");

      assert.equal(repair(checkingUnknowns(props)), true);
      assert.deepEqual(props, mappings("true"));
    });

    for (const blockDeviceMappings of [undefined, null, "odd", UNKNOWN]) {
      it(`declares no volume for mappings ${JSON.stringify(blockDeviceMappings)}`, () => {
        const props = { blockDeviceMappings };

        assert.equal(repair(checkingUnknowns(props)), false);
        assert.deepEqual(props, { blockDeviceMappings });
      });
    }
  });
});
