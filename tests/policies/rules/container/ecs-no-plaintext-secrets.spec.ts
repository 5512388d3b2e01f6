import assert from "node:assert/strict";
import { ecsNoPlaintextSecrets as policy } from "../../../../policies/rules/container/ecs-no-plaintext-secrets";
import { UNKNOWN } from "../../../../tools/preview/graph";
import { containerDefinitions, planned, UNREADABLE } from "../../../support/container-definitions";
import { judgeResource } from "../../../support/judgement";
import { casesOf, type Changes, type Said } from "../../../support/policy-cases";

/** Put together here, so that no scanner takes the file for a leak. */
const ACCESS_KEY = ["AK", "IAIOSFODNN7EXAMPLE"].join("");
const PRIVATE_KEY = ["-----BEGIN ", "RSA PRIVATE KEY-----\nMIIE"].join("");
const JWT = ["ey", "JhbGciOiJIUzI1NiJ9.ey", "JzdWIiOiIxMjM0In0.c2lnbmF0dXJl"].join("");
const GITHUB = ["gh", "p_", "a1B2".repeat(9)].join("");
const SECRET = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:app-AbCdEf";
const PARAMETER = "arn:aws:ssm:eu-central-1:123456789012:parameter/app/key";

const LEVELS = { dev: "mandatory", prod: "mandatory" } as const;
const env = (name: unknown, value: unknown = "x") => ({ environment: [{ name, value }] });
const from = (valueFrom: unknown) => ({ secrets: [{ name: "API_KEY", valueFrom }] });
const plain = (found: string): Said => [
  `container "app" has ${found}`,
  "no secret in plain text",
  "name the ARN of the secret in secretEnvironment, and replace the secret",
];
const reference = (found: string): Said => [
  `container "app" has ${found} from something other than a reference`,
  "the ARN of a Secrets Manager secret or Systems Manager parameter",
  "name the ARN in secretEnvironment",
];
const named = (name: string) =>
  plain(`a value for environment variable ${name}, the name of a secret`);

const BROKEN: readonly (readonly [what: string, change: Changes, said: Said])[] = [
  ...[
    "DB_PASSWORD",
    "Api_Key",
    "apikey",
    "SESSION_SECRET",
    "TOKEN",
    "PRIVATE_KEY",
    "passwd",
    "AWS_CREDENTIALS",
  ].map((name) => [`the name ${name}`, env(name), named(name)] as const),
  ["a name with an empty value", env("TOKEN", ""), named("TOKEN")],
  [
    "an access key id",
    env("PORT", ACCESS_KEY),
    plain("an AWS access key id in environment variable PORT"),
  ],
  ["a private key", env("PEM", PRIVATE_KEY), plain("a private key in environment variable PEM")],
  ["a JSON Web Token", env("JWT", JWT), plain("a JSON Web Token in environment variable JWT")],
  ["a GitHub token", env("GH", GITHUB), plain("a GitHub token in environment variable GH")],
  [
    "one fault for name and value",
    env("TOKEN", JWT),
    plain("a JSON Web Token in environment variable TOKEN"),
  ],
  [
    "a password in a URL",
    env("DATABASE_URL", "postgres://app:hunter2@db/app"),
    plain("a password in a URL in environment variable DATABASE_URL"),
  ],
  [
    "a secret in a command",
    { command: ["run", "--key", ACCESS_KEY] },
    plain("an AWS access key id in command"),
  ],
  [
    "a secret in a label",
    { dockerLabels: { owner: GITHUB } },
    plain("a GitHub token in dockerLabels"),
  ],
  [
    "a secret as a label",
    { dockerLabels: { [GITHUB]: "x" } },
    plain("a GitHub token in dockerLabels"),
  ],
  [
    "a secret in a health check",
    { healthCheck: { command: ["CMD", JWT] } },
    plain("a JSON Web Token in healthCheck"),
  ],
  ["a bare name of a parameter", from("app-key"), reference("environment variable API_KEY")],
  ["a pasted value", from("hunter2!"), reference("environment variable API_KEY")],
  [
    "the ARN of something else",
    from("arn:aws:s3:::bucket/key"),
    reference("environment variable API_KEY"),
  ],
  ["a reference that is no text", from(null), reference("environment variable API_KEY")],
  ["a secret that is no object", { secrets: ["API_KEY"] }, reference("an environment variable")],
];

