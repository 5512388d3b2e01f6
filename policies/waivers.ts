import { environmentOf } from "./environment";

/** A violation that somebody answers for until a day. */
export interface Waiver {
  /** Name of the policy that is waived. */
  readonly policy: string;
  /** Glob that the resource's name or its whole URN has to match. */
  readonly target: { readonly by: "name" | "urn"; readonly glob: string };
  /** Name of the stack. */
  readonly environment: string;
  /** Who answers for it. */
  readonly owner: string;
  readonly reason: string;
  /** Last day on which it holds, as `YYYY-MM-DD`. */
  readonly expires: string;
  /** Where it stands, for example `policies/waivers.yaml:3`. */
  readonly place: string;
}

/** Finds the waiver of a violation; false where it has none. */
export type WaiverOf = (policy: string, urn: string) => Waiver | false;

/** The waivers of a run, and which of them it needed. */
export class WaiverBook {
  private readonly used = new Set<Waiver>();

  /** @param today the day in UTC, as `YYYY-MM-DD` */
  constructor(
    readonly waivers: readonly Waiver[],
    readonly today: string,
  ) {}

  /** The waiver that holds today for a violation; it counts as used from then on. */
  readonly waiverOf: WaiverOf = (policy, urn) => {
    const found = this.waivers.filter(
      (waiver) => waiver.policy === policy && !this.isExpired(waiver) && covers(waiver, urn),
    );
    for (const waiver of found) {
      this.used.add(waiver);
    }
    return found[0] ?? false;
  };

  /** Waivers of an environment that hold today. */
  inForce(environment: string): readonly Waiver[] {
    return this.of(environment).filter((waiver) => !this.isExpired(waiver));
  }

  /** Waivers of an environment that hold no longer. */
  expired(environment: string): readonly Waiver[] {
    return this.of(environment).filter((waiver) => this.isExpired(waiver));
  }

  /** Waivers of an environment that still hold and that no violation has asked for. */
  unused(environment: string): readonly Waiver[] {
    return this.of(environment).filter(
      (waiver) => !this.isExpired(waiver) && !this.used.has(waiver),
    );
  }

  private of(environment: string): readonly Waiver[] {
    return this.waivers.filter((waiver) => waiver.environment === environment);
  }

  /** Dates of this form are in the order of their texts. */
  private isExpired({ expires }: Waiver): boolean {
    return expires < this.today;
  }
}

/** The day in UTC, as waivers write it. */
export function dayOf(time: Date): string {
  return time.toISOString().slice(0, "YYYY-MM-DD".length);
}

function covers({ environment, target }: Waiver, urn: string): boolean {
  if (environmentOf(urn) !== environment) {
    return false;
  }
  const text = target.by === "urn" ? urn : urn.slice(urn.lastIndexOf("::") + "::".length);
  return patternOf(target.glob).test(text);
}

/** `*` stands for any text, `?` for one character, everything else for itself. */
function patternOf(glob: string): RegExp {
  const source = glob
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, "s");
}
