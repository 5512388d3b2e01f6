import assert from "node:assert/strict";
import { LIMITS } from "../../../../policies/limits";
import { ecrHardened as policy } from "../../../../policies/rules/registry/ecr-hardened";
import { UNKNOWN } from "../../../../tools/preview/graph";
import { casesOf, type Said } from "../../../support/policy-cases";
import { checkingUnknowns } from "../../../support/unknowns";

const mutability = (got: string): Said => [
  `imageTagMutability is ${got}`,
  "IMMUTABLE",
  "set imageTagMutability of the repository",
];
const SCAN: Said = [
  "imageScanningConfiguration.scanOnPush is not true",
  "true",
  "set scanOnPush of the repository",
];
const encryption = (got: string): Said => [
  `encryptionConfigurations[0].encryptionType is ${got}`,
  "KMS or KMS_DSSE",
  "set imageEncryption to KMS",
];
const DELETION: Said = ["forceDelete is not false", "false", "set deletionProtection to true"];

describe("ecr-hardened", () => {
  const { accepts, refuses, undecided, ignoresOtherTypes } = casesOf({
    policy,
    type: "aws:ecr/repository:Repository",
    props: {
      encryptionConfigurations: [{ encryptionType: "KMS" }],
      forceDelete: false,
      imageScanningConfiguration: { scanOnPush: true },
      imageTagMutability: "IMMUTABLE",
    },
    levels: { dev: "mandatory", prod: "mandatory" },
  });

  accepts("a hardened repository");
  accepts("two layers of encryption", {
    encryptionConfigurations: [{ encryptionType: "KMS_DSSE" }],
  });
  accepts("a repository that is kept by default", { forceDelete: undefined });
  accepts("texts for yes and no", {
    forceDelete: "false",
    imageScanningConfiguration: { scanOnPush: "true" },
  });
  accepts(
    "what is for dev, in dev",
    { encryptionConfigurations: undefined, forceDelete: true },
    "dev",
  );

  refuses("tags that move", { imageTagMutability: "MUTABLE" }, mutability('"MUTABLE"'));
  refuses("tags that move by default", { imageTagMutability: undefined }, mutability('"MUTABLE"'));
  refuses(
    "tags that move by default, in dev",
    { imageTagMutability: null },
    mutability('"MUTABLE"'),
    "dev",
  );
  refuses(
    "exceptions where none are allowed",
    { imageTagMutability: "IMMUTABLE_WITH_EXCLUSION" },
    mutability('"IMMUTABLE_WITH_EXCLUSION"'),
  );
  refuses("a number for the tags", { imageTagMutability: 1 }, mutability("not a text"));
  refuses("images without a scan", { imageScanningConfiguration: { scanOnPush: false } }, SCAN);
  refuses("images without a scan by default", { imageScanningConfiguration: undefined }, SCAN);
  refuses("an empty list for the scan", { imageScanningConfiguration: [] }, SCAN);
  refuses(
    "keys of the service",
    { encryptionConfigurations: [{ encryptionType: "AES256" }] },
    encryption('"AES256"'),
  );
  refuses(
    "keys of the service by default",
    { encryptionConfigurations: undefined },
    encryption('"AES256"'),
  );
  refuses(
    "an empty list for the encryption",
    { encryptionConfigurations: [] },
    encryption('"AES256"'),
  );
  refuses(
    "a number for the encryption",
    { encryptionConfigurations: [{ encryptionType: 1 }] },
    encryption("not a text"),
  );
  refuses("a repository that goes with its images", { forceDelete: true }, DELETION);
  refuses("a repository that goes as a text says", { forceDelete: "yes" }, DELETION);

  undecided(
    "an unknown encryption, and decides the rest",
    { encryptionConfigurations: UNKNOWN, forceDelete: true },
    [DELETION],
  );
  ignoresOtherTypes();
});

