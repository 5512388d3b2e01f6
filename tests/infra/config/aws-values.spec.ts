import assert from "node:assert/strict";
import {
  certificateArn,
  defaultTags,
  domainName,
  email,
  policyArn,
  secretEnvironment,
} from "../../../infra/config/aws-values";
import type { Check } from "../../../infra/config/checks";

function accepts(check: Check<unknown>, ...texts: string[]): boolean[] {
  return texts.map((text) => check(text).ok);
}

describe("domainName", () => {
  const label = "a".repeat(63);
  const name = (length: number) => `${label}.${label}.${label}.${"b".repeat(length - 192)}`;

  it("takes labels of 63 and names of 253 characters, and no longer ones", () => {
    assert.deepEqual(accepts(domainName, name(253), name(254)), [true, false]);
    assert.deepEqual(accepts(domainName, `${label}.com`, `a${label}.com`), [true, false]);
  });
});

describe("email", () => {
  it("takes 64 characters before the @ and 254 in all, and no more", () => {
    const local = "a".repeat(64);
    assert.deepEqual(accepts(email, `${local}@b.com`, `a${local}@b.com`), [true, false]);
    const domain = (length: number) => `${"b".repeat(length - 69)}.com`;
    assert.deepEqual(accepts(email, `${local}@${domain(254)}`, `${local}@${domain(255)}`), [
      true,
      false,
    ]);
  });
});

describe("certificateArn", () => {
  const arn = (id: string) => `arn:aws:acm:eu-central-1:123456789012:certificate/${id}`;

  it("takes a UUID as the id, every group of its length", () => {
    assert.deepEqual(
      accepts(
        certificateArn,
        arn("12345678-1234-1234-1234-123456789abc"),
        arn("123456789-1234-1234-1234-123456789abc"),
        arn("12345678-1234-1234-12345-123456789abc"),
        arn("12345678-1234-1234-123456789abc"),
        arn("12345678-1234-1234-1234-123456789abcd"),
        arn("12345678-1234-1234-1234-123456789ABC"),
      ),
      [true, false, false, false, false, false],
    );
  });
});

describe("policyArn", () => {
  it("takes a policy of an account or of AWS, with a path or without, in every partition", () => {
    assert.deepEqual(
      accepts(
        policyArn,
        "arn:aws:iam::123456789012:policy/pulumi-boundary",
        "arn:aws-cn:iam::123456789012:policy/teams/web/boundary",
        "arn:aws:iam::aws:policy/PowerUserAccess",
        `arn:aws:iam::123456789012:policy/${"a".repeat(128)}`,
        `arn:aws:iam::123456789012:policy/${"a".repeat(129)}`,
        "arn:aws:iam::12345678901:policy/boundary",
        "arn:aws:iam::123456789012:role/boundary",
        "arn:aws:iam::123456789012:policy/teams//boundary",
        "boundary",
      ),
      [true, true, true, true, false, false, false, false, false],
    );
  });
});

describe("defaultTags", () => {
  const tags = (entries: Record<string, string>) => JSON.stringify({ tags: entries });

  it("takes keys of 1 to 128 and values of up to 256 characters", () => {
    assert.deepEqual(
      accepts(
        defaultTags,
        tags({ k: "" }),
        tags({ ["k".repeat(128)]: "v".repeat(256) }),
        tags({ "": "v" }),
        tags({ ["k".repeat(129)]: "v" }),
        tags({ k: "v".repeat(257) }),
      ),
      [true, true, false, false, false],
    );
  });

  it("takes letters of any script, digits, spaces and _.:/=+-@, and nothing of AWS's own", () => {
    assert.deepEqual(
      accepts(
        defaultTags,
        tags({ "Größe a_b.c:d/e=f+g-h@i": "ünï 1" }),
        tags({ "a*b": "v" }),
        tags({ k: "a;b" }),
        tags({ "AWS:k": "v" }),
        tags({ awsome: "v" }),
      ),
      [true, false, false, false, true],
    );
  });

  it("takes 40 tags", () => {
    const many = (count: number) =>
      tags(Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, "v"])));
    assert.deepEqual(accepts(defaultTags, many(40), many(41)), [true, false]);
  });
});

describe("secretEnvironment", () => {
  const from = (arn: string) => JSON.stringify({ TOKEN: arn });
  const secret = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:web/db-AbCdEf";

  it("takes a secret's ARN, alone or with JSON key, version stage and version id", () => {
    assert.deepEqual(
      accepts(
        secretEnvironment,
        from(secret),
        from(`${secret}:password::`),
        from(`${secret}:password:AWSCURRENT:1`),
        from(`${secret}:password`),
        from(`${secret}:password::::`),
      ),
      [true, true, true, false, false],
    );
  });

  it("takes a parameter's ARN with any path", () => {
    const parameter = "arn:aws:ssm:eu-central-1:123456789012:parameter";
    assert.deepEqual(
      accepts(
        secretEnvironment,
        from(`${parameter}/token`),
        from(`${parameter}/web/db/token`),
        from(`${parameter}/`),
        from(`${parameter}/web//token`),
        from("arn:aws:ssm:eu-central-1:1234:parameter/token"),
      ),
      [true, true, false, false, false],
    );
  });
});
