import assert from "node:assert/strict";
import fc from "fast-check";
import { Cluster } from "../../../capacity/simulate/cluster";
import { clusterPools } from "../../../capacity/simulate/cluster-pools";
import { InstanceState, Market } from "../../../capacity/simulate/instance-table";
import { seededRandom } from "../../../capacity/simulate/random";
import { isActive, isServing, TaskState } from "../../../capacity/simulate/task-table";
import { aModel, type ModelChanges } from "./a-model";

function aCluster(changes: ModelChanges = {}): Cluster {
  const model = aModel(changes);
  return new Cluster(model, clusterPools(model), 1, seededRandom(1));
}

function withInstances(count: number, changes: ModelChanges = {}): Cluster {
  const cluster = aCluster(changes);
  for (let index = 0; index < count; index += 1) {
    cluster.register(cluster.launch(index % 3, Market.onDemand, 0));
  }
  return cluster;
}

/** Lets time pass from one second to another. */
function pass(cluster: Cluster, from: number, to: number): void {
  for (let now = from + 1; now <= to; now += 1) {
    cluster.advance(now);
  }
}

/** Every task by its instance, from the lists. */
function tasksOf(cluster: Cluster): { instance: number; task: number }[] {
  const found: { instance: number; task: number }[] = [];
  for (let instance = 0; instance < cluster.instances.size; instance += 1) {
    let task = cluster.instances.firstTask[instance] ?? -1;
    while (cluster.instances.state(instance) !== InstanceState.gone && task >= 0) {
      found.push({ instance, task });
      task = cluster.tasks.after(task);
    }
  }
  return found;
}

describe("Cluster", () => {
  it("makes a task healthy after pull, start and health checks", () => {
    const cluster = withInstances(1);
    assert.equal(cluster.place(0), true);
    pass(cluster, 0, 19);
    assert.deepEqual([cluster.runningTasks, cluster.healthyTasks], [0, 0]);
    pass(cluster, 19, 20);
    assert.deepEqual([cluster.runningTasks, cluster.healthyTasks], [1, 0]);
    pass(cluster, 20, 54);
    assert.equal(cluster.healthyTasks, 0);
    pass(cluster, 54, 55);
    assert.equal(cluster.healthyTasks, 1);
  });

  it("pulls an image once on an instance", () => {
    const cluster = withInstances(1);
    cluster.place(0);
    pass(cluster, 0, 12);
    cluster.place(12);
    pass(cluster, 12, 20);
    assert.equal(cluster.runningTasks, 2);
    pass(cluster, 20, 40);
    cluster.place(40);
    assert.equal(cluster.runningTasks, 3);
  });

  it("gives a new target its share over the slow start", () => {
    const cluster = withInstances(1, { loadBalancer: { slowStartSeconds: 40 } });
    cluster.place(0);
    pass(cluster, 0, 55);
    assert.deepEqual([cluster.healthyTasks, cluster.shareOfHealthyTasks(55)], [1, 0]);
    cluster.place(55);
    pass(cluster, 55, 65);
    assert.equal(cluster.shareOfHealthyTasks(65), 0.25);
    pass(cluster, 65, 95);
    assert.deepEqual([cluster.healthyTasks, cluster.shareOfHealthyTasks(95)], [2, 1.125]);
    pass(cluster, 95, 140);
    assert.equal(cluster.shareOfHealthyTasks(140), 2);
  });

  it("keeps a place until a task that stops is deregistered and gone", () => {
    const cluster = withInstances(1);
    cluster.place(0, -1000);
    cluster.stopSurplus(0);
    assert.deepEqual([cluster.healthyTasks, cluster.placedTasks], [0, 1]);
    pass(cluster, 0, 34);
    assert.deepEqual([cluster.placedTasks, cluster.emptyInstances], [1, 0]);
    pass(cluster, 34, 35);
    assert.deepEqual([cluster.placedTasks, cluster.emptyInstances], [0, 1]);
  });

  it("has no room for more than fits", () => {
    const cluster = withInstances(2);
    const placed = Array.from({ length: 8 }, () => cluster.place(0, -1000));
    assert.deepEqual(placed, [true, true, true, true, true, true, false, false]);
    cluster.stopSurplus(0);
    assert.equal(cluster.place(0), false);
  });

  it("replaces the tasks of an instance that drains, as many as may go", () => {
    const cluster = withInstances(2);
    for (let count = 0; count < 4; count += 1) {
      cluster.place(0, -1000);
    }
    cluster.drain(0, 0);
    assert.deepEqual([cluster.keptTasks, cluster.outgoingTasks, cluster.healthyTasks], [2, 2, 4]);
    cluster.stopOutgoing(4, 0);
    assert.equal(cluster.outgoingTasks, 2);
    cluster.stopOutgoing(3, 0);
    assert.deepEqual([cluster.outgoingTasks, cluster.healthyTasks], [1, 3]);
    assert.equal(cluster.place(0) && cluster.place(0), false);
  });

  it("stops at once the tasks of an instance that drains before they run", () => {
    const cluster = withInstances(1);
    cluster.place(0);
    cluster.drain(0, 5);
    assert.deepEqual([cluster.outgoingTasks, cluster.placedTasks], [0, 0]);
  });

  it("loses requests on the targets of an instance that ended until the checks fail", () => {
    const cluster = withInstances(2);
    for (let count = 0; count < 4; count += 1) {
      cluster.place(0, -1000);
    }
    cluster.remove(0, 0);
    assert.deepEqual([cluster.healthyTasks, cluster.deadTargets.count], [2, 2]);
    pass(cluster, 0, 19);
    assert.equal(cluster.deadTargets.count, 2);
    pass(cluster, 19, 20);
    assert.equal(cluster.deadTargets.count, 0);
  });

  it("replaces everything for a new image, which is pulled again", () => {
    const cluster = withInstances(1);
    cluster.place(0, -1000);
    cluster.replaceAll(0);
    assert.deepEqual([cluster.keptTasks, cluster.outgoingTasks], [0, 1]);
    cluster.place(0);
    assert.equal(cluster.runningTasks, 1);
    pass(cluster, 0, 20);
    assert.equal(cluster.runningTasks, 2);
  });

  it("keeps its counts and never more tasks than fit, whatever happens", () => {
    const kinds = [
      "place",
      "place",
      "place",
      "stop",
      "drain",
      "remove",
      "launch",
      "replace",
      "out",
      "pass",
    ];
    const change = fc.record({ kind: fc.constantFrom(...kinds), which: fc.nat({ max: 11 }) });
    const changes = {
      loadBalancer: { slowStartSeconds: 30 },
      group: { instanceTypes: ["c5.large", "m5.large"] },
    } as const;
    fc.assert(
      fc.property(fc.array(change, { maxLength: 120 }), (steps) => {
        const model = aModel(changes);
        const pools = clusterPools(model);
        const cluster = new Cluster(model, pools, 1, seededRandom(1));
        let now = 0;
        for (const { kind, which } of steps) {
          const state = cluster.instances.state(which);
          const there = which < cluster.instances.size && state !== InstanceState.gone;
          if (kind === "place") {
            cluster.place(now);
          } else if (kind === "stop") {
            cluster.stopSurplus(now);
          } else if (kind === "launch") {
            cluster.register(cluster.launch(which % pools.length, Market.spot, now));
          } else if (kind === "drain" && there && state === InstanceState.registered) {
            cluster.drain(which, now);
          } else if (kind === "remove" && there) {
            cluster.remove(which, now);
          } else if (kind === "replace") {
            cluster.replaceAll(now);
          } else if (kind === "out") {
            cluster.stopOutgoing(which, now);
          } else if (kind === "pass") {
            pass(cluster, now, now + 5 * which);
            now += 5 * which;
          }
          assertConsistent(cluster, pools);
        }
      }),
    );
  });
});

