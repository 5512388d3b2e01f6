import assert from "node:assert/strict";
import fc from "fast-check";
import { securityChanges } from "../../../../tools/compare/security";
import { UNKNOWN, type ResourceNode } from "../../../../tools/preview/graph";
import { changesBetween, comparisonOf, group, having, ingress, output } from "./changes-between";

const web = group("web");
const front = group("front");
const ssh = (
  cidrIpv4: string,
  ports: { fromPort: number; toPort: number } = { fromPort: 22, toPort: 22 },
) => ingress("web-ssh", web, { cidrIpv4, ...ports });

describe("networkChanges", () => {
  it("tells a new rule and one that is gone", () => {
    const rule = ssh("10.0.0.0/8");

    assert.deepEqual(changesBetween([web], [web, rule]), [
      "! network added SecurityGroup web: ingress | - => tcp 22 from 10.0.0.0/8",
    ]);
    assert.deepEqual(changesBetween([web, rule], [web]), [
      "network removed SecurityGroup web: ingress | tcp 22 from 10.0.0.0/8 => -",
    ]);
  });

  for (const [what, narrow, wide] of [
    ["a network", ssh("10.0.0.0/8"), ssh("0.0.0.0/0")],
    ["ports", ssh("10.0.0.0/8"), ssh("10.0.0.0/8", { fromPort: 20, toPort: 25 })],
    [
      "protocols",
      ssh("10.0.0.0/8"),
      ingress("web-ssh", web, { cidrIpv4: "10.0.0.0/8", ipProtocol: "-1" }),
    ],
  ] as const) {
    it(`tells which of two ${what} is the wider one`, () => {
      const [widened = ""] = changesBetween([web, narrow], [web, wide]);
      const [narrowed = ""] = changesBetween([web, wide], [web, narrow]);

      assert.match(widened, /^! network widened .* \| tcp 22 from 10.0.0.0\/8 => /);
      assert.match(narrowed, /^network narrowed .* => tcp 22 from 10.0.0.0\/8$/);
    });
  }

  it("says changed where one is not in the other", () => {
    assert.deepEqual(changesBetween([web, ssh("10.0.0.0/8")], [web, ssh("192.0.2.0/24")]), [
      "! network changed SecurityGroup web: ingress | tcp 22 from 10.0.0.0/8 => tcp 22 from 192.0.2.0/24",
    ]);
  });

  it("says changed where only the deployment tells", () => {
    assert.deepEqual(changesBetween([web, ssh("10.0.0.0/8")], [web, ssh(UNKNOWN)]), [
      "! network changed SecurityGroup web: ingress | tcp 22 from 10.0.0.0/8 => tcp 22 from what only the deployment tells",
    ]);
  });

  it("follows a rule to another resource and another spelling", () => {
    const inline = group("web", {
      ingress: [{ protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["10.0.0.0/8", "::/0"] }],
    });
    const older = (cidr: string) =>
      having("aws:ec2/securityGroupRule:SecurityGroupRule", `ssh ${cidr}`, {
        type: "ingress",
        securityGroupId: output(web, "id"),
        protocol: "6",
        fromPort: 22,
        toPort: 22,
        ...(cidr.includes(":") ? { ipv6CidrBlocks: [cidr] } : { cidrBlocks: [cidr] }),
      });

    assert.deepEqual(changesBetween([inline], [web, older("10.0.0.0/8"), older("::/0")]), []);
  });

  it("knows a rule on the group itself by both of its spellings", () => {
    const itself = group("web", { ingress: [{ protocol: "-1", self: true }] });
    const named = ingress("web-itself", web, {
      ipProtocol: "-1",
      referencedSecurityGroupId: output(web, "id"),
    });

    assert.deepEqual(changesBetween([itself], [web, named]), []);
  });

  it("names groups and prefix lists as a person does", () => {
    const rule = having("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", "out", {
      securityGroupId: output(front, "id"),
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
      referencedSecurityGroupId: output(web, "id"),
      prefixListId: "pl-1",
    });

    assert.deepEqual(changesBetween([web, front], [web, front, rule]), [
      "! network added SecurityGroup front: egress | - => tcp 443 to ${SecurityGroup web.id}",
      "! network added SecurityGroup front: egress | - => tcp 443 to prefix list pl-1",
    ]);
  });

  it("broadens nothing where the rules of before let the same through together", () => {
    const halves = [
      ingress("a", web, { cidrIpv4: "0.0.0.0/1" }),
      ingress("b", web, { cidrIpv4: "128.0.0.0/1" }),
    ];
    const whole = ingress("c", web, { cidrIpv4: "0.0.0.0/0" });

    const changes = changesBetween([web, ...halves], [web, whole]);

    assert.equal(changes.length, 2);
    assert.deepEqual(
      changes.filter((change) => change.startsWith("!")),
      [],
    );
    assert.deepEqual(
      changesBetween([web, whole], [web, ...halves]).filter((change) => change.startsWith("!")),
      [],
    );
  });

  it("keeps the laws of a comparison for any rules", () => {
    const rules = fc
      .uniqueArray(
        fc.record({
          name: fc.constantFrom("a", "b", "c"),
          cidrIpv4: fc.constantFrom("0.0.0.0/0", "10.0.0.0/8", "10.1.0.0/16", "192.0.2.0/24"),
          ipProtocol: fc.constantFrom("tcp", "udp", "-1"),
          ports: fc.constantFrom([22, 22], [20, 30], [0, 65_535]),
        }),
        { maxLength: 3, selector: ({ name }) => name },
      )
      .map((all): readonly ResourceNode[] => [
        web,
        ...all.map(({ name, cidrIpv4, ipProtocol, ports: [fromPort = 0, toPort = 0] }) =>
          ingress(name, web, { cidrIpv4, ipProtocol, fromPort, toPort }),
        ),
      ]);
    const opposite = {
      added: "removed",
      removed: "added",
      widened: "narrowed",
      narrowed: "widened",
      changed: "changed",
    };

    fc.assert(
      fc.property(rules, rules, (one, other) => {
        const there = securityChanges(comparisonOf(one, other));
        const back = securityChanges(comparisonOf(other, one));
        const told = (changes: typeof there, isBack: boolean) =>
          changes
            .map(({ effect, before, after }) =>
              isBack ? [opposite[effect], after, before] : [effect, before, after],
            )
            .map((line) => JSON.stringify(line))
            .sort();

        assert.deepEqual(told(there, false), told(back, true));
        assert.deepEqual(securityChanges(comparisonOf(one, one)), []);
        assert.ok(
          there.every(({ effect, broadens }) => effect !== "widened" || broadens || one.length > 2),
        );
        assert.ok(there.every(({ effect, broadens }) => effect !== "removed" || !broadens));
      }),
    );
  });

  it("broadens with any rule that nothing before let through", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 32 }), (prefix) => {
        const rule = ingress("new", web, { cidrIpv4: `203.0.113.1/${String(prefix)}` });
        const [change] = securityChanges(comparisonOf([web], [web, rule]));

        assert.deepEqual([change?.effect, change?.broadens], ["added", true]);
      }),
    );
  });
});
