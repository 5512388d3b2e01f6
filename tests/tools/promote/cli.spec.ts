import assert from "node:assert/strict";
import type { World } from "./fake-programs";
import { aWorld, DIGEST, FakeWorld, type Ran, REGISTRY, REVISION } from "./fake-world";

const OLD = `sha256:${"0".repeat(64)}`;
const TAG = "promoted-1234567890abcdef";
const DESCRIBE =
  "aws ecr describe-images --region eu-west-1 --registry-id 222222222222 --repository-name web-p " +
  `--image-ids imageDigest=${DIGEST} --output json`;
const COPY =
  "skopeo copy --all --preserve-digests --retry-times 3 --authfile <folder>/auth.json " +
  `docker://${REGISTRY.dev}/web-d@${DIGEST} docker://${REGISTRY.prod}/web-p:${TAG}`;
/** The commands that look at an image of prod's repository. */
const CHECK: readonly string[] = [
  "aws ecr get-login-password --region eu-west-1",
  `skopeo login --authfile <folder>/auth.json --username AWS --password-stdin ${REGISTRY.prod}`,
  inspectIn("prod", "web-p"),
];
const SET = `pulumi config set imageDigest ${DIGEST} --stack prod`;

/** The commands of a promotion from dev to prod. */
const WHOLE: readonly string[] = [
  "pulumi stack output --json --stack dev",
  "pulumi stack output --json --stack prod",
  DESCRIBE,
  "aws ecr get-login-password --region eu-west-1",
  `skopeo login --authfile <folder>/auth.json --username AWS --password-stdin ${REGISTRY.prod}`,
  "aws ecr get-login-password --region eu-central-1",
  `skopeo login --authfile <folder>/auth.json --username AWS --password-stdin ${REGISTRY.dev}`,
  inspectIn("dev", "web-d"),
  COPY,
  DESCRIBE,
  SET,
];

function inspectIn(stack: keyof typeof REGISTRY, repository: string): string {
  return (
    "skopeo --override-os linux --override-arch arm64 inspect --no-tags --authfile <folder>/auth.json " +
    `docker://${REGISTRY[stack]}/${repository}@${DIGEST}`
  );
}

