import { ecsLogging as policy } from "../../../../policies/rules/container/ecs-logging";
import { UNKNOWN } from "../../../../tools/preview/graph";
import { containerDefinitions, UNREADABLE } from "../../../support/container-definitions";
import { casesOf, type Said } from "../../../support/policy-cases";

const LEVELS = { dev: "advisory", prod: "mandatory" } as const;

describe("ecs-logging", () => {
  describe("on a task definition", () => {
    const { accepts, refuses, undecided, ignoresOtherTypes } = casesOf({
      policy,
      type: "aws:ecs/taskDefinition:TaskDefinition",
      props: containerDefinitions(),
      levels: LEVELS,
    });
    const driver = (logDriver: unknown, options?: unknown) =>
      containerDefinitions({ logConfiguration: { logDriver, options } });
    const NO_DRIVER: Said = [
      'container "app" has no log driver',
      "awslogs or another driver",
      "set logConfiguration of the container",
    ];
    const mode = (found: string): Said => [
      `container "app" logs with mode ${found}`,
      "mode non-blocking",
      "set the option mode: with blocking a container stops while CloudWatch Logs is out of reach",
    ];
    const buffer = (found: string): Said => [
      `container "app" logs with max-buffer-size ${found}`,
      "a size such as 25m",
      "set the option max-buffer-size: without it lines beyond one megabyte are lost",
    ];

    accepts("awslogs that does not block");
    accepts("another driver without options", driver("awsfirelens"));
    for (const size of ["1", "4k", "25m", "1g"]) {
      accepts(
        `a buffer of ${size}`,
        driver("awslogs", { mode: "non-blocking", "max-buffer-size": size }),
      );
    }

    for (const logConfiguration of [
      undefined,
      null,
      {},
      { logDriver: "" },
      { logDriver: "none" },
      { logDriver: 1 },
    ]) {
      refuses(
        `the log configuration ${JSON.stringify(logConfiguration)}`,
        containerDefinitions({ logConfiguration }),
        NO_DRIVER,
      );
    }
    refuses(
      "no log configuration in dev",
      containerDefinitions({ logConfiguration: null }),
      NO_DRIVER,
      "dev",
    );
    refuses(
      "blocking",
      driver("awslogs", { mode: "blocking", "max-buffer-size": "25m" }),
      mode("blocking"),
    );
    refuses("no options", driver("awslogs"), [mode("not set"), buffer("not set")]);
    refuses("no buffer", driver("awslogs", { mode: "non-blocking" }), buffer("not set"));
    for (const size of ["0", "25 MB", "much"]) {
      refuses(
        `a buffer of ${size}`,
        driver("awslogs", { mode: "non-blocking", "max-buffer-size": size }),
        buffer("not a size"),
      );
    }
    refuses("definitions that are not JSON", { containerDefinitions: "[" }, UNREADABLE);
    undecided("unknown definitions", { containerDefinitions: UNKNOWN });
    ignoresOtherTypes();
  });

  describe("on a cluster", () => {
    const execute = (executeCommandConfiguration: unknown) => ({
      configuration: { executeCommandConfiguration },
    });
    const { accepts, refuses, undecided, ignoresOtherTypes } = casesOf({
      policy,
      type: "aws:ecs/cluster:Cluster",
      props: {
        configuration: {
          executeCommandConfiguration: {
            logging: "OVERRIDE",
            logConfiguration: { cloudWatchLogGroupName: UNKNOWN },
          },
        },
      },
      levels: LEVELS,
    });
    const NOWHERE: Said = [
      "logging of executeCommandConfiguration is OVERRIDE with nowhere to log to",
      "cloudWatchLogGroupName or s3BucketName",
      "set one of them in logConfiguration",
    ];
    const NONE: Said = [
      "logging of executeCommandConfiguration is NONE",
      "OVERRIDE or DEFAULT",
      "set logging to OVERRIDE with a log group or bucket",
    ];

    accepts("a log group, even one that is made with it");
    accepts(
      "a bucket",
      execute({ logging: "OVERRIDE", logConfiguration: { s3BucketName: "logs" } }),
    );
    accepts("the log of the container", execute({ logging: "DEFAULT" }));
    accepts("AWS's default, which is the log of the container", { configuration: undefined });
    accepts("no settings", execute(null));
    refuses("no log", execute({ logging: "NONE" }), NONE);
    refuses("no log in dev", execute({ logging: "NONE" }), NONE, "dev");
    refuses("nowhere to log to", execute({ logging: "OVERRIDE" }), NOWHERE);
    refuses(
      "only encryption",
      execute({ logging: "OVERRIDE", logConfiguration: { cloudWatchEncryptionEnabled: true } }),
      NOWHERE,
    );
    undecided("an unknown logging", execute({ logging: UNKNOWN }));
    ignoresOtherTypes();
  });

  describe("on a service", () => {
    const { accepts, refuses, undecided, ignoresOtherTypes } = casesOf({
      policy,
      type: "aws:ecs/service:Service",
      props: { enableExecuteCommand: false },
      levels: LEVELS,
    });
    const SHELL: Said = [
      "enableExecuteCommand is not false",
      "false or absent",
      "set executeCommand to false in Pulumi.<stack>.yaml",
    ];

    accepts("no shell");
    accepts("AWS's default", { enableExecuteCommand: undefined });
    accepts("the text false", { enableExecuteCommand: "false" });
    accepts("a shell in dev", { enableExecuteCommand: true }, "dev");
    refuses("a shell", { enableExecuteCommand: true }, SHELL);
    refuses(
      "a shell in an environment that it does not know",
      { enableExecuteCommand: true },
      SHELL,
      "staging",
    );
    refuses("an odd value", { enableExecuteCommand: 1 }, SHELL);
    undecided("an unknown value", { enableExecuteCommand: UNKNOWN });
    ignoresOtherTypes();
  });
});
