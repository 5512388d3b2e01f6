import assert from "node:assert/strict";
import fc from "fast-check";
import { DemandedTasks } from "../../../capacity/simulate/demanded-tasks";
import { ResponseTime, taskServers } from "../../../capacity/simulate/response-time";
import { aModel } from "./a-model";

const { workload, service } = aModel();
const servers = taskServers(service.task, workload);

function keeps(tasks: number, rate: number): boolean {
  const response = new ResponseTime(workload.maxQueueSeconds);
  response.set(servers.serverRate, tasks, rate);
  return rate < tasks * servers.taskRate && response.slowerShare(0.48) <= 0.01;
}

describe("DemandedTasks", () => {
  it("is none without requests", () => {
    assert.equal(new DemandedTasks(servers, workload).at(0), 0);
  });

  it("is the least that keeps the objective, wherever the load came from", () => {
    const rates = fc.array(fc.double({ min: 0.1, max: 5000, noNaN: true }), {
      minLength: 1,
      maxLength: 5,
    });
    fc.assert(
      fc.property(rates, (loads) => {
        const demanded = new DemandedTasks(servers, workload);
        for (const rate of loads) {
          const tasks = demanded.at(rate);
          assert.ok(keeps(tasks, rate));
          assert.ok(tasks === 1 || !keeps(tasks - 1, rate));
        }
      }),
    );
  });

  it("is what serves every request where the service time alone misses the objective", () => {
    const demanded = new DemandedTasks(servers, { ...workload, objectiveMilliseconds: 30 });
    assert.equal(demanded.at(100), 5);
    assert.equal(demanded.at(99), 4);
  });
});