describe("npm run promote", () => {
  const worlds: FakeWorld[] = [];
  afterEach(() => {
    for (const world of worlds.splice(0)) world.remove();
  });

  function world(changes: Partial<World> = {}, programs?: readonly string[]): FakeWorld {
    const made = new FakeWorld(aWorld(changes), programs);
    worlds.push(made);
    return made;
  }
  const failed = ({ code, stderr, world: { settings } }: Ran) => ({ code, stderr, settings });

  it("copies the image that dev runs to prod's repository, and sets it", async () => {
    const { code, stderr, commands, world: after } = await world().run("dev", "prod");

    assert.deepEqual({ code, stderr, commands }, { code: 0, stderr: "", commands: WHOLE });
    assert.deepEqual(after.images["web-p"], { [OLD]: ["a"], [DIGEST]: [TAG] });
    assert.deepEqual(after.settings, { "prod imageDigest": DIGEST });
  });

  it("prints each command before it runs it, what changes something prints too, and what is next", async () => {
    const { stdout } = await world().run("dev", "prod");

    const told = stdout.split("\n").filter((line) => !line.startsWith("$ "));
    const printed = stdout
      .split("\n")
      .filter((line) => line.startsWith("$ "))
      .map((line) => line.slice(2).replaceAll("'", ""));
    assert.deepEqual(printed, WHOLE);
    assert.deepEqual(told, [
      "Login Succeeded!",
      "Login Succeeded!",
      "Writing manifest to image destination",
      "next: pulumi up --stack prod --policy-pack policies",
      "",
    ]);
  });

  it("gives a password to nobody but skopeo's standard input, and leaves none behind", async () => {
    const made = world();
    const { stdout, calls } = await made.run("dev", "prod");

    assert.deepEqual(
      calls.filter(({ input }) => input !== "").map(({ input }) => input),
      ["password of eu-west-1\n", "password of eu-central-1\n"],
    );
    assert.doesNotMatch(stdout + calls.map(({ command }) => command).join(), /password of/);
    assert.equal(made.hasLeftovers, false);
  });

  it("does nothing a second time, and still looks at the architecture", async () => {
    const made = world();
    await made.run("dev", "prod");
    made.set("prod", "imageDigest", DIGEST);

    const { code, commands, stdout } = await made.run("dev", "prod");

    assert.equal(code, 0);
    assert.deepEqual(commands, [...WHOLE.slice(0, 3), ...CHECK]);
    assert.match(stdout, /web-p has the image already\n/);
    assert.match(stdout, /\nprod has the setting imageDigest already\n/);
    assert.equal(made.hasLeftovers, false);
  });

  it("makes the repository of a stack that is not deployed yet", async () => {
    const made = world({ outputs: { ...aWorld().outputs, prod: {} } });

    const { code, commands, stdout, world: after } = await made.run("dev", "prod");

    assert.equal(code, 0);
    assert.deepEqual(commands.slice(1, 4), [
      "pulumi stack output --json --stack prod",
      "pulumi up --stack prod --yes --skip-preview --non-interactive " +
        "--target urn:pulumi:prod::**::ecs-on-ec2:index:ContainerImage::* " +
        "--target urn:pulumi:prod::**::ecs-on-ec2:index:ContainerImage$aws:ecr/**",
      "pulumi stack output --json --stack prod",
    ]);
    assert.match(
      stdout,
      /^\$ REPOSITORY_ONLY_OF=prod pulumi up --stack prod .* '.*\$aws:ecr\/\*\*'$/m,
    );
    assert.deepEqual(after.images["web-new"], { [DIGEST]: [TAG] });
    assert.deepEqual(after.settings, { "prod imageDigest": DIGEST });
  });

  it("knows a stack with its organisation by its last name", async () => {
    const outputs = { dev: aWorld().outputs["dev"]!, "acme/prod": {} };

    const { code, commands } = await world({ outputs }).run("dev", "acme/prod");

    assert.equal(code, 0);
    assert.match(commands[2] ?? "", /--stack acme\/prod .* --target urn:pulumi:prod::/);
    assert.equal(commands.at(-1), `pulumi config set imageDigest ${DIGEST} --stack acme/prod`);
  });

  it("gives a tag to an image that has none and would expire", async () => {
    const { commands, world: after } = await world({
      images: { "web-p": { [DIGEST]: [] } },
    }).run("dev", "prod");

    assert.ok(commands.includes(COPY));
    assert.deepEqual(after.images["web-p"], { [DIGEST]: [TAG] });
  });

  it("keeps the image that a stack runs, without skopeo", async () => {
    const made = world({}, ["aws", "pulumi"]);

    const { code, stderr, commands, world: after } = await made.run("prod", "prod");

    assert.deepEqual({ code, stderr }, { code: 0, stderr: "" });
    assert.deepEqual(commands.slice(2), [
      DESCRIBE.replace(DIGEST, OLD),
      `aws ecs describe-task-definition --region eu-west-1 --task-definition ${REVISION} ` +
        "--query taskDefinition.runtimePlatform.cpuArchitecture --output text",
      SET.replace(DIGEST, OLD),
    ]);
    assert.deepEqual(after.settings, { "prod imageDigest": OLD });
  });

  it("keeps the image that a stack runs where its architecture changes, for a preview, and warns", async () => {
    const ran = await world({ architecture: "amd64" }, ["aws", "pulumi"]).run("prod", "prod");

    assert.deepEqual(failed(ran), {
      code: 0,
      stderr:
        "warning: the image is built for amd64, the stack that it goes to runs arm64; promote another one before `pulumi up`, or take back the change of the setting architecture\n",
      settings: { "prod imageDigest": OLD },
    });
  });

  it("takes an image that another program has copied already, with the target's profile alone", async () => {
    const { code, calls, commands } = await world({
      outputs: { prod: aWorld().outputs["prod"]! },
      images: { "web-p": { [DIGEST]: [TAG] } },
    }).run(`${REGISTRY.dev}/web-d@${DIGEST}`, "prod", "--target-profile", "web-prod");

    assert.equal(code, 0);
    assert.deepEqual(commands, [...WHOLE.slice(1, 3), ...CHECK, SET]);
    assert.deepEqual(
      calls
        .filter(({ command }) => command.includes("login-password"))
        .map((call) => call.credentials),
      ["web-prod"],
    );
  });

  it("goes back to an earlier image that the repository has", async () => {
    const made = world({ images: { "web-p": { [OLD]: ["a"], [DIGEST]: [TAG] } } });

    const { code, world: after } = await made.run("prod", "prod", "--digest", DIGEST);

    assert.equal(code, 0);
    assert.deepEqual(after.settings, { "prod imageDigest": DIGEST });
  });

  it("takes an image in place of a stack, and asks no stack for it", async () => {
    const { code, commands } = await world({
      outputs: { prod: aWorld().outputs["prod"]! },
    }).run(`${REGISTRY.dev}/web-d@${DIGEST}`, "prod");

    assert.equal(code, 0);
    assert.deepEqual(commands, WHOLE.slice(1));
  });

  it("logs in once where both repositories are in one registry, as the one who may push", async () => {
    const { calls, world: after } = await world().run(
      ...[`${REGISTRY.prod}/web-d@${DIGEST}`, "prod"],
      ...["--source-profile", "web-dev", "--target-profile", "web-prod"],
    );

    const logins = calls.filter(({ command }) => command.includes("login-password"));
    assert.deepEqual(
      logins.map(({ credentials }) => credentials),
      ["web-prod"],
    );
    assert.deepEqual(after.images["web-p"]?.[DIGEST], [TAG]);
  });

  it("asks each side with its own profile, which keys of the environment do not displace", async () => {
    const profiles = ["--source-profile", "web-dev", "--target-profile", "web-prod"];

    const { calls, stdout } = await world().run("dev", "prod", ...profiles);

    assert.deepEqual(
      calls
        .filter(({ command }) => !command.startsWith("skopeo"))
        .map(({ command, credentials }) => `${credentials} ${command.split(" ", 3).join(" ")}`),
      [
        "web-dev pulumi stack output",
        "web-prod pulumi stack output",
        "web-prod aws ecr describe-images",
        "web-prod aws ecr get-login-password",
        "web-dev aws ecr get-login-password",
        "web-prod aws ecr describe-images",
        "web-prod pulumi config set",
      ],
    );
    assert.match(stdout, /^\$ AWS_PROFILE=web-dev pulumi stack output --json --stack dev$/m);
  });

  it("prints the setting with --no-config and leaves the stack file as it is", async () => {
    const { code, stdout, world: after } = await world().run("dev", "prod", "--no-config");

    assert.equal(code, 0);
    assert.match(stdout, new RegExp(`\\nimageDigest of prod is to be ${DIGEST}\\n$`));
    assert.deepEqual(after.settings, {});
  });

  describe("--dry-run", () => {
    it("runs what only reads, and prints the rest", async () => {
      const made = world();
      const { code, commands, stdout, world: after } = await made.run("dev", "prod", "--dry-run");

      assert.equal(code, 0);
      assert.deepEqual(commands, WHOLE.slice(0, 3));
      assert.deepEqual(
        stdout.split("\n").filter((line) => line.startsWith("would run: ")),
        [WHOLE[4], WHOLE[6], WHOLE[7], COPY, SET].map(
          (command) =>
            `would run: ${command!.replace("<folder>/auth.json", "'<folder>/auth.json'")}`,
        ),
      );
      assert.deepEqual(after, aWorld());
      assert.equal(made.hasLeftovers, false);
    });

    it("prints the look at an image that is there already", async () => {
      const made = world({ images: { "web-p": { [DIGEST]: [TAG] } } });
      const { code, commands, stdout } = await made.run("dev", "prod", "--dry-run");

      assert.equal(code, 0);
      assert.deepEqual(commands, WHOLE.slice(0, 3));
      assert.deepEqual(
        stdout.split("\n").filter((line) => line.startsWith("would run: ")),
        [CHECK[1], CHECK[2], SET].map(
          (command) =>
            `would run: ${command!.replace("<folder>/auth.json", "'<folder>/auth.json'")}`,
        ),
      );
    });

    it("says that it would make the repository, and what would follow", async () => {
      const outputs = { ...aWorld().outputs, prod: {} };
      const {
        code,
        stdout,
        world: after,
      } = await world({ outputs }).run("dev", "prod", "--dry-run");

      assert.equal(code, 0);
      assert.match(
        stdout,
        /\nprod has no repository yet\nwould run: REPOSITORY_ONLY_OF=prod pulumi up /,
      );
      assert.match(
        stdout,
        new RegExp(`\\nthen ${DIGEST} would be copied there and set for prod\\n$`),
      );
      assert.deepEqual(after.outputs["prod"], {});
    });
  });

  describe("sets nothing and says why where", () => {
    it("programs are missing, all of them at once", async () => {
      assert.deepEqual(failed(await world({}, ["skopeo"]).run("dev", "prod")), {
        code: 1,
        stderr:
          "error: aws is not on the PATH; install the AWS CLI: https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html\n" +
          "error: pulumi is not on the PATH; install the Pulumi CLI: https://www.pulumi.com/docs/iac/download-install/\n",
        settings: {},
      });
    });

    it("skopeo is missing and the image is to be copied", async () => {
      const ran = await world({}, ["aws", "pulumi"]).run("dev", "prod");

      assert.deepEqual(failed(ran), {
        code: 1,
        stderr:
          "error: skopeo is not on the PATH; `apt-get install skopeo`, `dnf install skopeo` or `brew install skopeo`\n",
        settings: {},
      });
    });

    it("there is no such stack", async () => {
      const { outputs } = aWorld();

      assert.deepEqual(
        failed(await world({ outputs: { dev: outputs["dev"]! } }).run("dev", "prod")),
        {
          code: 1,
          stderr:
            "error: the outputs of prod cannot be read, `pulumi stack output` ended with 255:\n" +
            "  error: no stack named 'prod' found\n" +
            "error: log in to the backend that has the stack, or make it with `pulumi stack init prod`\n",
          settings: {},
        },
      );
    });

    it("the source is misspelt", async () => {
      const ran = await world().run("deb", "prod");

      assert.equal(ran.calls.length, 0);
      assert.equal(
        ran.stderr,
        "error: source: got deb, must be a stack or an image <repository>@sha256:<digest>; stacks here: dev, prod; did you mean 'dev'?\n",
      );
    });

    it("the target is misspelt", async () => {
      const ran = await world().run("dev", "prd");

      assert.equal(ran.calls.length, 0);
      assert.equal(
        ran.stderr,
        "error: Pulumi.prd.yaml: is missing for stack 'prd', stacks here: dev, prod; did you mean 'prod'?\n",
      );
    });

    it("the source runs nothing", async () => {
      const outputs = { ...aWorld().outputs, dev: {} };

      assert.equal(
        (await world({ outputs }).run("dev", "prod")).stderr,
        "error: dev has no output `image`, so that it runs none; deploy it first with `pulumi up --stack dev`\n",
      );
    });

    it("the image is none by digest, or none of Amazon ECR", async () => {
      assert.equal(
        (await world().run(`${REGISTRY.dev}/web-d@latest`, "prod")).stderr,
        `error: source: got ${REGISTRY.dev}/web-d@latest, must be <repository>@sha256:<64 lower-case hexadecimal digits>; copy the output \`image\` of the stack that runs the image\n`,
      );
      assert.equal(
        (await world().run(`ghcr.io/acme/web@${DIGEST}`, "prod")).stderr,
        "error: source: got ghcr.io/acme/web, must be <account>.dkr.ecr.<region>.amazonaws.com/<repository>; copy images of other registries to Amazon ECR first\n",
      );
    });

    it("the digest is none", async () => {
      const ran = await world().run("dev", "prod", "--digest", "sha256:12");

      assert.equal(ran.code, 1);
      assert.match(ran.stderr, /a digest is sha256: and 64 lower-case hexadecimal digits/);
      assert.equal(ran.calls.length, 0);
    });

    it("the image is built for another processor and there already, whoever has copied it", async () => {
      const made = world({ architecture: "amd64", images: { "web-p": { [DIGEST]: [TAG] } } });
      const ran = await made.run(`${REGISTRY.dev}/web-d@${DIGEST}`, "prod");

      assert.deepEqual(failed(ran), {
        code: 1,
        stderr:
          "error: the image is built for amd64, the stack that it goes to runs arm64; give both stacks the same architecture\n",
        settings: {},
      });
      assert.doesNotMatch(ran.stdout, /next: /);
      assert.equal(made.hasLeftovers, false);
    });

    it("the image is built for another processor, and it is set already", async () => {
      const made = world({ architecture: "amd64", images: { "web-p": { [DIGEST]: [TAG] } } });
      made.set("prod", "imageDigest", DIGEST);
      const ran = await made.run("dev", "prod");

      assert.equal(ran.code, 1);
      assert.match(ran.stderr, /^error: the image is built for amd64, .* runs arm64; /);
    });

    it("an earlier image is built for another processor than the setting names now", async () => {
      const images = { "web-p": { [OLD]: ["a"], [DIGEST]: [TAG] } };
      const made = world({ architecture: "amd64", images });

      assert.deepEqual(failed(await made.run("prod", "prod", "--digest", DIGEST)), {
        code: 1,
        stderr:
          "error: the image is built for amd64, the stack that it goes to runs arm64; choose another one, or take back the change of the setting architecture\n",
        settings: {},
      });
    });

    it("skopeo is missing and the image is there already", async () => {
      const images = { "web-p": { [DIGEST]: [TAG] } };
      const ran = await world({ images }, ["aws", "pulumi"]).run("dev", "prod");

      assert.equal(ran.code, 1);
      assert.match(ran.stderr, /^error: skopeo is not on the PATH; /);
      assert.deepEqual(ran.world.settings, {});
    });

    it("a command prints no JSON", async () => {
      const outputs = { ...aWorld().outputs, dev: [] as unknown as Record<string, unknown> };

      assert.equal(
        (await world({ outputs }).run("dev", "prod")).stderr,
        'error: the outputs of dev are no JSON object but "[]"; run the last command above by itself to see what it prints\n',
      );
    });

    it("the image is built for another processor", async () => {
      const made = world({ architecture: "amd64" });
      const ran = await made.run("dev", "prod");

      assert.deepEqual(failed(ran), {
        code: 1,
        stderr:
          "error: the image is built for amd64, the stack that it goes to runs arm64; give both stacks the same architecture\n",
        settings: {},
      });
      assert.deepEqual(Object.keys(ran.world.images["web-p"] ?? {}), [OLD]);
      assert.equal(made.hasLeftovers, false);
    });

    it("an earlier image is no longer in the repository", async () => {
      assert.equal(
        (await world().run("prod", "prod", "--digest", DIGEST)).stderr,
        `error: ${REGISTRY.prod}/web-p has no image ${DIGEST} any more; choose one of those that \`aws ecr describe-images --region eu-west-1 --repository-name web-p\` lists, or promote one from another stack\n`,
      );
    });

    for (const [start, printed] of [
      [
        "aws ecr describe-images",
        /the images of \S+web-p cannot be read, `aws ecr describe-images` ended with 255:\n {2}denied\n$/,
      ],
      [
        "aws ecr get-login-password",
        /`aws ecr get-login-password --region eu-west-1` ended with 255:\n {2}denied\n$/,
      ],
      ["skopeo login", /^denied\nerror: `skopeo login .*` ended with 255:\n {2}denied\n$/],
      ["skopeo --override-os", /`skopeo --override-os .*` ended with 255:\n {2}denied\n$/],
      ["skopeo copy", /`skopeo copy .*` ended with 255:\n {2}denied\n$/],
      ["pulumi config", /`pulumi config set .*` ended with 255:\n {2}denied\n$/],
    ] as const) {
      it(`${start} fails`, async () => {
        const made = world({ failures: { [start]: "denied" } });
        const ran = await made.run("dev", "prod");

        assert.equal(ran.code, 1);
        assert.match(ran.stderr, printed);
        assert.deepEqual(ran.world.settings, {});
        assert.doesNotMatch(ran.stdout, /next: /);
        assert.equal(made.hasLeftovers, false);
      });
    }

    it("the repository cannot be made", async () => {
      const outputs = { ...aWorld().outputs, prod: {} };
      const ran = await world({ outputs, failures: { "pulumi up": "denied" } }).run("dev", "prod");

      assert.equal(ran.code, 1);
      assert.match(
        ran.stderr,
        /error: `REPOSITORY_ONLY_OF=prod pulumi up .*` ended with 255:\n {2}denied\n$/,
      );
      assert.deepEqual(ran.world.settings, {});
    });

    it("the copy has not arrived", async () => {
      assert.deepEqual(failed(await world({ losesCopies: true }).run("dev", "prod")), {
        code: 1,
        stderr: `error: ${REGISTRY.prod}/web-p does not have ${DIGEST} with the tag ${TAG} after the copy; run the command again\n`,
        settings: {},
      });
    });
  });
});
