import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";
import { isForRepository, loadConfig, loadSecrets } from "../../infra/config";
import { ConfigError } from "../../infra/config/config-error";
import { plainSettings, SECRET_SETTING } from "../../infra/config/settings";
import { type ConfigValues, PROJECT, useStack } from "../support/stack-config";

interface ProjectFile {
  config: Record<string, { type: string; default: unknown; description: string }>;
}

const project = parse(readFileSync("Pulumi.yaml", "utf8")) as ProjectFile;

/** Stand-in of the offline preview for a value that it does not decrypt. */
const UNKNOWN_SENTINEL = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

async function faultsOf(values: ConfigValues, secretKeys: string[] = []): Promise<string[]> {
  await useStack("dev", values, secretKeys);
  try {
    loadConfig();
    return [];
  } catch (error) {
    assert.ok(error instanceof ConfigError, String(error));
    assert.equal(error.message, error.faults.join("\n"));
    return [...error.faults];
  }
}

function promiseOf<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => {
    output.apply(resolve);
  });
}

describe("loadConfig", () => {
  it("groups the settings of the dev stack", async () => {
    await useStack("dev");
    assert.deepEqual(loadConfig(), {
      project: "ecs-on-ec2",
      stack: "dev",
      appName: "web",
      region: "eu-central-1",
      tags: {
        Project: "ecs-on-ec2",
        Environment: "dev",
        Owner: "platform",
        CostCenter: "engineering",
      },
      network: {
        vpcCidr: "10.0.0.0/16",
        availabilityZones: 2,
        natGateways: "Single",
        interfaceEndpoints: false,
        flowLogs: false,
        surviveZoneLoss: false,
      },
      container: {
        composeFile: "app/compose.yaml",
        composeService: "app",
        architecture: "arm64",
        taskCpu: undefined,
        taskMemoryMiB: undefined,
        secretEnvironment: {},
      },
      image: { imageDigest: undefined, imageEncryption: "AES256", keepImages: 20 },
      service: {
        networkMode: "bridge",
        deploymentMinimumHealthyPercent: 100,
        deploymentMaximumPercent: 200,
        healthCheckGraceSeconds: 60,
        executeCommand: false,
      },
      scaling: {
        minTasks: 1,
        maxTasks: 4,
        desiredTasks: undefined,
        cpuTargetPercent: 60,
        requestsPerTarget: 1000,
        scaleOutCooldownSeconds: 60,
        scaleInCooldownSeconds: 300,
        scheduledScaling: [],
      },
      capacity: {
        instanceTypes: ["t4g.small", "t4g.medium"],
        minInstances: undefined,
        maxInstances: undefined,
        onDemandBase: 0,
        onDemandPercentageAboveBase: 0,
        targetCapacityPercent: 100,
        maxScalingStep: undefined,
        instanceWarmupSeconds: 180,
        amiSource: "latest",
        amiId: undefined,
        rootVolumeGiB: 30,
      },
      loadBalancer: {
        domainName: undefined,
        hostedZoneId: undefined,
        certificateArn: undefined,
        idleTimeoutSeconds: 60,
        deregistrationDelaySeconds: 5,
        accessLogs: false,
        accessLogRetentionDays: 90,
        webAcl: false,
        staticIngressIps: false,
      },
      observability: {
        containerInsights: "disabled",
        logRetentionDays: 7,
        notifiesByEmail: false,
        latencyAlarmMilliseconds: 1000,
      },
      permissionsBoundary: undefined,
      deletionProtection: false,
    });
  });

  it("reads every key that Pulumi.yaml declares, and no other", () => {
    assert.deepEqual(Object.keys(plainSettings).concat(SECRET_SETTING).sort(), [
      ...Object.keys(project.config).sort(),
    ]);
  });

  it("describes in Pulumi.yaml the bounds that it checks", () => {
    const checked: string[] = [];
    for (const [key, { type, description }] of Object.entries(project.config)) {
      const [, min, max] = /(\d+) to (\d+)/.exec(type === "integer" ? description : "") ?? [];
      if (min === undefined || max === undefined) {
        continue;
      }
      const { ok } = plainSettings[key as keyof typeof plainSettings]("0");
      assert.equal(ok, min === "0" || description.includes("; 0 "), `${key} 0`);
      const bounds = [Number(min), Number(max), Number(max) + 1].concat(
        Number(min) > 1 ? Number(min) - 1 : [],
      );
      assert.deepEqual(
        bounds.map((value) => plainSettings[key as keyof typeof plainSettings](String(value)).ok),
        bounds.map((value) => value >= Number(min) && value <= Number(max)),
        key,
      );
      checked.push(key);
    }
    const numbers = Object.entries(project.config).filter(([, { type }]) => type === "integer");
    assert.deepEqual(
      numbers.map(([key]) => key).filter((key) => !checked.includes(key)),
      ["logRetentionDays"],
    );
  });

  it("reads lists, mappings and numbers in quotes as the engine hands them over", async () => {
    await useStack("dev", {
      "ecs-on-ec2:minTasks": "3",
      "ecs-on-ec2:taskCpu": "512",
      "ecs-on-ec2:flowLogs": "true",
      "ecs-on-ec2:instanceTypes": '["m7g.large"]',
      "ecs-on-ec2:scheduledScaling": JSON.stringify([
        {
          name: "night",
          schedule: "cron(0 22 * * ? *)",
          timezone: "UTC",
          minTasks: "1",
          maxTasks: 2,
        },
      ]),
      "ecs-on-ec2:secretEnvironment": JSON.stringify({
        TOKEN: "arn:aws-us-gov:ssm:us-gov-west-1:123456789012:parameter/web/token",
      }),
    });
    const config = loadConfig();
    assert.equal(config.scaling.minTasks, 3);
    assert.equal(config.container.taskCpu, 512);
    assert.equal(config.network.flowLogs, true);
    assert.deepEqual(config.capacity.instanceTypes, ["m7g.large"]);
    assert.deepEqual(config.scaling.scheduledScaling, [
      { name: "night", schedule: "cron(0 22 * * ? *)", timezone: "UTC", minTasks: 1, maxTasks: 2 },
    ]);
    assert.deepEqual(config.container.secretEnvironment, {
      TOKEN: "arn:aws-us-gov:ssm:us-gov-west-1:123456789012:parameter/web/token",
    });
  });

  it("has no tags where aws:defaultTags is not set", async () => {
    await useStack("dev", { "aws:defaultTags": undefined });
    assert.deepEqual(loadConfig().tags, {});
  });

  it("accepts good values of every form", async () => {
    const good: [key: string, values: string[]][] = [
      ["appName", ["ab", "web-api-2", "abcdefghijklmnop"]],
      ["composeFile", ["compose.yml", "services/web/compose.yaml"]],
      ["imageDigest", ["", `sha256:${"0a".repeat(32)}`]],
      ["amiId", ["", "ami-01234567", "ami-0123456789abcdef0"]],
      ["hostedZoneId", ["", "Z1", `Z${"A".repeat(31)}`]],
      ["domainName", ["example.com", "3.example.co", `${"a".repeat(63)}.example.com`]],
      [
        "certificateArn",
        ["aws", "aws-cn", "aws-us-gov", "aws-iso-b"].map(
          (partition) =>
            `arn:${partition}:acm:eu-central-1:123456789012:certificate/12345678-1234-1234-1234-123456789012`,
        ),
      ],
      ["alarmEmail", ["", "alarms@example.com", "a+b@c.example.org"]],
      ["logRetentionDays", ["1", "3653"]],
      [
        "secretEnvironment",
        [
          '{"A":"arn:aws:secretsmanager:eu-central-1:123456789012:secret:web/db-AbCdEf:password::"}',
        ],
      ],
    ];
    for (const [key, values] of good) {
      for (const value of values) {
        assert.deepEqual(await faultsOf({ [`${PROJECT}:${key}`]: value }), [], `${key} ${value}`);
      }
    }
  });

  describe("refuses", () => {
    const number = "write a whole number in that range";
    const bad: [key: string, value: string, fault: string][] = [
      ["maxTasks", "many", `got "many", must be an integer from 1 to 1000; ${number}`],
      ["maxTasks", "2.5", `got 2.5, must be an integer from 1 to 1000; ${number}`],
      ["maxTasks", "1e3", `got "1e3", must be an integer from 1 to 1000; ${number}`],
      ["maxTasks", "0", `got 0, must be an integer from 1 to 1000; ${number}`],
      ["taskCpu", "127", `got 127, must be 0 or an integer from 128 to 196608; ${number}`],
      ["taskMemoryMiB", "-1", `got -1, must be 0 or an integer from 32 to 1048576; ${number}`],
      ["deploymentMaximumPercent", "100", `got 100, must be an integer from 101 to 400; ${number}`],
      ["flowLogs", "yes", 'got "yes", must be true or false; write one of them without quotes'],
      [
        "natGateways",
        "single",
        'got "single", must be one of Single, OnePerAz, None; did you mean Single',
      ],
      ["maxScalingStep", "-1", `got -1, must be 0 or an integer from 1 to 100; ${number}`],
      ["architecture", "amd64", 'got "amd64", must be one of arm64, x86_64; did you mean x86_64'],
      ["architecture", "riscv", 'got "riscv", must be one of arm64, x86_64; choose one of them'],
      [
        "logRetentionDays",
        "100",
        "got 100, must be one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653; the nearest is 90",
      ],
      [
        "logRetentionDays",
        "a week",
        'got "a week", must be one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653; choose one of them',
      ],
      [
        "appName",
        "web--app",
        'got "web--app", must be 2 to 16 lower-case letters, digits and single hyphens, a letter first and no hyphen last; choose a shorter or plainer name',
      ],
      [
        "vpcCidr",
        "10.0.0.0/25",
        'got "10.0.0.0/25", must be an IPv4 block from /16 to /24; write one such as 10.0.0.0/16',
      ],
      [
        "composeFile",
        "../compose.yaml",
        'got "../compose.yaml", must be the path of a .yaml or .yml file relative to and inside the project; write one such as app/compose.yaml',
      ],
      [
        "composeService",
        "my.app",
        'got "my.app", must be letters, digits, hyphens and underscores; write a service\'s name of the Compose file',
      ],
      [
        "imageDigest",
        "web:latest",
        'got "web:latest", must be sha256: and 64 lower-case hexadecimal digits; let `npm run promote` set it, or copy what follows @ in the output `image` of the stack that runs the image',
      ],
      [
        "amiId",
        "ami-0123456789",
        'got "ami-0123456789", must be ami- and 8 or 17 hexadecimal digits; copy the id of an ECS-optimized image of the stack\'s region',
      ],
      [
        "hostedZoneId",
        "/hostedzone/Z0123",
        'got "/hostedzone/Z0123", must be Z and up to 31 capital letters and digits; copy the id that `aws route53 list-hosted-zones` shows, without /hostedzone/',
      ],
      [
        "domainName",
        "https://example.com",
        'got "https://example.com", must be a host name of at least two labels, each 1 to 63 lower-case letters, digits and inner hyphens, 253 characters in all; write it without scheme, port and final dot',
      ],
      [
        "certificateArn",
        "arn:cert",
        'got "arn:cert", must be arn:<partition>:acm:<region>:<account>:certificate/<uuid>; copy the ARN that `aws acm list-certificates` shows',
      ],
      [
        "alarmEmail",
        "alarms",
        'got "alarms", must be an e-mail address; write one such as alarms@example.com, or remove the line for none',
      ],
      [
        "instanceTypes",
        "t4g.small",
        'got "t4g.small", must be a list of instance types; write a YAML list',
      ],
      ["instanceTypes", "[]", "got [], must have 1 to 40 types; add or remove some"],
      [
        "instanceTypes",
        '["t4g.small","t4g.small"]',
        'got ["t4g.small","t4g.small"], must name every type once; remove the second t4g.small',
      ],
      [
        "secretEnvironment",
        "[]",
        "got [], must be a mapping of variable to ARN; write a YAML mapping",
      ],
    ];
    for (const [key, value, fault] of bad) {
      it(`${key} ${value}`, async () => {
        assert.deepEqual(await faultsOf({ [`${PROJECT}:${key}`]: value }), [
          `Pulumi.dev.yaml: ecs-on-ec2:${key}: ${fault}`,
        ]);
      });
    }

    it("malformed names, which only one character sets apart from good ones", async () => {
      const malformed: [key: string, values: string[]][] = [
        ["appName", ["a", "Web", "1web", "web-", "web_app", "abcdefghijklmnopq", ""]],
        ["composeFile", ["", "/app/compose.yaml", "app/../../x.yml", "compose.json", "a\\b.yml"]],
        ["composeService", ["", "-app", "my app"]],
        [
          "imageDigest",
          [
            "0a".repeat(32),
            `sha256:${"0a".repeat(31)}`,
            `sha256:${"0A".repeat(32)}`,
            `sha512:${"0a".repeat(32)}`,
            `web@sha256:${"0a".repeat(32)}`,
          ],
        ],
        ["amiId", ["ami-0123456G", "0123456789abcdef0", "ami-"]],
        ["hostedZoneId", ["Z", `Z${"A".repeat(32)}`, "z0123", "A0123"]],
        [
          "domainName",
          ["example", "example.com.", "-a.com", "a-.com", "a..com", "EXAMPLE.com", "*.example.com"],
        ],
        ["domainName", ["1.2.3.4", `${"a".repeat(64)}.com`, `${"a.".repeat(126)}com`]],
        [
          "certificateArn",
          [
            "arn:aws:iam::123456789012:server-certificate/web",
            "arn:aws:acm:eu-central-1:12345678901:certificate/12345678-1234-1234-1234-123456789012",
            "arn:aws:acm:eu-central-1:123456789012:certificate/12345678",
          ],
        ],
        ["alarmEmail", ["a@b", "a b@example.com", "@example.com", "a@example..com"]],
      ];
      for (const [key, values] of malformed) {
        for (const value of values) {
          const faults = await faultsOf({ [`${PROJECT}:${key}`]: value });
          assert.equal(faults.length, 1, `${key} ${value}`);
        }
      }
    });

    it("a misspelt key, with the nearest right one", async () => {
      assert.deepEqual(await faultsOf({ "ecs-on-ec2:maxTask": "4", "ecs-on-ec2:bogus": "x" }), [
        "Pulumi.dev.yaml: ecs-on-ec2:maxTask: got an unknown key, must be one that Pulumi.yaml declares; did you mean ecs-on-ec2:maxTasks",
        "Pulumi.dev.yaml: ecs-on-ec2:bogus: got an unknown key, must be one that Pulumi.yaml declares; remove it",
      ]);
    });

    it("keys that nothing in the program reads", async () => {
      assert.deepEqual(await faultsOf({ "aws:profile": "x", "aws:regoin": "eu-central-1" }), [
        "Pulumi.dev.yaml: aws:regoin: got an unknown key, must be one that @pulumi/aws reads; did you mean aws:region",
      ]);
    });

    it("a missing or malformed region", async () => {
      assert.deepEqual(await faultsOf({ "aws:region": undefined }), [
        "Pulumi.dev.yaml: aws:region: got nothing, must be set; run `pulumi config set aws:region <value> --stack dev`",
      ]);
      assert.deepEqual(await faultsOf({ "aws:region": "eu-central" }), [
        'Pulumi.dev.yaml: aws:region: got "eu-central", must be an AWS region such as eu-central-1; write the region that the stack is deployed to',
      ]);
    });

    it("a key without a value", async () => {
      assert.deepEqual(await faultsOf({ "ecs-on-ec2:minTasks": undefined }), [
        "Pulumi.dev.yaml: ecs-on-ec2:minTasks: got nothing, must be set; run `pulumi config set ecs-on-ec2:minTasks <value> --stack dev`",
      ]);
    });

    it("tags that AWS does not take", async () => {
      const tags = { "aws:x": "y", Cost: 12, Owner: "a".repeat(257) };
      assert.deepEqual(await faultsOf({ "aws:defaultTags": JSON.stringify({ tags, tag: {} }) }), [
        'Pulumi.dev.yaml: aws:defaultTags.tags.aws:x: got "aws:x", must be a tag of 1 to 128 letters, digits, spaces and _.:/=+-@ that does not begin with aws:; rename the tag',
        "Pulumi.dev.yaml: aws:defaultTags.tags.Cost: got 12, must be text of at most 256 letters, digits, spaces and _.:/=+-@; shorten the value, or put a number in quotes",
        `Pulumi.dev.yaml: aws:defaultTags.tags.Owner: got "${"a".repeat(57)}...", must be text of at most 256 letters, digits, spaces and _.:/=+-@; shorten the value, or put a number in quotes`,
        'Pulumi.dev.yaml: aws:defaultTags.tag: got "tag", is no key of defaultTags; keep tags only',
      ]);
      const many = Object.fromEntries(Array.from({ length: 41 }, (_, n) => [`Tag${n}`, "x"]));
      assert.deepEqual(await faultsOf({ "aws:defaultTags": JSON.stringify({ tags: many }) }), [
        "Pulumi.dev.yaml: aws:defaultTags.tags: got 41 tags, must be at most 40; remove some",
      ]);
    });

    it("a secret in place of its ARN, without showing it", async () => {
      const value = JSON.stringify({ TOKEN: "hunter2", "2FA": "arn:aws:s3:::x" });
      assert.deepEqual(await faultsOf({ "ecs-on-ec2:secretEnvironment": value }), [
        "Pulumi.dev.yaml: ecs-on-ec2:secretEnvironment.TOKEN: got [not an ARN], must be the ARN of a Secrets Manager secret or a Systems Manager parameter; store the value there and write its ARN here",
        'Pulumi.dev.yaml: ecs-on-ec2:secretEnvironment.2FA: got "2FA", must be named with letters, digits and underscores, no digit first; rename the variable',
      ]);
    });

    it("an entry of scheduledScaling with unknown, missing and malformed keys", async () => {
      const entries = [
        {
          name: "Night",
          schedule: "cron(0 22 * * *)",
          timezone: "europe/berlin",
          minTask: 1,
          maxTasks: "x",
        },
        "night",
      ];
      assert.deepEqual(await faultsOf({ "ecs-on-ec2:scheduledScaling": JSON.stringify(entries) }), [
        'Pulumi.dev.yaml: ecs-on-ec2:scheduledScaling[0].name: got "Night", must be 1 to 32 lower-case letters, digits and hyphens; name what the schedule is for, such as evening',
        'Pulumi.dev.yaml: ecs-on-ec2:scheduledScaling[0].schedule: got "cron(0 22 * * *)", must be a schedule of Application Auto Scaling: cron has six fields: minutes, hours, day of month, month, day of week, year; write one such as cron(0 20 ? * MON-FRI *)',
        'Pulumi.dev.yaml: ecs-on-ec2:scheduledScaling[0].timezone: got "europe/berlin", must be an IANA time zone; did you mean Europe/Berlin',
        "Pulumi.dev.yaml: ecs-on-ec2:scheduledScaling[0].minTasks: got nothing, must be set; add it",
        'Pulumi.dev.yaml: ecs-on-ec2:scheduledScaling[0].maxTasks: got "x", must be an integer from 0 to 1000; write a whole number in that range',
        'Pulumi.dev.yaml: ecs-on-ec2:scheduledScaling[0].minTask: got "minTask", must be one of name, schedule, timezone, minTasks, maxTasks; did you mean minTasks',
        'Pulumi.dev.yaml: ecs-on-ec2:scheduledScaling[1]: got "night", must be a mapping with name, schedule, timezone, minTasks, maxTasks; write these keys',
      ]);
    });

    it("an encrypted value that decides what exists", async () => {
      const faults = await faultsOf({ "ecs-on-ec2:maxTasks": UNKNOWN_SENTINEL }, [
        "ecs-on-ec2:maxTasks",
        "aws:region",
      ]);
      assert.deepEqual(faults, [
        "Pulumi.dev.yaml: ecs-on-ec2:maxTasks: got [secret], must not be encrypted because it decides what the stack consists of; run `pulumi config set ecs-on-ec2:maxTasks <value> --stack dev` without --secret",
        "Pulumi.dev.yaml: aws:region: got [secret], must not be encrypted because it decides what the stack consists of; run `pulumi config set aws:region <value> --stack dev` without --secret",
      ]);
    });

    it("everything that is wrong at once, under the stack's own file", async () => {
      await useStack("prod", {
        "ecs-on-ec2:minTasks": "none",
        "ecs-on-ec2:webAcl": "on",
        "ecs-on-ec2:mintasks": "3",
      });
      assert.throws(loadConfig, {
        name: "ConfigError",
        message: [
          "Pulumi.prod.yaml: ecs-on-ec2:mintasks: got an unknown key, must be one that Pulumi.yaml declares; did you mean ecs-on-ec2:minTasks",
          `Pulumi.prod.yaml: ecs-on-ec2:minTasks: got "none", must be an integer from 1 to 1000; ${number}`,
          'Pulumi.prod.yaml: ecs-on-ec2:webAcl: got "on", must be true or false; write one of them without quotes',
        ].join("\n"),
      });
    });
  });
});

