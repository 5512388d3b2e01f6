import type { CapacityReport } from "../../capacity/capacity-report";
import type { CostEstimate } from "../../capacity/cost";
import type { Headroom } from "../../capacity/headroom";
import type { QuotaFinding } from "../../capacity/quotas";
import type { Verdict } from "../policy/verdict";
import type { ResourceGraph } from "../preview/graph";
import type { SimulatedDay } from "../preview/simulated-day";
import type { Judgement } from "./judgement";
import type { SecretDigests } from "./secret-digests";

/** A stack as one side of a comparison has it: plain data, so that another process can record it. */
export interface StackSide {
  /** What a person calls it: `main (1a2b3c4)`, `working tree`, `stack prod`. */
  readonly label: string;
  /** Every configured value by its full key, defaults included. */
  readonly settings: Readonly<Record<string, Setting>>;
  /**
   * The program as it stands once it is deployed. A value that AWS assigns is a reference to where it
   * comes from (reference.ts), and UNKNOWN where that cannot be told.
   */
  readonly graph: ResourceGraph;
  /**
   * Tells two secret inputs apart without telling them. Only of what the program itself says: what is
   * made of a value that is encrypted in a stack's file is ENCRYPTED, what AWS assigns has none. They pass between the two processes of
   * a comparison and are no part of any report.
   *
   * @default none, so that secret inputs are taken for the same
   */
  readonly secretInputs?: SecretDigests;
  readonly capacity: CapacityReport;
  readonly headroom: readonly Headroom[];
  readonly exceededQuotas: readonly QuotaFinding[];
  readonly day: SimulatedDay;
  readonly cost: CostEstimate;
  /** What the side's own policy pack says of the side's preview. */
  readonly policies: Verdict;
  /** What that pack judges the stack by. */
  readonly judgement: Judgement;
}

/** A value of the configuration. */
export interface Setting {
  /** As the engine hands it over, JSON for objects and lists; SECRET for an encrypted one. */
  readonly value: string;
  /** Tells two encrypted values apart without telling them; undefined for plain ones. */
  readonly fingerprint: string | undefined;
}
