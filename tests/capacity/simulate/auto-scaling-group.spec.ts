import assert from "node:assert/strict";
import fc from "fast-check";
import { AutoScalingGroup } from "../../../capacity/simulate/auto-scaling-group";
import { Cluster } from "../../../capacity/simulate/cluster";
import { clusterPools } from "../../../capacity/simulate/cluster-pools";
import { InstanceState, Market } from "../../../capacity/simulate/instance-table";
import { seededRandom } from "../../../capacity/simulate/random";
import { aModel, type ModelChanges } from "./a-model";

function aGroup(changes: ModelChanges = {}): { group: AutoScalingGroup; cluster: Cluster } {
  const model = aModel(changes);
  const cluster = new Cluster(model, clusterPools(model), 10, seededRandom(1));
  return { cluster, group: new AutoScalingGroup(model, cluster, 10, seededRandom(2)) };
}

function pass(group: AutoScalingGroup, cluster: Cluster, from: number, to: number): void {
  for (let now = from + 10; now <= to; now += 10) {
    cluster.advance(now);
    group.advance(now);
  }
}

function registered({ instances }: Cluster): number {
  return instances.counts[InstanceState.registered] ?? 0;
}

/** Zone, type and market of every instance. */
function kinds(cluster: Cluster): string[] {
  const found: string[] = [];
  for (let instance = 0; instance < cluster.instances.size; instance += 1) {
    if (cluster.instances.state(instance) !== InstanceState.gone) {
      const pool = cluster.pools[cluster.instances.pool(instance)]!;
      const market = cluster.instances.market(instance) === Market.spot ? "spot" : "onDemand";
      found.push(`zone ${pool.zone} type ${pool.type} ${market}`);
    }
  }
  return found.sort();
}