describe("loadSecrets", () => {
  const key = "ecs-on-ec2:alarmEmail";

  it("gives no address where none is set", async () => {
    await useStack("dev");
    assert.equal(loadConfig().observability.notifiesByEmail, false);
    assert.equal(loadSecrets().alarmEmail, undefined);
  });

  it("gives a plain address as it is", async () => {
    await useStack("dev", { [key]: "alarms@example.com" });
    const { alarmEmail } = loadSecrets();
    assert.ok(alarmEmail);
    assert.equal(loadConfig().observability.notifiesByEmail, true);
    assert.equal(await promiseOf(alarmEmail), "alarms@example.com");
    assert.equal(await pulumi.isSecret(alarmEmail), false);
  });

  it("gives an encrypted address as a secret, whatever its text", async () => {
    await useStack("dev", { [key]: UNKNOWN_SENTINEL }, [key]);
    const { alarmEmail } = loadSecrets();
    assert.ok(alarmEmail);
    assert.equal(loadConfig().observability.notifiesByEmail, true);
    assert.equal(await promiseOf(alarmEmail), UNKNOWN_SENTINEL);
    assert.equal(await pulumi.isSecret(alarmEmail), true);
  });
});

describe("isForRepository", () => {
  afterEach(() => {
    delete process.env["REPOSITORY_ONLY_OF"];
  });

  it("is true where the variable names the stack", async () => {
    await useStack("prod");
    assert.equal(isForRepository({ stack: "prod" }), false);
    process.env["REPOSITORY_ONLY_OF"] = "dev";
    assert.equal(isForRepository({ stack: "prod" }), false);
    process.env["REPOSITORY_ONLY_OF"] = "prod";
    assert.equal(isForRepository({ stack: "prod" }), true);
  });

  it("stops a preview, which shows a person that the rest of the stack would go", async () => {
    process.env["REPOSITORY_ONLY_OF"] = "prod";
    await pulumi.runtime.setMocks(
      { newResource: () => ({ id: "", state: {} }), call: () => ({}) },
      PROJECT,
      "prod",
      true,
    );
    assert.throws(() => isForRepository({ stack: "prod" }), {
      message:
        "REPOSITORY_ONLY_OF: got prod, which is for `npm run promote` alone, as the stack would lose everything else; unset it",
    });
  });
});
