import assert from "node:assert/strict";
import fc from "fast-check";
import { securityChanges } from "../../../../tools/compare/security";
import { UNKNOWN, type Bag } from "../../../../tools/preview/graph";
import {
  changesBetween,
  comparisonOf,
  having,
  output,
  policyOf,
  role,
  rolePolicy,
} from "./changes-between";

const task = role("web-task");
const bucket = having("aws:s3/bucket:Bucket", "logs", {});
const read = { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::a/*" };

/** What the role may do before and after. */
const between = (before: readonly Bag[], after: readonly Bag[]): readonly string[] =>
  changesBetween([task, rolePolicy("p", task, ...before)], [task, rolePolicy("p", task, ...after)]);

describe("permissionChanges", () => {
  it("tells a new statement and one that is gone", () => {
    assert.deepEqual(between([], [read]), [
      "! permission added Role web-task | - => Allow s3:GetObject on arn:aws:s3:::a/*",
    ]);
    assert.deepEqual(between([read], []), [
      "permission removed Role web-task | Allow s3:GetObject on arn:aws:s3:::a/* => -",
    ]);
  });

  it("takes a denial for the opposite", () => {
    const deny = { ...read, Effect: "Deny" };
    const denyMore = { ...deny, Action: "s3:*" };
    const effects = (before: readonly Bag[], after: readonly Bag[]) =>
      between(before, after).map((line) => line.slice(0, line.indexOf(" Role")));

    assert.deepEqual(effects([], [deny]), ["permission added"]);
    assert.deepEqual(effects([deny], []), ["! permission removed"]);
    assert.deepEqual(effects([deny], [denyMore]), ["permission narrowed"]);
    assert.deepEqual(effects([denyMore], [deny]), ["! permission widened"]);
  });

  const condition = (operator: string, key: string, value: string | string[]) => ({
    ...read,
    Condition: { [operator]: { [key]: value } },
  });
  const WIDER: readonly (readonly [what: string, narrow: Bag, wide: Bag])[] = [
    ["a wildcard in the action", read, { ...read, Action: "s3:Get*" }],
    ["an action in other letters", read, { ...read, Action: ["S3:getobject", "s3:PutObject"] }],
    ["a wildcard in the resource", read, { ...read, Resource: "*" }],
    ["one more resource", read, { ...read, Resource: ["arn:aws:s3:::a/*", "arn:aws:s3:::b"] }],
    [
      "all actions but some",
      { ...read, Action: "ec2:*" },
      { Effect: "Allow", NotAction: "s3:*", Resource: "arn:aws:s3:::a/*" },
    ],
    [
      "fewer exceptions",
      { Effect: "Allow", NotAction: ["iam:*", "s3:*"], Resource: "*" },
      { Effect: "Allow", NotAction: "iam:*", Resource: "*" },
    ],
    [
      "all resources but one",
      read,
      { Effect: "Allow", Action: "s3:GetObject", NotResource: "arn:aws:s3:::b/*" },
    ],
    ["a condition less", condition("Bool", "aws:SecureTransport", "true"), read],
    [
      "a further value of a condition",
      condition("StringEquals", "aws:SourceAccount", "1"),
      condition("StringEquals", "AWS:sourceaccount", ["2", "1"]),
    ],
    [
      "a forbidden value less",
      condition("StringNotEquals", "aws:PrincipalTag/a", ["1", "2"]),
      condition("StringNotEquals", "aws:PrincipalTag/a", "1"),
    ],
    [
      "a wider pattern in a condition",
      condition("ArnEquals", "aws:SourceArn", "arn:aws:ecs:x:1:task"),
      condition("ArnLike", "aws:SourceArn", "arn:aws:ecs:*:1:*"),
    ],
    [
      "a wider network in a condition",
      condition("IpAddress", "aws:SourceIp", "10.1.2.3"),
      condition("IpAddress", "aws:SourceIp", "10.0.0.0/8"),
    ],
    [
      "a condition that may be missing",
      condition("StringEquals", "a:b", "1"),
      condition("StringEqualsIfExists", "a:b", "1"),
    ],
  ];
  for (const [what, narrow, wide] of WIDER) {
    it(`takes ${what} for wider`, () => {
      const [widened = "", ...others] = between([narrow], [wide]);
      const [narrowed = "", ...noOthers] = between([wide], [narrow]);

      assert.match(widened, /^! permission widened /);
      assert.match(narrowed, /^permission narrowed /);
      assert.deepEqual([others, noOthers], [[], []]);
    });
  }

  it("says changed, and cannot rule a broadening out, where none is in the other", () => {
    assert.deepEqual(
      between(
        [condition("NumericLessThan", "s3:max-keys", "10")],
        [condition("NumericLessThan", "s3:max-keys", "9")],
      ),
      [
        "! permission changed Role web-task | Allow s3:GetObject on arn:aws:s3:::a/* if NumericLessThan s3:max-keys = 10 => Allow s3:GetObject on arn:aws:s3:::a/* if NumericLessThan s3:max-keys = 9",
      ],
    );
  });

  it("says changed where only the deployment tells the policy", () => {
    const unknown = having("aws:iam/rolePolicy:RolePolicy", "p", {
      role: output(task, "name"),
      policy: UNKNOWN,
    });

    assert.deepEqual(changesBetween([task, rolePolicy("p", task, read)], [task, unknown]), [
      "! permission changed Role web-task | - => a policy that only the deployment tells",
      "permission removed Role web-task | Allow s3:GetObject on arn:aws:s3:::a/* => -",
    ]);
    assert.deepEqual(changesBetween([task, unknown], [task, unknown]), []);
  });

  it("follows a statement to another policy, another form and another order", () => {
    const other = { Effect: "Allow", Action: ["a:B", "a:C"], Resource: ["x", "y"] };
    const inline = role("web-task", {
      inlinePolicies: [{ name: "a", policy: policyOf({ ...other, Action: ["a:C", "a:B"] }) }],
    });
    const policy = having("aws:iam/policy:Policy", "kept", {
      policy: policyOf({ ...read, Sid: "Read", Action: ["s3:GetObject"] }),
    });
    const attachment = having("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "kept", {
      role: output(task, "name"),
      policyArn: output(policy, "arn"),
    });

    assert.deepEqual(
      changesBetween(
        [task, rolePolicy("p", task, read, { ...other, Resource: ["y", "x"] })],
        [inline, policy, attachment],
      ),
      [],
    );
  });

  it("broadens nothing with a statement whose parts were all allowed before", () => {
    const changes = between(
      [read, { ...read, Action: "s3:PutObject" }],
      [{ ...read, Action: ["s3:GetObject", "s3:PutObject"] }],
    );

    assert.deepEqual(
      changes.filter((change) => change.startsWith("!")),
      [],
    );
    assert.equal(changes.length, 2);
  });

  it("tells attachments of policies that AWS keeps", () => {
    const attached = having("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "admin", {
      role: output(task, "name"),
      policyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
    });

    assert.deepEqual(changesBetween([task], [task, attached]), [
      "! permission added Role web-task | - => managed policy arn:aws:iam::aws:policy/AdministratorAccess",
    ]);
    assert.deepEqual(
      changesBetween(
        [task, attached],
        [role("web-task", { managedPolicyArns: ["arn:aws:iam::aws:policy/AdministratorAccess"] })],
      ),
      [],
    );
  });

  it("tells who may take a role", () => {
    const trusting = (Principal: Bag | string) =>
      role("web-task", {
        assumeRolePolicy: policyOf({ Effect: "Allow", Principal, Action: "sts:AssumeRole" }),
      });

    assert.deepEqual(
      changesBetween([trusting({ Service: "ecs-tasks.amazonaws.com" })], [trusting("*")]),
      [
        "! permission widened Role web-task: trust | Allow sts:AssumeRole to Service:ecs-tasks.amazonaws.com => Allow sts:AssumeRole to *",
      ],
    );
    assert.deepEqual(
      changesBetween(
        [trusting({ AWS: "123456789012" })],
        [trusting({ AWS: ["arn:aws:iam::123456789012:root"] })],
      ),
      [],
    );
  });

  for (const [type, property, target] of [
    ["aws:s3/bucketPolicy:BucketPolicy", "policy", "bucket"],
    ["aws:sns/topicPolicy:TopicPolicy", "policy", "arn"],
    ["aws:kms/keyPolicy:KeyPolicy", "policy", "keyId"],
    ["aws:ecr/repositoryPolicy:RepositoryPolicy", "policy", "repository"],
    ["aws:sqs/queuePolicy:QueuePolicy", "policy", "queueUrl"],
    ["aws:secretsmanager/secretPolicy:SecretPolicy", "policy", "secretArn"],
    ["aws:cloudwatch/logResourcePolicy:LogResourcePolicy", "policyDocument", ""],
  ] as const) {
    it(`reads the documents of ${type}`, () => {
      const policy = having(type, "p", {
        [property]: policyOf({ ...read, Principal: "*" }),
        [target]: output(bucket, "id"),
      });

      const [change = ""] = changesBetween([bucket], [bucket, policy]);

      assert.match(
        change,
        /^! permission added .* => Allow s3:GetObject on arn:aws:s3:::a\/\* to \*$/,
      );
      assert.equal(change.includes("Bucket logs"), target !== "");
    });
  }

  it("takes the first policy of an endpoint for narrower than none", () => {
    const endpoint = (inputs: Bag) => having("aws:ec2/vpcEndpoint:VpcEndpoint", "s3", inputs);
    const policy = policyOf({ Effect: "Allow", Principal: "*", Action: "s3:*", Resource: "*" });

    assert.deepEqual(changesBetween([endpoint({})], [endpoint({ policy })]), [
      "permission narrowed VpcEndpoint s3 | Allow * on * to * => Allow s3:* on * to *",
    ]);
    assert.match(
      changesBetween([endpoint({ policy })], [endpoint({})])[0] ?? "",
      /^! permission widened/,
    );
  });

  it("keeps the laws of a comparison for any statements", () => {
    const texts = fc.uniqueArray(fc.constantFrom("*", "s3:*", "s3:Get*", "s3:GetObject", "ec2:*"), {
      minLength: 1,
      maxLength: 2,
    });
    const statements = fc.array(
      fc.record({
        Effect: fc.constantFrom("Allow", "Deny"),
        Action: texts,
        Resource: fc.constantFrom("*", "arn:a/*", "arn:a/b"),
      }),
      { maxLength: 3 },
    );
    const opposite = {
      added: "removed",
      removed: "added",
      widened: "narrowed",
      narrowed: "widened",
      changed: "changed",
    };

    fc.assert(
      fc.property(statements, statements, (one, other) => {
        const from = [task, rolePolicy("p", task, ...one)];
        const to = [task, rolePolicy("p", task, ...other)];
        const there = securityChanges(comparisonOf(from, to));
        const back = securityChanges(comparisonOf(to, from));
        const sorted = (lines: readonly unknown[]) =>
          lines.map((line) => JSON.stringify(line)).sort();

        assert.deepEqual(
          sorted(there.map(({ effect, before, after }) => [effect, before, after])),
          sorted(back.map(({ effect, before, after }) => [opposite[effect], after, before])),
        );
        assert.deepEqual(securityChanges(comparisonOf(from, from)), []);
        assert.ok(there.every(({ effect, broadens }) => effect !== "narrowed" || !broadens));
      }),
    );
  });
});
