import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { instanceAccess as policy } from "../../../../policies/rules/compute/instance-access";
import { UNKNOWN } from "../../../../tools/preview/graph";
import { judgeResource } from "../../../support/judgement";
import { casesOf, type Said } from "../../../support/policy-cases";

const LEVELS = { dev: "advisory", prod: "mandatory" } as const;
const PARAMETER = "/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id";
/** Put together here, so that no scanner takes the file for a leak. */
const ACCESS_KEY = ["AK", "IAIOSFODNN7EXAMPLE"].join("");

const encoded = (...lines: readonly string[]) => ({
  userData: Buffer.from(["#!/bin/bash", ...lines].join("\n")).toString("base64"),
});
const KEY: Said = [
  "keyName is set",
  "no key pair",
  "leave keyName out, and open sessions with Systems Manager",
];
const NO_PROFILE: Said = [
  "iamInstanceProfile is not set",
  "an instance profile by arn or name",
  "set it: without a role an instance joins no cluster and takes no session",
];
const secret = (found: string): Said => [
  `userData has ${found}`,
  "no secret",
  "read it at start-up with the instance's role, and replace the secret",
];
const assigned = (name: string) => secret(`a value for ${name}, the name of a secret`);
const image = (found: string): Said => [
  `imageId is ${found}`,
  "ami-ID or resolve:ssm:PARAMETER",
  "set amiSource in Pulumi.<stack>.yaml",
];
const parameter = (property: string): Said => [
  `${property} is none of the parameters that name an image`,
  "a parameter below /aws/service/ecs/optimized-ami/",
  "set amiSource in Pulumi.<stack>.yaml, or add the parameter to amiParameterPrefixes",
];

describe("instance-access", () => {
  describe("on a launch template", () => {
    const { accepts, refuses, undecided, ignoresOtherTypes } = casesOf({
      policy,
      type: "aws:ec2/launchTemplate:LaunchTemplate",
      props: {
        imageId: `resolve:ssm:${PARAMETER}`,
        iamInstanceProfile: { arn: UNKNOWN },
        ...encoded("echo ECS_CLUSTER=web >> /etc/ecs/ecs.config"),
      },
      levels: LEVELS,
    });

    accepts("AWS's image with a role and nothing secret");
    accepts("an image by its id", { imageId: "ami-0123456789abcdef0" });
    accepts("a profile by its name", { iamInstanceProfile: { name: "web" } });
    accepts("no key pair by null or the empty text", { keyName: null });
    accepts("no key pair by the empty text", { keyName: "" });
    accepts("no user data", { userData: undefined });
    accepts(
      "a session token that is read at start-up",
      encoded(
        "TOKEN=$(curl -X PUT http://169.254.169.254/latest/api/token)",
        'export PASSWORD="$1"',
      ),
    );

    refuses("a key pair", { keyName: "admin" }, KEY);
    refuses("a key pair in dev", { keyName: "admin" }, KEY, "dev");
    for (const iamInstanceProfile of [undefined, null, {}, { arn: null }, "web"]) {
      refuses(
        `the profile ${JSON.stringify(iamInstanceProfile)}`,
        { iamInstanceProfile },
        NO_PROFILE,
      );
    }
    refuses(
      "an access key id",
      encoded(`aws configure set aws_access_key_id ${ACCESS_KEY}`),
      secret("an AWS access key id"),
    );
    refuses("a password", encoded("export DB_PASSWORD=hunter2"), assigned("DB_PASSWORD"));
    refuses("a quoted password", encoded("x=1;PASSWORD='hunter2'"), assigned("PASSWORD"));
    refuses(
      "credentials of a registry",
      encoded('ECS_ENGINE_AUTH_DATA={"https://index.docker.io":{}}'),
      assigned("ECS_ENGINE_AUTH_DATA"),
    );
    refuses(
      "a secret in compressed user data",
      { userData: gzipSync("API_KEY=hunter2").toString("base64") },
      assigned("API_KEY"),
    );
    refuses(
      "a secret that is not encoded",
      { userData: `#!/bin/bash\nkey ${ACCESS_KEY}` },
      secret("an AWS access key id"),
    );
    for (const imageId of [undefined, null, "", 3]) {
      refuses(`the image ${JSON.stringify(imageId)}`, { imageId }, image("not set"));
    }
    refuses("what is no image", { imageId: "latest" }, image("neither an image nor a parameter"));
    refuses(
      "a parameter of somebody else",
      { imageId: "resolve:ssm:/golden/image" },
      parameter("imageId"),
    );
    refuses(
      "a parameter that only contains AWS's",
      { imageId: `resolve:ssm:/x${PARAMETER}` },
      parameter("imageId"),
    );

    undecided("unknown user data, and decides the rest", { userData: UNKNOWN, keyName: "admin" }, [
      KEY,
    ]);
    undecided(
      "an unknown key pair, and decides the rest",
      { keyName: UNKNOWN, iamInstanceProfile: {} },
      [NO_PROFILE],
    );
    undecided("an unknown image", { imageId: UNKNOWN });
    undecided("an unknown profile", { iamInstanceProfile: UNKNOWN });
    ignoresOtherTypes();
  });

  describe("on the capacity component", () => {
    const ami = (value: unknown) => ({ plan: { ami: value } });
    const { accepts, refuses, undecided } = casesOf({
      policy,
      type: "ecs-on-ec2:index:Ec2Capacity",
      props: { plan: { ami: { source: "latest", parameter: PARAMETER } } },
      levels: LEVELS,
    });

    accepts("AWS's parameter, before it is read");
    accepts("a pinned image", ami({ source: "pinned", amiId: "ami-0123456789abcdef0" }));
    accepts("a plan without an image", { plan: null });
    refuses(
      "another parameter",
      ami({ source: "latest", parameter: "/golden/image" }),
      parameter("plan.ami.parameter"),
    );
    refuses(
      "another parameter in dev",
      ami({ parameter: "/golden/image" }),
      parameter("plan.ami.parameter"),
      "dev",
    );
    undecided("an unknown parameter", ami({ parameter: UNKNOWN }));
  });

  it("takes an image of any parameter that is allowed", () => {
    const judged = (parameter: string) => {
      const found: string[] = [];
      for (const { type, check } of policy.checks) {
        if (type === "ecs-on-ec2:index:Ec2Capacity") {
          check(
            {
              type,
              urn: "",
              name: "",
              props: { plan: { ami: { parameter } } },
              options: { protect: false, ignoreChanges: [] },
            },
            {
              limits: { deniedNames: "SECRET", amiParameterPrefixes: ["/aws/", "/golden/"] },
              environment: "prod",
              violate: ({ allowed }) => found.push(allowed),
            },
          );
        }
      }
      return found;
    };

    assert.deepEqual(judged("/golden/image"), []);
    assert.deepEqual(judged("/aws/image"), []);
    assert.deepEqual(judged("/other/image"), ["a parameter below /aws/ or /golden/"]);
  });

  it("repeats nothing of the user data but the name of a setting", async () => {
    const { violations } = await judgeResource(policy, {
      type: "aws:ec2/launchTemplate:LaunchTemplate",
      props: {
        imageId: "ami-0123456789abcdef0",
        iamInstanceProfile: { name: "web" },
        ...encoded(`DB_PASSWORD=hunter2 ${ACCESS_KEY}`),
      },
    });

    assert.deepEqual(violations, [
      'userData has an AWS access key id, allowed is no secret (prod, policies/limits.ts "instance-access"); read it at start-up with the instance\'s role, and replace the secret',
    ]);
  });
});
