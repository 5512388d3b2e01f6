import assert from "node:assert/strict";
import { Cluster } from "../../../capacity/simulate/cluster";
import { clusterPools } from "../../../capacity/simulate/cluster-pools";
import { Market } from "../../../capacity/simulate/instance-table";
import { seededRandom } from "../../../capacity/simulate/random";
import { ServiceScheduler } from "../../../capacity/simulate/service-scheduler";
import { tasksDuringDeployment } from "../../../capacity/instance-bounds";
import { aModel, type ModelChanges } from "./a-model";

class Service {
  readonly cluster: Cluster;
  readonly scheduler: ServiceScheduler;
  now = 0;

  constructor(instances: number, changes: ModelChanges = {}) {
    const model = aModel(changes);
    this.cluster = new Cluster(model, clusterPools(model), 10, seededRandom(1));
    this.addInstances(instances);
    this.scheduler = new ServiceScheduler(model.service, this.cluster, 10);
  }

  addInstances(count: number): void {
    for (let index = 0; index < count; index += 1) {
      this.cluster.register(this.cluster.launch(index % 3, Market.onDemand, 0));
    }
  }

  /** Most tasks and fewest healthy ones meanwhile. */
  pass(seconds: number, desired: number): { most: number; fewest: number } {
    let [most, fewest] = [0, Infinity];
    for (const end = this.now + seconds; this.now < end;) {
      this.now += 10;
      this.cluster.advance(this.now);
      this.scheduler.step(this.now, desired);
      most = Math.max(most, this.cluster.keptTasks + this.cluster.outgoingTasks);
      fewest = Math.min(fewest, this.cluster.healthyTasks);
    }
    return { most, fewest };
  }
}

describe("ServiceScheduler", () => {
  it("starts what is missing and stops what is too much", () => {
    const service = new Service(4);
    service.scheduler.fill(4);
    assert.equal(service.cluster.healthyTasks, 4);
    service.pass(10, 9);
    assert.equal(service.cluster.keptTasks, 9);
    service.pass(10, 2);
    assert.equal(service.cluster.keptTasks, 2);
  });

  it("keeps tasks without an instance waiting until there is one", () => {
    const service = new Service(1);
    service.pass(10, 5);
    assert.deepEqual([service.cluster.keptTasks, service.scheduler.waiting.count], [3, 2]);
    service.pass(60, 5);
    service.addInstances(1);
    service.pass(10, 5);
    assert.deepEqual([service.cluster.keptTasks, service.scheduler.waiting.count], [5, 0]);
    assert.equal(service.scheduler.longestWait, 70);
  });

  it("drops waiting tasks before it stops running ones", () => {
    const service = new Service(1);
    service.pass(10, 5);
    service.pass(10, 3);
    assert.deepEqual([service.cluster.keptTasks, service.scheduler.waiting.count], [3, 0]);
  });

  it("starts 500 tasks a minute", () => {
    const service = new Service(400);
    service.pass(60, 1200);
    assert.deepEqual([service.cluster.keptTasks, service.scheduler.held], [500, true]);
    service.pass(60, 1200);
    assert.equal(service.cluster.keptTasks, 1000);
    service.pass(60, 1200);
    assert.deepEqual([service.cluster.keptTasks, service.scheduler.held], [1200, false]);
  });

  it("has at most 500 tasks waiting", () => {
    const service = new Service(1);
    service.pass(600, 2000);
    assert.deepEqual([service.scheduler.waiting.count, service.scheduler.held], [500, true]);
  });

  it("gives up on a waiting task after half an hour and starts another", () => {
    const service = new Service(1);
    service.pass(1800, 4);
    assert.equal(service.scheduler.waiting.oldest, 10);
    service.pass(10, 4);
    assert.equal(service.scheduler.waiting.oldest, 1810);
    assert.equal(service.scheduler.longestWait, 1800);
  });

  it("deploys with twice the tasks at 200 percent and none fewer at 100", () => {
    const service = new Service(6);
    service.scheduler.fill(4);
    assert.equal(service.scheduler.deploy(0), 4);
    assert.equal(tasksDuringDeployment(4, 200), 8);
    const { most, fewest } = service.pass(300, 4);
    assert.deepEqual([most, fewest, service.scheduler.deploying], [8, 4, false]);
    assert.deepEqual([service.cluster.keptTasks, service.cluster.healthyTasks], [4, 4]);
  });

  it("stops two of four first at 50 percent healthy and no more than 100", () => {
    const service = new Service(2, {
      service: { deploymentMinimumHealthyPercent: 50, deploymentMaximumPercent: 100 },
    });
    service.scheduler.fill(4);
    service.scheduler.deploy(0);
    const { most, fewest } = service.pass(600, 4);
    assert.deepEqual([most, fewest, service.scheduler.deploying], [4, 2, false]);
  });

  it("never ends a deployment that may neither stop nor start a task", () => {
    const service = new Service(6, {
      service: { deploymentMinimumHealthyPercent: 100, deploymentMaximumPercent: 100 },
    });
    service.scheduler.fill(4);
    service.scheduler.deploy(0);
    service.pass(3600, 4);
    assert.deepEqual([service.cluster.outgoingTasks, service.scheduler.deploying], [4, true]);
  });

  it("follows the desired tasks in the middle of a deployment", () => {
    const service = new Service(10);
    service.scheduler.fill(4);
    service.scheduler.deploy(0);
    service.pass(20, 4);
    service.pass(300, 7);
    assert.deepEqual([service.cluster.healthyTasks, service.scheduler.deploying], [7, false]);
  });
});
