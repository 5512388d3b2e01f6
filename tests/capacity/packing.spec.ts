import assert from "node:assert/strict";
import fc from "fast-check";
import { findInstanceType } from "../../capacity/catalogue";
import { type Room, roomOf, take, type TaskDemand } from "../../capacity/fit";
import { instancesForGroups, packTasks, type TaskGroup } from "../../capacity/packing";

function room(name: string): Room {
  const type = findInstanceType(name);
  assert.ok(type, name);
  const found = roomOf(type, { reservedMemoryMiB: 256 });
  assert.ok(found);
  return found;
}

function group(name: string, count: number, task: Partial<TaskDemand> = {}): TaskGroup {
  return {
    name,
    count,
    task: { cpuUnits: 512, memoryMiB: 1024, networkMode: "bridge", ports: 1, ...task },
  };
}

describe("packTasks", () => {
  it("packs several services on several types", () => {
    const packing = packTasks(
      [group("web", 5), group("worker", 1, { cpuUnits: 4096, memoryMiB: 4096 })],
      [room("m7g.large"), room("c7g.xlarge"), room("m7g.large")],
    );

    assert.deepEqual(packing, {
      verdict: "fits",
      placements: [{ web: 4 }, { worker: 1 }, { web: 1 }],
      instancesUsed: 3,
      unplaced: {},
      because: undefined,
    });
  });

  for (const [what, groups, because] of [
    [
      "a task that is too large for every instance",
      [group("huge", 1, { memoryMiB: 8192 })],
      "1 tasks of huge are wanted and 0 fit the empty instances",
    ],
    [
      "more of one task than all instances hold",
      [group("web", 9)],
      "9 tasks of web are wanted and 8 fit the empty instances",
    ],
    [
      "more CPU than there is",
      [group("web", 5), group("worker", 4)],
      "4608 CPU units are wanted and 4096 are offered",
    ],
    [
      "more memory than there is",
      [
        group("web", 5, { cpuUnits: 128, memoryMiB: 1400 }),
        group("worker", 6, { cpuUnits: 128, memoryMiB: 1400 }),
      ],
      "15400 MiB of memory are wanted and 14672 are offered",
    ],
    [
      "more interfaces than there are",
      [
        group("web", 3, { cpuUnits: 128, memoryMiB: 128, networkMode: "awsvpc" }),
        group("worker", 2, { cpuUnits: 128, memoryMiB: 128, networkMode: "awsvpc" }),
      ],
      "5 network interfaces are wanted and 4 are offered",
    ],
    [
      "one port of the host for more tasks than instances",
      [
        group("web", 2, { cpuUnits: 128, staticHostPorts: [80] }),
        group("worker", 1, { cpuUnits: 128, staticHostPorts: [80] }),
      ],
      "host port 80 is wanted by 3 tasks and 2 instances have it free",
    ],
  ] as const) {
    it(`says that ${what} does not fit, and why`, () => {
      const packing = packTasks(groups, [room("m7g.large"), room("m7g.large")]);

      assert.deepEqual([packing.verdict, packing.because], ["does not fit", because]);
    });
  }

  it("leaves open what the heuristic misses and nothing rules out", () => {
    // A packing exists: 816 + 612 + 612 on each. The heuristic puts both of 816 on one.
    const packing = packTasks(
      [
        group("large", 2, { cpuUnits: 816, memoryMiB: 32 }),
        group("small", 4, { cpuUnits: 612, memoryMiB: 32 }),
      ],
      [room("m7g.large"), room("m7g.large")],
    );

    assert.equal(packing.verdict, "unproven");
    assert.deepEqual(packing.unplaced, { small: 1 });
    assert.equal(packing.because, undefined);
  });

  it("rules nothing out by a port that each instance has once", () => {
    const packing = packTasks(
      [
        group("large", 2, { cpuUnits: 816, memoryMiB: 32 }),
        group("small", 4, { cpuUnits: 600, memoryMiB: 32 }),
        group("edge", 2, { cpuUnits: 8, memoryMiB: 32, staticHostPorts: [80] }),
      ],
      [room("m7g.large"), room("m7g.large")],
    );

    assert.equal(packing.verdict, "unproven");
    assert.deepEqual(packing.unplaced, { small: 1 });
  });

  it("never promises what is not, never denies what is", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            cpuUnits: fc.integer({ min: 1, max: 5 }),
            memoryMiB: fc.integer({ min: 1, max: 5 }),
            networkMode: fc.constantFrom<TaskDemand["networkMode"]>("bridge", "awsvpc"),
            ports: fc.constant(1),
            staticHostPorts: fc.constantFrom<readonly number[]>([], [], [80]),
          }),
          { minLength: 1, maxLength: 6 },
        ),
        fc.array(
          fc.record({
            cpuUnits: fc.integer({ min: 2, max: 8 }),
            memoryMiB: fc.integer({ min: 2, max: 8 }),
            networkInterfaces: fc.integer({ min: 0, max: 3 }),
            dynamicHostPorts: fc.constant(10),
            takenHostPorts: fc.constantFrom(new Set<number>(), new Set([80])),
          }),
          { minLength: 1, maxLength: 3 },
        ),
        (tasks, rooms) => {
          const groups = tasks.map((task, index) => ({
            name: `t${String(index)}`,
            task,
            count: 1,
          }));
          const { verdict, placements } = packTasks(groups, rooms);
          const exists = canPlace(tasks, rooms);

          if (verdict === "fits") assert.ok(exists);
          if (verdict === "does not fit") assert.ok(!exists);
          for (const [index, placed] of placements.entries()) {
            let left: Room | undefined = rooms[index];
            for (const name of Object.keys(placed)) {
              const task = tasks[Number(name.slice(1))];
              assert.ok(left && task);
              left = take(left, task);
              assert.ok(left, "more than the instance holds");
            }
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

/** Tries every way of placing the tasks. */
function canPlace(tasks: readonly TaskDemand[], rooms: readonly Room[]): boolean {
  const [task, ...others] = tasks;
  if (task === undefined) return true;
  return rooms.some((each, index) => {
    const left = take(each, task);
    return (
      left !== undefined &&
      canPlace(others, [...rooms.slice(0, index), left, ...rooms.slice(index + 1)])
    );
  });
}

describe("instancesForGroups", () => {
  it("says how many instances never suffice and how many do", () => {
    assert.deepEqual(instancesForGroups([group("web", 10)], room("m7g.large")), {
      atLeast: 3,
      enough: 3,
    });
    assert.deepEqual(
      instancesForGroups(
        [group("a", 3, { cpuUnits: 1100 }), group("b", 1, { cpuUnits: 900 })],
        room("m7g.large"),
      ),
      { atLeast: 3, enough: 3 },
    );
    assert.deepEqual(instancesForGroups([group("a", 3, { cpuUnits: 1100 })], room("m7g.large")), {
      atLeast: 2,
      enough: 3,
    });
  });

  it("needs an instance for each copy of a port of the host", () => {
    const web = group("web", 4, { cpuUnits: 128, memoryMiB: 128, staticHostPorts: [80] });
    assert.deepEqual(instancesForGroups([web], room("m7g.large")), { atLeast: 4, enough: 4 });
  });

  it("needs none for nothing and knows no number for what never fits", () => {
    assert.deepEqual(instancesForGroups([group("web", 0)], room("m7g.large")), {
      atLeast: 0,
      enough: 0,
    });
    assert.equal(
      instancesForGroups([group("huge", 1, { memoryMiB: 8192 })], room("m7g.large")),
      undefined,
    );
  });
});
