import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import * as aws from "@pulumi/aws";
import * as awsx from "@pulumi/awsx";
import * as pulumi from "@pulumi/pulumi";
import { recordStack } from "../../../tools/preview/record";
import { RecordingError } from "../../../tools/preview/recording-faults";

const RUN = {
  project: "shop",
  stack: "dev",
  config: { "aws:region": "eu-central-1" },
  secretKeys: [],
};

/** The messages of everything that went wrong. */
async function faultsOf(program: () => unknown): Promise<readonly string[]> {
  const error = await recordStack(program, RUN).then(
    () => assert.fail("the recording is resolved"),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof RecordingError);
  assert.equal(error.message, error.faults.map(({ message }) => message).join("\n"));
  return error.faults.map(({ message }) => message);
}

class Jobs extends pulumi.CustomResource {
  declare readonly arn: pulumi.Output<string>;

  constructor(name: string) {
    super("aws:sqs/jobs:Jobs", name, { arn: undefined });
  }
}

describe("recordStack with a faulty program", () => {
  afterEach("leaves nothing behind for the next run", async () => {
    const { resources } = await recordStack(() => new aws.sns.Topic("next"), RUN);
    assert.equal(resources.length, 2);
    assert.equal(process.listenerCount("beforeExit"), listeners.beforeExit);
    assert.equal(process.listenerCount("unhandledRejection"), listeners.unhandledRejection);
  });
  const listeners = { beforeExit: 0, unhandledRejection: 0 };
  before(() => {
    listeners.beforeExit = process.listenerCount("beforeExit");
    listeners.unhandledRejection = process.listenerCount("unhandledRejection");
  });

  it("rejects where the program throws, with what it threw", async () => {
    const thrown = new RangeError("taskCpu is 7");

    const error = await recordStack(() => {
      throw thrown;
    }, RUN).catch((reason: unknown) => reason);

    assert.ok(error instanceof RecordingError);
    assert.equal(error.message, "taskCpu is 7");
    assert.equal(error.cause, thrown);
    assert.equal(error.faults[0]?.cause, thrown);
  });

  it("rejects where an apply throws, though nobody waits for it", async () => {
    assert.deepEqual(
      await faultsOf(() => {
        pulumi.output(1).apply(() => {
          throw new Error("thrown in apply");
        });
      }),
      ["thrown in apply"],
    );
  });

  it("rejects once where many inputs come from an apply that throws", async () => {
    assert.deepEqual(
      await faultsOf(() => {
        const tag = pulumi.output("x").apply((): string => {
          throw new Error("no tag");
        });
        for (const name of ["one", "two", "three"]) {
          new aws.sns.Topic(name, { tags: { tag } });
        }
      }),
      [
        'error serializing property "tags": no tag',
        'never registered, for want of an input or a parent: aws:sns/topic:Topic "one", ' +
          'aws:sns/topic:Topic "two", aws:sns/topic:Topic "three"',
      ],
    );
  });

  it("tells two failures with one text apart by their lines, and keeps the property", async () => {
    const error = await recordStack(() => {
      const tag = pulumi.output("x");
      const named = (name: string, displayName: pulumi.Output<string>) =>
        new aws.sns.Topic(name, { displayName });
      named(
        "one",
        tag.apply(() => {
          throw new Error("boom");
        }),
      );
      named(
        "two",
        tag.apply(() => {
          throw new Error("boom");
        }),
      );
    }, RUN).catch((reason: unknown) => reason);

    assert.ok(error instanceof RecordingError);
    const [one, two, rest] = error.faults;
    assert.deepEqual(
      [one?.message, two?.message, rest?.message],
      [
        'error serializing property "displayName": boom',
        'error serializing property "displayName": boom',
        'never registered, for want of an input or a parent: aws:sns/topic:Topic "one", aws:sns/topic:Topic "two"',
      ],
    );
    assert.match(one?.place ?? "", /^tests\/tools\/preview\/record-faults\.spec\.ts:\d+$/);
    assert.match(two?.place ?? "", /^tests\/tools\/preview\/record-faults\.spec\.ts:\d+$/);
    assert.notEqual(one?.place, two?.place);
    assert.equal(rest?.place, undefined);
  });

  it("gives the property of a text that an apply throws", async () => {
    assert.deepEqual(
      await faultsOf(() => {
        const displayName = pulumi.output("x").apply((): string => {
          // eslint-disable-next-line @typescript-eslint/only-throw-error -- what programs do
          throw "no name";
        });
        new aws.sns.Topic("alarms", { displayName });
      }),
      [
        'error serializing property "displayName": no name',
        'never registered, for want of an input or a parent: aws:sns/topic:Topic "alarms"',
      ],
    );
  });

  it("names ten of the resources that were not registered", async () => {
    const faults = await faultsOf(() => {
      const displayName = pulumi.output("x").apply((): string => {
        throw new Error("no name");
      });
      for (let index = 1; index <= 11; index += 1) {
        new aws.sns.Topic(`t${index}`, { displayName });
      }
    });

    assert.match(faults[1] ?? "", /Topic "t1", .*Topic "t10" and 1 more$/);
  });

  it("says so where a promise is rejected without a reason", async () => {
    assert.deepEqual(
      await faultsOf(() => {
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- what programs do
        void Promise.reject();
      }),
      ["the program rejected a promise without a reason"],
    );
  });

  it("rejects where a callback throws", async () => {
    assert.deepEqual(
      await faultsOf(
        () =>
          new Promise<void>((resolve) => {
            setImmediate(() => {
              setImmediate(resolve);
              throw new Error("thrown in a callback");
            });
          }),
      ),
      ["thrown in a callback"],
    );
  });

  it("gives the line of the second of two resources with one URN", async () => {
    const error = await recordStack(() => {
      new aws.sns.Topic("alarms");
      new aws.sns.Topic("alarms");
    }, RUN).catch((reason: unknown) => reason);

    assert.ok(error instanceof RecordingError);
    assert.match(
      error.faults[0]?.place ?? "",
      /^tests\/tools\/preview\/record-faults\.spec\.ts:\d+$/,
    );
  });

  it("rejects on a duplicate URN", async () => {
    assert.deepEqual(
      await faultsOf(() => {
        new aws.sns.Topic("alarms");
        new aws.sns.Topic("alarms");
      }),
      [
        'duplicate resource URN "urn:pulumi:dev::shop::aws:sns/topic:Topic::alarms"; ' +
          "give each resource of a type and parent a name of its own",
      ],
    );
  });

  it("rejects on a type that the simulated AWS does not know", async () => {
    assert.deepEqual(
      await faultsOf(() => {
        new aws.sns.Topic("alarms", { tags: { arn: new Jobs("jobs").arn } });
      }),
      [
        'resource "jobs" has the type "aws:sqs/jobs:Jobs", which the simulated AWS does not know; ' +
          "add the type with its computed outputs to a table in tools/simulated-aws/types",
        'never registered, for want of an input or a parent: aws:sns/topic:Topic "alarms"',
      ],
    );
  });

  it("rejects on a function that the simulated AWS does not know", async () => {
    assert.deepEqual(
      await faultsOf(() => ({ id: aws.ec2.getAmiOutput({ mostRecent: true }).id })),
      [
        'function "aws:ec2/getAmi:getAmi" is not known to the simulated AWS; ' +
          "add it with its results to the table in tools/simulated-aws/functions.ts",
      ],
    );
  });

  it("rejects on a remote component that is not simulated, or not with its arguments", async () => {
    assert.deepEqual(
      await faultsOf(() => {
        new awsx.ecr.Repository("web");
        new awsx.ec2.Vpc("web", { numberOfAvailabilityZones: 2 });
      }),
      [
        'resource "web" is a remote component of the type "awsx:ecr:Repository", which is not simulated; ' +
          'only "awsx:ec2:Vpc" is: declare its parts with @pulumi/aws, or add it to tools/simulated-aws/remote-components.ts',
        'awsx:ec2:Vpc "web": subnetStrategy is not set; only "Auto" is simulated',
      ],
    );
  });

  it("rejects on an error log", async () => {
    assert.deepEqual(await faultsOf(() => pulumi.log.error("not good")), ["not good"]);
  });

  it("rejects on a lost promise", async () => {
    assert.deepEqual(
      await faultsOf(() => {
        void Promise.reject(new Error("lost"));
      }),
      ["lost"],
    );
  });

  it("rejects on a resource that is read by its id", async () => {
    assert.deepEqual(await faultsOf(() => aws.sns.Topic.get("alarms", "arn")), [
      'aws:sns/topic:Topic "alarms" is read from the cloud by its id, which a preview without an account cannot do; ' +
        "look it up with a function of its package",
    ]);
  });

  it("lists every fault, each once and in their order", async () => {
    const faults = await faultsOf(async () => {
      new Jobs("one");
      await Promise.resolve();
      pulumi.output(1).apply(() => {
        throw new Error("second");
      });
      await pulumi.log.error("logged");
      throw new Error("last");
    });

    assert.equal(faults.length, 4);
    assert.deepEqual([...faults].map((fault) => fault.replace(/^resource "one".*/, "one")).sort(), [
      "last",
      "logged",
      "one",
      "second",
    ]);
  });

  it("ends with a fault, not silently, where a promise never settles", () => {
    const program = `
      require("sucrase/register");
      const aws = require("@pulumi/aws");
      const { recordStack } = require("./tools/preview/record");
      const faultOf = (program) => recordStack(program, ${JSON.stringify(RUN)}).then(
        () => console.log("resolved"), (error) => console.log(error.message));
      faultOf(() => { new aws.sns.Topic("alarms", { name: new Promise(() => {}) }); })
        .then(() => faultOf(() => new Promise(() => {})));`;

    const { stdout } = spawnSync(process.execPath, ["--eval", program], {
      cwd: join(__dirname, "../../.."),
      encoding: "utf8",
    });

    assert.deepEqual(stdout.trim().split("\n"), [
      'aws:sns/topic:Topic "alarms" is declared and never registered: one of its inputs or its parent never gets a value',
      "the program waits for a promise that never settles",
    ]);
  });
});