describe("AutoScalingGroup", () => {
  it("begins with registered instances, spread over the zones", () => {
    const { group, cluster } = aGroup({ group: { desiredInstances: 4 } });
    group.fill();
    assert.deepEqual([registered(cluster), group.lastLaunchAt], [4, -Infinity]);
    assert.deepEqual(kinds(cluster), [
      "zone 0 type 0 onDemand",
      "zone 0 type 0 onDemand",
      "zone 1 type 0 onDemand",
      "zone 2 type 0 onDemand",
    ]);
  });

  it("registers an instance when it has booted", () => {
    const { group, cluster } = aGroup();
    group.fill();
    group.desired = 5;
    pass(group, cluster, 0, 90);
    assert.deepEqual([group.size, registered(cluster), group.lastLaunchAt], [5, 2, 10]);
    pass(group, cluster, 90, 100);
    assert.equal(registered(cluster), 5);
  });

  it("boots within its jitter", () => {
    const { group, cluster } = aGroup({ timing: { instanceReadyJitterSeconds: 30 } });
    group.desired = 200;
    group.advance(0);
    const counts = [50, 60, 90, 110, 120].map((until, index, all) => {
      pass(group, cluster, all[index - 1] ?? 0, until);
      return registered(cluster);
    });
    assert.equal(counts[0], 0);
    assert.ok(counts[2]! > 70 && counts[2]! < 130, counts.join());
    assert.equal(counts[4], 200);
  });

  it("launches On-Demand and Spot as the distribution says", () => {
    const { group, cluster } = aGroup({
      group: { desiredInstances: 9, onDemandBase: 2, onDemandPercentageAboveBase: 25 },
    });
    group.fill();
    assert.equal(kinds(cluster).filter((kind) => kind.endsWith("onDemand")).length, 4);
  });

  it("terminates only instances without tasks under protection", () => {
    const { group, cluster } = aGroup({ group: { desiredInstances: 3 } });
    group.fill();
    cluster.place(0, -1000);
    group.desired = 0;
    pass(group, cluster, 0, 60);
    assert.deepEqual([group.size, cluster.healthyTasks], [1, 1]);
    cluster.stopSurplus(60);
    pass(group, cluster, 60, 100);
    assert.equal(group.size, 0);
  });

  it("drains a busy instance without protection and ends it when it is empty", () => {
    const { group, cluster } = aGroup({
      group: { desiredInstances: 1 },
      capacityProvider: { managedTerminationProtection: false },
    });
    group.fill();
    cluster.place(0, -1000);
    group.desired = 0;
    group.advance(10);
    assert.deepEqual([group.size, cluster.instances.counts[InstanceState.draining]], [0, 1]);
    assert.equal(cluster.outgoingTasks, 1);
    cluster.stopOutgoing(0, 10);
    pass(group, cluster, 10, 60);
    assert.deepEqual(kinds(cluster), []);
  });

  it("ends a busy instance at once without protection and draining", () => {
    const { group, cluster } = aGroup({
      group: { desiredInstances: 1 },
      capacityProvider: { managedTerminationProtection: false, managedDraining: false },
    });
    group.fill();
    cluster.place(0, -1000);
    group.desired = 0;
    group.advance(10);
    assert.deepEqual([kinds(cluster), cluster.deadTargets.count], [[], 1]);
  });

  it("launches elsewhere while a zone is lost", () => {
    const { group, cluster } = aGroup({ group: { desiredInstances: 6 } });
    group.fill();
    assert.equal(group.loseZone(1, 0, 600), 2);
    assert.equal(group.size, 4);
    pass(group, cluster, 0, 200);
    assert.deepEqual(
      kinds(cluster).map((kind) => kind.slice(0, 6)),
      ["zone 0", "zone 0", "zone 0", "zone 2", "zone 2", "zone 2"],
    );
    group.desired = 9;
    pass(group, cluster, 200, 700);
    assert.equal(kinds(cluster).filter((kind) => kind.startsWith("zone 1")).length, 0);
    group.desired = 12;
    pass(group, cluster, 700, 900);
    assert.equal(kinds(cluster).filter((kind) => kind.startsWith("zone 1")).length, 3);
  });

  it("waits where every zone is lost", () => {
    const { group, cluster } = aGroup({ group: { availabilityZones: 1 } });
    group.fill();
    group.loseZone(0, 0, 300);
    pass(group, cluster, 0, 290);
    assert.equal(group.size, 0);
    pass(group, cluster, 290, 400);
    assert.equal(registered(cluster), 2);
  });

  it("gives Spot instances two minutes and launches another type for a while", () => {
    const { group, cluster } = aGroup({
      group: {
        instanceTypes: ["c5.large", "m5.large"],
        desiredInstances: 4,
        onDemandPercentageAboveBase: 50,
      },
    });
    group.fill();
    cluster.place(0, -1000);
    assert.equal(group.interruptSpot(0.5, 0), 1);
    assert.deepEqual([group.size, cluster.instances.counts[InstanceState.draining]], [3, 1]);
    pass(group, cluster, 0, 110);
    assert.equal(kinds(cluster).filter((kind) => kind.endsWith("type 1 spot")).length, 1);
    pass(group, cluster, 110, 120);
    assert.equal(cluster.instances.counts[InstanceState.draining], 0);
    assert.deepEqual([...group.launched], [2, 2, 0, 1]);
    assert.deepEqual([...group.living], [2, 1, 0, 1]);
  });

  it("never ends a busy instance under protection and always reaches its size when it may", () => {
    const change = fc.record({
      desired: fc.nat({ max: 12 }),
      place: fc.nat({ max: 9 }),
      stop: fc.nat({ max: 9 }),
    });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 30 }), (changes) => {
        const { group, cluster } = aGroup({ group: { onDemandPercentageAboveBase: 40 } });
        const remove = cluster.remove.bind(cluster);
        cluster.remove = (instance, now) => {
          assert.equal(cluster.instances.used[instance], 0);
          remove(instance, now);
        };
        group.fill();
        let now = 0;
        for (const { desired, place, stop } of changes) {
          group.desired = desired;
          for (let count = 0; count < place; count += 1) {
            cluster.place(now);
          }
          for (let count = 0; count < stop; count += 1) {
            cluster.stopSurplus(now);
          }
          pass(group, cluster, now, now + 100);
          now += 100;
          const busy = registered(cluster) - cluster.emptyInstances;
          assert.equal(group.size, Math.max(desired, busy));
        }
      }),
      { numRuns: 60 },
    );
  });
});
