import type { Elasticity } from "./simulation";

/**
 * Measures how closely a supply follows a demand. Where nothing is demanded, one counts as the demand that a
 * surplus is a share of.
 *
 * @see https://research.spec.org/fileadmin/user_upload/documents/rg_cloud/endorsed_publications/SPEC-RG-2016-01_CloudMetrics.pdf
 * @see https://doi.org/10.1145/3030207.3030214
 */
export class ElasticityMeter {
  private seconds = 0;
  private under = 0;
  private over = 0;
  private underSeconds = 0;
  private overSeconds = 0;
  private unstableSeconds = 0;
  private lastSupply = NaN;
  private lastDemand = NaN;
  private firstSeconds = 0;

  /** A supply and a demand that held for so many seconds. */
  add(supply: number, demand: number, seconds: number): void {
    const missing = demand - supply;
    if (missing > 0) {
      this.under += (missing / demand) * seconds;
      this.underSeconds += seconds;
    } else if (missing < 0) {
      this.over += (-missing / Math.max(1, demand)) * seconds;
      this.overSeconds += seconds;
    }
    if (this.seconds === 0) {
      this.firstSeconds = seconds;
    } else if (Math.sign(supply - this.lastSupply) !== Math.sign(demand - this.lastDemand)) {
      this.unstableSeconds += seconds;
    }
    this.seconds += seconds;
    this.lastSupply = supply;
    this.lastDemand = demand;
  }

  result(): Elasticity {
    const percent = (part: number, whole: number) => (whole > 0 ? (100 * part) / whole : 0);
    return {
      underProvisioningAccuracy: percent(this.under, this.seconds),
      overProvisioningAccuracy: percent(this.over, this.seconds),
      underProvisioningTimeshare: percent(this.underSeconds, this.seconds),
      overProvisioningTimeshare: percent(this.overSeconds, this.seconds),
      instability: percent(this.unstableSeconds, this.seconds - this.firstSeconds),
    };
  }
}
