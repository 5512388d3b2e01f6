import assert from "node:assert/strict";
import fc from "fast-check";
import { findInstanceType, type InstanceType, instanceTypes } from "../../capacity/catalogue";
import { fitTasks, roomOf, smallestFit, take, type TaskDemand } from "../../capacity/fit";

function instance(name: string): InstanceType {
  const type = findInstanceType(name);
  assert.ok(type, name);
  return type;
}

function aTask(overrides: Partial<TaskDemand> = {}): TaskDemand {
  return { cpuUnits: 256, memoryMiB: 512, networkMode: "bridge", ports: 1, ...overrides };
}

describe("fitTasks", () => {
  it("is bound by memory on a small instance", () => {
    assert.deepEqual(fitTasks(instance("t4g.small"), aTask(), 256), {
      instanceType: "t4g.small",
      tasks: 2,
      boundBy: "memory",
    });
  });

  it("is bound by CPU where memory is ample", () => {
    const task = aTask({ cpuUnits: 512, memoryMiB: 1024 });
    assert.deepEqual(fitTasks(instance("m7g.large"), task, 256), {
      instanceType: "m7g.large",
      tasks: 4,
      boundBy: "cpu",
    });
  });

  it("is bound by network interfaces with awsvpc: one is the instance's own", () => {
    const task = aTask({ cpuUnits: 128, memoryMiB: 128, networkMode: "awsvpc" });
    for (const [type, tasks] of [
      ["c5.large", 2],
      ["t3.medium", 2],
      ["t3a.small", 1],
      ["c5.xlarge", 3],
    ] as const) {
      assert.deepEqual(fitTasks(instance(type), task, 256), {
        instanceType: type,
        tasks,
        boundBy: "networkInterfaces",
      });
    }
  });

  it("is bound by dynamic host ports where a task takes very many", () => {
    const type: InstanceType = { ...instance("m7g.large"), vCpus: 64, memoryMiB: 1_048_576 };
    const task = aTask({ cpuUnits: 128, memoryMiB: 128, ports: 14_116 });
    assert.deepEqual(fitTasks(type, task, 256), {
      instanceType: "m7g.large",
      tasks: 2,
      boundBy: "hostPorts",
    });
    assert.equal(fitTasks(type, { ...task, ports: 14_117 }, 256).tasks, 1);
    assert.equal(fitTasks(type, { ...task, ports: 28_232 }, 256).tasks, 1);
    assert.equal(fitTasks(type, { ...task, ports: 28_233 }, 256).tasks, 0);
  });

  it("names the first of resources that end together", () => {
    const task = aTask({ cpuUnits: 1024, memoryMiB: 3668, networkMode: "awsvpc" });
    assert.deepEqual(fitTasks(instance("m7g.large"), task, 256), {
      instanceType: "m7g.large",
      tasks: 2,
      boundBy: "cpu",
    });
    assert.deepEqual(fitTasks(instance("m7g.large"), { ...task, cpuUnits: 512 }, 256), {
      instanceType: "m7g.large",
      tasks: 2,
      boundBy: "memory",
    });
  });

  it("needs no host port with awsvpc and none for a task without ports", () => {
    const type: InstanceType = { ...instance("m7g.large"), enis: 15 };
    const task = aTask({ cpuUnits: 128, memoryMiB: 256, ports: 20_000 });
    assert.equal(fitTasks(type, { ...task, networkMode: "awsvpc" }, 256).tasks, 14);
    assert.equal(fitTasks(type, { ...task, ports: 0 }, 256).tasks, 16);
  });

  it("holds a task of the whole instance and not one MiB more", () => {
    const whole = aTask({ cpuUnits: 2048, memoryMiB: 7336 });
    assert.equal(fitTasks(instance("m7g.large"), whole, 256).tasks, 1);
    assert.deepEqual(fitTasks(instance("m7g.large"), { ...whole, memoryMiB: 7337 }, 256), {
      instanceType: "m7g.large",
      tasks: 0,
      boundBy: "memory",
    });
    assert.deepEqual(fitTasks(instance("m7g.large"), { ...whole, cpuUnits: 2049 }, 256), {
      instanceType: "m7g.large",
      tasks: 0,
      boundBy: "cpu",
    });
  });

  it("does not put a task of 8192 MiB on an instance of 8192 MiB", () => {
    const task = aTask({ cpuUnits: 1024, memoryMiB: 8192 });
    assert.equal(fitTasks(instance("m7g.large"), task, 0).tasks, 0);
  });

  it("counts trunked interfaces where the account has them and the type offers them", () => {
    const task = aTask({ cpuUnits: 128, memoryMiB: 128, networkMode: "awsvpc" });
    for (const [type, plain, trunked] of [
      ["c5.large", 2, 10],
      ["m7g.xlarge", 3, 20],
      ["t3.medium", 2, 2],
    ] as const) {
      assert.equal(fitTasks(instance(type), task, 256).tasks, plain, type);
      assert.equal(fitTasks(instance(type), task, 256, { trunking: true }).tasks, trunked, type);
    }
  });

  it("holds one task with a port of the host, and none with one that is taken", () => {
    const task = aTask({ staticHostPorts: [8080] });
    assert.deepEqual(fitTasks(instance("m7g.large"), task, 256), {
      instanceType: "m7g.large",
      tasks: 1,
      boundBy: "hostPorts",
    });
    for (const port of [22, 2375, 2376, 51_678, 51_679, 51_680]) {
      const taken = { ...task, staticHostPorts: [port] };
      assert.equal(fitTasks(instance("m7g.large"), taken, 256).tasks, 0, String(port));
    }
    const awsvpc = { ...task, networkMode: "awsvpc" } as const;
    assert.equal(fitTasks(instance("m7g.large"), awsvpc, 256).tasks, 2);
  });

  it("leaves to tasks what daemons do not take", () => {
    const daemon = aTask({ cpuUnits: 128, memoryMiB: 256, staticHostPorts: [9100] });
    const daemons = [daemon];
    const task = aTask({ cpuUnits: 512, memoryMiB: 1024 });
    assert.deepEqual(fitTasks(instance("m7g.large"), task, 256, { daemons }), {
      instanceType: "m7g.large",
      tasks: 3,
      boundBy: "cpu",
    });
    const samePort = { ...task, staticHostPorts: [9100] };
    assert.equal(fitTasks(instance("m7g.large"), samePort, 256, { daemons }).tasks, 0);
  });

  it("holds nothing where not even the daemons fit, by what they lack", () => {
    const daemons = [aTask({ memoryMiB: 8000 })];
    assert.deepEqual(fitTasks(instance("m7g.large"), aTask(), 256, { daemons }), {
      instanceType: "m7g.large",
      tasks: 0,
      boundBy: "memory",
    });
    assert.equal(roomOf(instance("m7g.large"), { reservedMemoryMiB: 256, daemons }), undefined);
  });

  it("agrees with taking room task by task", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...instanceTypes),
        fc.record({
          cpuUnits: fc.integer({ min: 128, max: 4096 }),
          memoryMiB: fc.integer({ min: 32, max: 8192 }),
          networkMode: fc.constantFrom<TaskDemand["networkMode"]>("bridge", "awsvpc"),
          ports: fc.integer({ min: 1, max: 3000 }),
          staticHostPorts: fc.constantFrom<readonly number[]>([], [443]),
        }),
        fc.boolean(),
        (type, task, trunking) => {
          let taken = 0;
          let room = roomOf(type, { reservedMemoryMiB: 256, trunking });
          while (room !== undefined) {
            room = take(room, task);
            if (room !== undefined) taken += 1;
          }
          assert.equal(fitTasks(type, task, 256, { trunking }).tasks, taken);
        },
      ),
    );
  });

  it("agrees with placing tasks one by one", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...instanceTypes),
        fc.record<TaskDemand>({
          cpuUnits: fc.integer({ min: 128, max: 8192 }),
          memoryMiB: fc.integer({ min: 32, max: 16_384 }),
          networkMode: fc.constantFrom("bridge", "awsvpc"),
          ports: fc.integer({ min: 0, max: 3000 }),
        }),
        fc.integer({ min: 0, max: 1024 }),
        (type, task, reserved) => {
          assert.equal(fitTasks(type, task, reserved).tasks, placeOneByOne(type, task, reserved));
        },
      ),
    );
  });
});

/** Takes each task's share away until one is missing. */
function placeOneByOne(type: InstanceType, task: TaskDemand, reservedMiB: number): number {
  let cpu = type.vCpus * 1024;
  let memory = Math.floor((type.memoryMiB * 95 - 19_000) / 100) - reservedMiB;
  let interfaces = type.enis - 1;
  let ports = 28_232;
  for (let tasks = 0; ; tasks += 1) {
    cpu -= task.cpuUnits;
    memory -= task.memoryMiB;
    if (task.networkMode === "awsvpc") {
      interfaces -= 1;
    } else {
      ports -= task.ports;
    }
    if (Math.min(cpu, memory, interfaces, ports) < 0) {
      return tasks;
    }
  }
}

describe("smallestFit", () => {
  it("is the one with the fewest tasks, the first of equals", () => {
    const fits = [
      { instanceType: "c7g.xlarge", tasks: 7, boundBy: "memory" },
      { instanceType: "m7g.large", tasks: 4, boundBy: "cpu" },
      { instanceType: "m6g.large", tasks: 4, boundBy: "cpu" },
    ] as const;
    assert.equal(smallestFit(fits), fits[1]);
  });
});