describe("ecs-no-plaintext-secrets", () => {
  for (const { where, type, wrapped } of [
    {
      where: "a task definition",
      type: "aws:ecs/taskDefinition:TaskDefinition",
      wrapped: containerDefinitions,
    },
    { where: "the service component", type: "ecs-on-ec2:index:EcsService", wrapped: planned },
  ]) {
    describe(`on ${where}`, () => {
      const { accepts, refuses, undecided, ignoresOtherTypes } = casesOf({
        policy,
        type,
        props: wrapped(),
        levels: LEVELS,
      });

      accepts("a container without secrets");
      for (const change of [
        from(SECRET),
        from(`${SECRET}:key::`),
        from(PARAMETER),
        from("/app/key"),
        { secrets: null },
        { command: null },
        { secrets: [] },
        { environment: null },
        { environment: [] },
        { environment: ["odd", null, {}] },
        env("URL", "https://example.com"),
        env("TOKE", "x"),
        env(3),
        env("PORT", 3000),
        env("PORT", null),
      ]) {
        accepts(JSON.stringify(change), wrapped(change));
      }
      for (const [what, change, said] of BROKEN) {
        refuses(what, wrapped(change), said);
      }
      refuses("a name in dev too", wrapped(env("TOKEN")), named("TOKEN"), "dev");
      refuses(
        "every fault",
        wrapped({ ...env("TOKEN"), ...from("x"), command: [JWT, JWT, GITHUB] }),
        [
          named("TOKEN"),
          plain("a JSON Web Token in command"),
          plain("a GitHub token in command"),
          reference("environment variable API_KEY"),
        ],
      );
      undecided(
        "unknown values",
        type.startsWith("aws:") ? { containerDefinitions: UNKNOWN } : { plan: UNKNOWN },
      );
      ignoresOtherTypes();
    });
  }

  describe("on a task definition in the provider's other spelling", () => {
    const { refuses } = casesOf({
      policy,
      type: "aws:ecs/taskDefinition:TaskDefinition",
      props: containerDefinitions(),
      levels: LEVELS,
    });

    refuses(
      "a name",
      containerDefinitions({ Environment: [{ Name: "TOKEN", Value: "x" }] }),
      named("TOKEN"),
    );
    refuses(
      "a field that is not the provider's",
      containerDefinitions({ Notes: GITHUB }),
      plain("a GitHub token in Notes"),
    );
    refuses("definitions that are not JSON", { containerDefinitions: "[" }, UNREADABLE);
  });

  it("repeats no value, not even one in the place of a name", async () => {
    const values = [ACCESS_KEY, PRIVATE_KEY, JWT, GITHUB, "hunter2 the password"];
    const { violations } = await judgeResource(policy, {
      type: "aws:ecs/taskDefinition:TaskDefinition",
      props: containerDefinitions({
        environment: values.flatMap((value) => [
          { name: "TOKEN", value },
          { name: value, value: "x" },
        ]),
        command: values,
        secrets: values.map((valueFrom) => ({ name: valueFrom, valueFrom })),
      }),
    });

    assert.equal(violations.length, 5 + 5 + 4 + 5);
    for (const value of values) {
      assert.equal(violations.join("\n").includes(value), false);
    }
  });

  describe("limits", () => {
    const judged = (
      limits: { readonly deniedNames?: string; readonly allowedNames?: string[] },
      name: string,
    ) => {
      const found: string[] = [];
      for (const { type, check } of policy.checks) {
        if (type === "ecs-on-ec2:index:EcsService") {
          check(
            {
              type,
              urn: "",
              name: "",
              props: planned(env(name)),
              options: { protect: false, ignoreChanges: [] },
            },
            {
              limits: { deniedNames: "TOKEN", allowedNames: [], ...limits },
              environment: "prod",
              violate: ({ got }) => found.push(got),
            },
          );
        }
      }
      return found.length;
    };

    it("takes a name that is allowed, and no other", () => {
      assert.equal(judged({ allowedNames: ["MAX_TOKENS"] }, "MAX_TOKENS"), 0);
      assert.equal(judged({ allowedNames: ["MAX_TOKENS"] }, "MIN_TOKENS"), 1);
    });

    it("takes other names for a secret's", () => {
      assert.equal(judged({ deniedNames: "^KEY$" }, "key"), 1);
      assert.equal(judged({ deniedNames: "^KEY$" }, "TOKEN"), 0);
    });

    it("says which limit is no regular expression", () => {
      assert.throws(() => judged({ deniedNames: "(" }, "PORT"), {
        message:
          "ecs-no-plaintext-secrets.deniedNames is not a regular expression; see policies/limits.ts",
      });
    });
  });
});