describe("ecr-hardened, its configured exceptions", () => {
  const judged = (filters: readonly unknown[]) => {
    const violations: string[] = [];
    const resource = {
      type: "aws:ecr/repository:Repository",
      urn: "urn:pulumi:prod::ecs-on-ec2::aws:ecr/repository:Repository::web",
      name: "web",
      options: { protect: false, ignoreChanges: [] },
      props: {
        encryptionConfigurations: [{ encryptionType: "KMS" }],
        imageScanningConfiguration: { scanOnPush: true },
        imageTagMutability: "IMMUTABLE_WITH_EXCLUSION",
        imageTagMutabilityExclusionFilters: filters,
      },
    };
    for (const { type, check } of policy.checks) {
      if (type === resource.type) {
        check(resource, {
          limits: { ...LIMITS.prod["ecr-hardened"], exclusionFilters: ["cache-*"] },
          environment: "prod",
          violate: ({ got, allowed }) => violations.push(`${got}, allowed is ${allowed}`),
        });
      }
    }
    return violations;
  };

  it("takes a filter of the list", () => {
    assert.deepEqual(judged([{ filter: "cache-*", filterType: "WILDCARD" }]), []);
  });

  it("refuses another filter, and one that is none", () => {
    assert.deepEqual(judged([{ filter: "*", filterType: "WILDCARD" }, null]), [
      'imageTagMutabilityExclusionFilters has "*", allowed is cache-*',
      "imageTagMutabilityExclusionFilters has no filter, allowed is cache-*",
    ]);
  });
});

describe("ecr-hardened of a repository's policy", () => {
  const statement = { Sid: "Pull", Effect: "Allow", Action: "ecr:BatchGetImage" };
  const document = (...statements: unknown[]) => JSON.stringify({ Statement: statements });
  const PUBLIC: Said = [
    "Pull of policy is for every principal",
    "principals by name, or a condition on who they are",
    "name the accounts or roles that may pull",
  ];
  const { accepts, refuses, undecided, ignoresOtherTypes } = casesOf({
    policy,
    type: "aws:ecr/repositoryPolicy:RepositoryPolicy",
    props: { policy: document({ ...statement, Principal: { AWS: "111122223333" } }) },
    levels: { dev: "mandatory", prod: "mandatory" },
  });

  accepts("accounts by name");
  accepts("an organization", {
    policy: document({
      ...statement,
      Principal: "*",
      Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } },
    }),
  });
  accepts("what everyone is denied", {
    policy: document({ ...statement, Effect: "Deny", Principal: "*" }),
  });
  refuses("everyone", { policy: document({ ...statement, Principal: "*" }) }, PUBLIC);
  refuses("every account", { policy: document({ ...statement, Principal: { AWS: "*" } }) }, PUBLIC);
  refuses(
    "everyone but one",
    { policy: document({ ...statement, NotPrincipal: { AWS: "111122223333" } }) },
    PUBLIC,
  );
  refuses("no document", { policy: "" }, [
    "policy is no policy document",
    "a JSON document with statements",
    "build it with pulumi.jsonStringify",
  ]);
  undecided("an unknown document", { policy: UNKNOWN });
  ignoresOtherTypes();
});

describe("ecr-hardened, its repair", () => {
  const repair = (props: Record<string, unknown>) =>
    policy.remediation?.repair(checkingUnknowns(props), LIMITS.dev["ecr-hardened"]);

  for (const imageScanningConfiguration of [undefined, null, {}, { scanOnPush: false }]) {
    it(`turns the scan on for ${JSON.stringify(imageScanningConfiguration)}, once`, () => {
      const props = { imageScanningConfiguration, name: UNKNOWN, __defaults: [] };

      assert.equal(repair(props), true);
      assert.deepEqual(props, {
        imageScanningConfiguration: { scanOnPush: true },
        name: UNKNOWN,
        __defaults: [],
      });
      assert.equal(repair(props), false);
    });
  }

  for (const imageScanningConfiguration of [UNKNOWN, { scanOnPush: UNKNOWN }]) {
    it(`leaves ${JSON.stringify(imageScanningConfiguration)} as it is`, () => {
      const props = { imageScanningConfiguration };

      assert.equal(repair(props), false);
      assert.deepEqual(props, { imageScanningConfiguration });
    });
  }
});