function assertConsistent(cluster: Cluster, pools: readonly { fit: number; zone: number }[]): void {
  const all = tasksOf(cluster).map(({ instance, task }) => ({
    instance,
    zone: pools[cluster.instances.pool(instance)]!.zone,
    state: cluster.tasks.state(task),
    outgoing: cluster.tasks.isOutgoing(task),
  }));
  const active = all.filter(({ state }) => isActive(state));
  assert.equal(cluster.placedTasks, all.length);
  assert.equal(cluster.keptTasks, active.filter(({ outgoing }) => !outgoing).length);
  assert.equal(cluster.outgoingTasks, active.filter(({ outgoing }) => outgoing).length);
  assert.equal(cluster.healthyTasks, all.filter(({ state }) => isServing(state)).length);
  assert.ok(all.every(({ state }) => state !== TaskState.gone));
  assert.ok(cluster.shareOfHealthyTasks(0) <= cluster.healthyTasks);
  [...cluster.zoneTasks].forEach((count, zone) => {
    assert.equal(count, active.filter((task) => task.zone === zone).length);
  });
  let empty = 0;
  for (let instance = 0; instance < cluster.instances.size; instance += 1) {
    const state = cluster.instances.state(instance);
    if (state !== InstanceState.gone) {
      const used = all.filter((task) => task.instance === instance).length;
      assert.equal(cluster.instances.used[instance], used);
      assert.ok(used <= pools[cluster.instances.pool(instance)]!.fit);
      empty += state === InstanceState.registered && used === 0 ? 1 : 0;
    }
  }
  assert.equal(cluster.emptyInstances, empty);
}
