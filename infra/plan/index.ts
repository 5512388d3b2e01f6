import type { ContainerContract } from "../container-contract";
import type { StackConfig } from "../stack-config";
import { planAmi, planCapacity, sizeCapacity, usesSpot } from "./capacity";
import { PlanError, PlanFaults } from "./faults";
import { planImage } from "./image";
import { planLoadBalancer } from "./load-balancing";
import { checkNames, taskFamily } from "./names";
import { checkAddresses, planNetwork } from "./network";
import { planCluster, planObservability } from "./observability";
import { planScaling } from "./scaling";
import { planService } from "./service";
import type { StackPlan } from "./stack-plan";
import { planTask } from "./task";
import { checkDrain, checkGracePeriod } from "./timing";

/**
 * Decides everything that the program declares, from the stack's settings and the Compose file. Pure: the same
 * input gives the same plan. Throws one PlanError with every contradiction there is, each with the arithmetic
 * that shows it and what to do.
 */
export function planStack(config: StackConfig, container: ContainerContract): StackPlan {
  const faults = new PlanFaults(config);
  checkNames(config, faults);
  const network = planNetwork(config, faults);
  const task = planTask(config, container, faults);
  const scaling = planScaling(config, faults);
  const report = sizeCapacity(config, task, faults);
  const ami = planAmi(config, faults);
  const loadBalancer = planLoadBalancer(config, container, faults);
  const family = taskFamily(config);
  const service = planService(config, container, task, family, faults);
  checkGracePeriod(config, container, loadBalancer.target.healthCheck, faults);
  checkDrain(
    config,
    container,
    report === undefined || usesSpot(config, report.maxInstances),
    faults,
  );
  if (report !== undefined) {
    checkAddresses(config, network, report, faults);
  }
  if (report === undefined || faults.lines.length > 0) {
    throw new PlanError(faults.lines);
  }
  return {
    name: config.appName,
    tags: config.tags,
    permissionsBoundary: config.permissionsBoundary,
    network,
    image: planImage(config, container),
    cluster: planCluster(config),
    capacity: planCapacity(config, report, ami, container.stopTimeoutSeconds),
    loadBalancer,
    service,
    scaling,
    observability: planObservability(config, report.maxInstances),
    report,
  };
}
