import assert from "node:assert/strict";
import { ecsImagePinned as policy } from "../../../../policies/rules/container/ecs-image-pinned";
import { type Bag, UNKNOWN } from "../../../../tools/preview/graph";
import { containerDefinitions, UNREADABLE } from "../../../support/container-definitions";
import { casesOf, type Said } from "../../../support/policy-cases";

const DIGEST = `@sha256:${"0a".repeat(32)}`;
const ECR = "123456789012.dkr.ecr.eu-central-1.amazonaws.com";

describe("ecs-image-pinned", () => {
  for (const { where, type, what, wrapped, unknown } of [
    {
      where: "a task definition",
      type: "aws:ecs/taskDefinition:TaskDefinition",
      what: 'image of container "app"',
      wrapped: (image: unknown) => containerDefinitions({ image }),
      unknown: { containerDefinitions: UNKNOWN },
    },
    {
      where: "the service component",
      type: "ecs-on-ec2:index:EcsService",
      what: "imageReference",
      wrapped: (imageReference: unknown) => ({ imageReference }),
      unknown: { imageReference: UNKNOWN },
    },
  ] as const) {
    describe(`on ${where}`, () => {
      const { accepts, refuses, undecided, ignoresOtherTypes } = casesOf({
        policy,
        type,
        props: wrapped(`${ECR}/web${DIGEST}`) as Bag,
        levels: { dev: "advisory", prod: "mandatory" },
      });
      const from = (registry: string): Said => [
        `${what} comes from ${registry}`,
        "a private ECR registry",
        "copy it to ECR, or add its registry to extraRegistries",
      ];
      const unpinned = (found: string): Said => [
        `${what} has ${found}`,
        "a digest",
        "refer to it as REPOSITORY@sha256:DIGEST",
      ];
      const moving = (found: string): Said => [
        `${what} has ${found}`,
        "a digest, or a tag that stays",
        "refer to it as REPOSITORY@sha256:DIGEST",
      ];
      const BROKEN: Said = [
        `${what} is not an image reference`,
        "REGISTRY/REPOSITORY@sha256:DIGEST",
        "refer to the image that the program pushed",
      ];

      accepts("a digest in ECR");
      for (const registry of [
        "123456789012.dkr.ecr-fips.us-east-1.amazonaws.com",
        "123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn",
        "123456789012.dkr-ecr.eu-central-1.on.aws",
      ]) {
        accepts(`a digest in ${registry}`, wrapped(`${registry}/team/web:1${DIGEST}`));
      }
      accepts("a tag that stays in dev", wrapped(`${ECR}/web:6a78705f-3`), "dev");

      refuses("a tag", wrapped(`${ECR}/web:1.2.3`), unpinned("tag 1.2.3 and no digest"));
      refuses("neither tag nor digest", wrapped(`${ECR}/web`), unpinned("no digest"));
      refuses("latest in dev", wrapped(`${ECR}/web:latest`), moving("tag latest"), "dev");
      refuses("another moving tag in dev", wrapped(`${ECR}/web:Main`), moving("tag Main"), "dev");
      refuses("no tag in dev", wrapped(`${ECR}/web`), moving("no tag, which means latest"), "dev");
      for (const [image, registry] of [
        ["nginx", "docker.io"],
        ["library/nginx", "docker.io"],
        ["nginx.web", "docker.io"],
        ["public.ecr.aws/nginx/nginx", "public.ecr.aws"],
        ["localhost:5000/web", "localhost:5000"],
        [
          "12345678901.dkr.ecr.eu-central-1.amazonaws.com/web",
          "12345678901.dkr.ecr.eu-central-1.amazonaws.com",
        ],
        [`evil.com/${ECR}/web`, "evil.com"],
        [`${ECR}.evil.com/web`, `${ECR}.evil.com`],
      ] as const) {
        refuses(`the image ${image}`, wrapped(`${image}${DIGEST}`), from(registry));
      }
      refuses("a tag of another registry", wrapped("nginx:1.27"), [
        from("docker.io"),
        unpinned("tag 1.27 and no digest"),
      ]);
      for (const image of [
        undefined,
        null,
        3,
        "",
        "a b",
        "@sha256:0",
        `${ECR}/web@sha256:0a`,
        `${ECR}/web@md5:${"0".repeat(32)}`,
      ]) {
        refuses(`the image ${JSON.stringify(image)}`, wrapped(image), BROKEN);
      }
      undecided("an unknown image", unknown);
      ignoresOtherTypes();
    });
  }

  describe("on definitions", () => {
    const { refuses } = casesOf({
      policy,
      type: "aws:ecs/taskDefinition:TaskDefinition",
      props: containerDefinitions(),
      levels: { dev: "advisory", prod: "mandatory" },
    });

    refuses("that are not JSON", { containerDefinitions: "[" }, UNREADABLE);
  });

  it("takes the whole name of a registry that is allowed", () => {
    const judged = (image: string) => {
      const found: string[] = [];
      for (const { type, check } of policy.checks) {
        if (type === "ecs-on-ec2:index:EcsService") {
          check(
            {
              type,
              urn: "",
              name: "",
              props: { imageReference: image },
              options: { protect: false, ignoreChanges: [] },
            },
            {
              limits: { requireDigest: true, extraRegistries: ["quay\\.io|ghcr\\.io"] },
              environment: "prod",
              violate: ({ got, allowed }) => found.push(`${got}; ${allowed}`),
            },
          );
        }
      }
      return found;
    };

    assert.deepEqual(judged(`quay.io/team/web${DIGEST}`), []);
    assert.deepEqual(judged(`quay.io.evil.com/web${DIGEST}`), [
      "imageReference comes from quay.io.evil.com; a private ECR registry or quay\\.io|ghcr\\.io",
    ]);
  });
});
