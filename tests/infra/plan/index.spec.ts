import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { loadConfig } from "../../../infra/config";
import { planStack } from "../../../infra/plan";
import { aContainer, aStackConfig, aStackPlan, planFaults } from "../../support/stack-plans";
import { useStack } from "../../support/stack-config";

async function shippedPlan(stack: string) {
  await useStack(stack);
  return planStack(loadConfig(), aContainer());
}

describe("planStack", () => {
  it("names resources by the app and carries the tags", () => {
    const plan = aStackPlan({ appName: "shop", tags: { Owner: "me" } });
    assert.equal(plan.name, "shop");
    assert.deepEqual(plan.tags, { Owner: "me" });
    assert.equal(plan.service.family, "shop-dev");
  });

  it("is the same for the same input, and leaves the input as it is", () => {
    const [config, container] = [aStackConfig(), aContainer()];
    const before = structuredClone([config, container]);
    assert.deepEqual(planStack(config, container), planStack(config, container));
    assert.deepEqual([config, container], before);
  });

  it("protects everything, or nothing, by one setting", () => {
    const protections = (deletionProtection: boolean) => {
      const plan = aStackPlan({ deletionProtection, network: { flowLogs: true } });
      return [
        plan.image,
        plan.cluster,
        plan.capacity,
        plan.loadBalancer,
        plan.service,
        plan.network.flowLogs,
      ].map((part) => part?.deletionProtection);
    };
    assert.deepEqual(protections(true), [true, true, true, true, true, true]);
    assert.deepEqual(protections(false), [false, false, false, false, false, false]);
  });

  it("plans the dev stack as it is shipped", async () => {
    const { report, capacity } = await shippedPlan("dev");
    assert.deepEqual(
      report.fits.map(({ instanceType, tasks, boundBy }) => [instanceType, tasks, boundBy]),
      [
        ["t4g.small", 2, "memory"],
        ["t4g.medium", 6, "memory"],
      ],
    );
    assert.deepEqual([capacity.minInstances, capacity.maxInstances], [1, 4]);
  });

  it("plans the prod stack as it is shipped", async () => {
    const { report, capacity, loadBalancer } = await shippedPlan("prod");
    assert.deepEqual(
      report.fits.map(({ instanceType, tasks, boundBy }) => [instanceType, tasks, boundBy]),
      [
        ["m6g.medium", 2, "cpu"],
        ["m7g.medium", 2, "cpu"],
        ["r7g.medium", 2, "cpu"],
      ],
    );
    assert.deepEqual([report.deploymentTasks, report.instancesAtDeployment], [30, 16]);
    assert.deepEqual([capacity.minInstances, capacity.maxInstances], [7, 16]);
    assert.equal(report.minInstancesBoundBy, "configured");
    assert.equal(loadBalancer.tls?.kind, "issued");
  });

  it("lists the faults of all parts at once", () => {
    const config = aStackConfig({
      appName: "ecs",
      network: { natGateways: "None" },
      scaling: { minTasks: 5 },
      service: { executeCommand: true },
      capacity: { instanceTypes: ["t4g.smal"], amiSource: "pinned" },
      loadBalancer: { domainName: "web.example.com", deregistrationDelaySeconds: 61 },
    });
    assert.throws(() => planStack(config, aContainer()), {
      name: "PlanError",
      message: [
        'Pulumi.dev.yaml: ecs-on-ec2:appName: got "ecs", but the name of a capacity provider must not begin with ecs; choose a name that does not begin with ecs',
        "Pulumi.dev.yaml: ecs-on-ec2:natGateways: got None, but without interfaceEndpoints no instance can reach Amazon ECS or pull the image; set interfaceEndpoints to true, or natGateways to Single",
        "Pulumi.dev.yaml: ecs-on-ec2:executeCommand: got true, but ECS Exec writes to the container's root file system, which app/compose.yaml makes read-only; set executeCommand to false, or remove read_only from app/compose.yaml",
        "Pulumi.dev.yaml: ecs-on-ec2:minTasks: got 5, but maxTasks is 4; lower minTasks to 4 or raise maxTasks to 5",
        "Pulumi.dev.yaml: ecs-on-ec2:instanceTypes[0]: got t4g.smal, but capacity/instance-types.json has no such type; did you mean t4g.small",
        "Pulumi.dev.yaml: ecs-on-ec2:amiId: got nothing, but amiSource is pinned; set amiId to the image's id, or amiSource to latest or launch",
        "Pulumi.dev.yaml: ecs-on-ec2:domainName: got web.example.com, but neither hostedZoneId, to issue its certificate, nor certificateArn is set; set one of them",
        "Pulumi.dev.yaml: ecs-on-ec2:deregistrationDelaySeconds: got 61, but with the stop_grace_period of 60 s in app/compose.yaml a task takes 121 s to leave, and a Spot instance has 120 s after its notice; lower it to 60, or set onDemandPercentageAboveBase to 100",
      ].join("\n"),
    });
  });
});

describe("docs/planning.md", () => {
  const page = readFileSync("docs/planning.md", "utf8");

  /** The cells of the row of the shipped stacks' table that begins with the given text. */
  function row(beginning: string): string[] {
    const line = page.split("\n").find((text) => text.startsWith(`| ${beginning}`)) ?? "";
    return line
      .split("|")
      .slice(2, 4)
      .map((cell) => cell.trim());
  }

  it("shows the arithmetic of the shipped stacks", async () => {
    const plans = [await shippedPlan("dev"), await shippedPlan("prod")];
    const cells = (text: (plan: (typeof plans)[number]) => string) => plans.map(text);
    assert.deepEqual(
      row("task "),
      cells(({ service }) => `${service.taskCpu} CPU units, ${service.taskMemoryMiB} MiB`),
    );
    assert.deepEqual(
      row("minTasks, maxTasks"),
      cells(({ report }) => `${report.minTasks}, ${report.maxTasks}`),
    );
    for (const [beginning, result] of [
      ["instances for minTasks", cells(({ report }) => String(report.instancesAtMin))],
      ["most tasks of a deployment", cells(({ report }) => String(report.deploymentTasks))],
      ["instances for them", cells(({ report }) => String(report.instancesAtDeployment))],
    ] as const) {
      assert.deepEqual(
        row(beginning).map((cell) => cell.split("= ").at(-1)),
        result,
      );
    }
    assert.deepEqual(
      row("**instances**"),
      cells(({ report }) => `**${report.minInstances} to ${report.maxInstances}**`),
    );
  });

  it("quotes a message as it is", () => {
    const [message = ""] = planFaults({
      scaling: { maxTasks: 40 },
      container: { taskMemoryMiB: 499 },
      capacity: { instanceTypes: ["t4g.small"], maxInstances: 26 },
    });
    assert.ok(page.includes(`\n${message}\n`), message);
  });
});
