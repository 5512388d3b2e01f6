import assert from "node:assert/strict";
import { aStackPlan, planFaults } from "../../support/stack-plans";

describe("planTask", () => {
  it("takes the Compose file's limits", () => {
    const { service } = aStackPlan();
    assert.deepEqual([service.taskCpu, service.taskMemoryMiB], [256, 512]);
  });

  it("takes the stack's sizes in their place", () => {
    const { service } = aStackPlan({ container: { taskCpu: 512, taskMemoryMiB: 1024 } });
    assert.deepEqual([service.taskCpu, service.taskMemoryMiB], [512, 1024]);
    assert.deepEqual([service.container.cpu, service.container.memory], [512, 1024]);
  });

  it("refuses a CPU limit that ECS does not take", () => {
    assert.deepEqual(planFaults({}, { cpuUnits: 128 }), []);
    assert.deepEqual(planFaults({}, { cpuUnits: 127 }), [
      'app/compose.yaml: services.app.deploy.resources.limits.cpus: got 127 CPU units, must be from 128 to 196608 (cpus "0.125" to "192"); change the limit, or set taskCpu in the stack file',
    ]);
    assert.deepEqual(planFaults({ container: { taskCpu: 128 } }, { cpuUnits: 127 }), []);
    assert.equal(planFaults({}, { cpuUnits: 196_608 }).join().includes("limits.cpus"), false);
    assert.equal(planFaults({}, { cpuUnits: 196_609 }).join().includes("limits.cpus"), true);
  });

  it("refuses a reservation above the limit, whichever sets it", () => {
    assert.deepEqual(planFaults({}, { memoryReservationMiB: 512 }), []);
    assert.deepEqual(planFaults({}, { memoryReservationMiB: 513 }), [
      "app/compose.yaml: services.app.deploy.resources.reservations.memory: got 513 MiB, but the memory limit is 512 MiB; raise the memory limit to 513 MiB or lower the reservation to 512 MiB",
    ]);
    assert.deepEqual(planFaults({ container: { taskMemoryMiB: 255 } }), [
      "app/compose.yaml: services.app.deploy.resources.reservations.memory: got 256 MiB, but taskMemoryMiB is 255 MiB; raise taskMemoryMiB to 256 MiB or lower the reservation to 255 MiB",
    ]);
  });

  it("refuses temporary file systems that could take all memory", () => {
    const tmpfs = (sizeMiB: number) => ({
      tmpfs: [
        { containerPath: "/tmp", sizeMiB: 64, mountOptions: [] },
        { containerPath: "/run", sizeMiB, mountOptions: [] },
      ],
    });
    assert.deepEqual(planFaults({}, tmpfs(447)), []);
    assert.deepEqual(planFaults({}, tmpfs(448)), [
      "app/compose.yaml: services.app.tmpfs: got 512 MiB, but the memory limit is 512 MiB, and files in a tmpfs count against it; lower the sizes or raise the memory limit above 512 MiB",
    ]);
  });

  it("refuses ECS Exec on a read-only root", () => {
    const service = { executeCommand: true };
    assert.deepEqual(planFaults({ service }, { readOnlyRootFilesystem: false }), []);
    assert.deepEqual(planFaults({ service }), [
      "Pulumi.dev.yaml: ecs-on-ec2:executeCommand: got true, but ECS Exec writes to the container's root file system, which app/compose.yaml makes read-only; set executeCommand to false, or remove read_only from app/compose.yaml",
    ]);
  });

  it("refuses a name that is both a variable and a secret", () => {
    const PORT = "arn:aws:ssm:eu-central-1:123456789012:parameter/web/port";
    assert.deepEqual(planFaults({ container: { secretEnvironment: { TOKEN: PORT } } }), []);
    assert.deepEqual(planFaults({ container: { secretEnvironment: { PORT } } }), [
      "Pulumi.dev.yaml: ecs-on-ec2:secretEnvironment.PORT: got a secret, but app/compose.yaml sets PORT in environment, and ECS takes a name once; remove it from one of them",
    ]);
  });

  it("lists such names sorted", () => {
    const arn = "arn:aws:ssm:eu-central-1:123456789012:parameter/web/any";
    const faults = planFaults(
      { container: { secretEnvironment: { ZONE: arn, MODE: arn, PORT: arn } } },
      { environment: { ZONE: "a", MODE: "b", PORT: "c" } },
    );
    assert.deepEqual(
      faults.map((fault) => /secretEnvironment\.(\w+)/.exec(fault)?.[1]),
      ["MODE", "PORT", "ZONE"],
    );
  });

  it("refuses a first port that the load balancer cannot use", () => {
    const tcp = { containerPort: 3000, protocol: "tcp" } as const;
    const udp = { containerPort: 53, protocol: "udp" } as const;
    assert.deepEqual(planFaults({}, { ports: [tcp, udp] }), []);
    assert.deepEqual(planFaults({}, { ports: [udp, tcp] }), [
      "app/compose.yaml: services.app.ports: got 53/udp as the first, but the load balancer sends HTTP to the first port; put a TCP port first",
    ]);
    assert.deepEqual(planFaults({}, { ports: [] }), [
      "app/compose.yaml: services.app.ports: got no port, but the load balancer sends HTTP to the first port; put a TCP port first",
    ]);
  });
});
