import type { CloudAnswers } from "../preview/cloud-answers";
import type { Bag, Json } from "../preview/graph";
import { SECRET, UNKNOWN } from "../preview/graph";
import type { AwsAccount } from "../simulated-aws/account";
import { invokeFunction } from "../simulated-aws/functions";
import { plainBag } from "../simulated-aws/protocol-values";
import type { DeclaredResource } from "../simulated-aws/resource-type";
import { digits, hex } from "../simulated-aws/resource-type";
import { deployedResource, previewOutputs } from "../simulated-aws/resource-types";
import { functionSource } from "./function-source";
import { type SecretDigests, SecretDigester } from "./secret-digests";

/** What AWS assigned: values that a preview does not know, by what they come from. */
export interface Assigned {
  /** URN of the resource, or the source of the function (function-source.ts). */
  readonly source: string;
  /** Values by output, secrets as SECRET; the id of a resource is `id`. */
  readonly values: Bag;
}

/**
 * Answers as AWS would once everything is deployed: well formed, and different from resource to
 * resource. Everything that a preview would not know is kept, because none of it may show.
 */
export class DeployedAnswers implements CloudAnswers {
  readonly preview = false;
  readonly concealed: Json = SECRET;
  readonly assigned: Assigned[] = [];
  /** Whole texts that no input and no argument was. */
  private readonly madeUp = new Set<string>();
  private readonly seen = new Map<string, number>();
  private readonly digester = new SecretDigester();

  /** @param world another number gives another account with other ids */
  constructor(private readonly world: number) {}

  /** Of the secret inputs, so that two of them can be told apart. */
  get secretInputs(): SecretDigests | undefined {
    return this.digester.digests;
  }

  noteSecret(urn: string, path: string, value: Json): void {
    this.digester.note(urn, path, value);
  }

  resource(
    urn: string,
    resource: DeclaredResource,
    account: AwsAccount,
  ): { readonly id: string; readonly outputs: Bag } {
    const known = previewOutputs(resource, account);
    const { id, outputs } = deployedResource(
      { ...resource, incarnation: this.incarnationOf(resource) },
      this.accountIn(account),
    );
    const values = this.unlike(known, outputs, urn);
    this.note({ source: urn, values: { ...values, id } }, resource.inputs);
    return { id, outputs: { ...outputs, ...values } };
  }

  call(token: string, args: Bag, account: AwsAccount): Bag {
    const known = invokeFunction(token, args, account, true);
    const answer = invokeFunction(token, args, this.accountIn(account), false);
    const source = functionSource(token, this.knownOf(args));
    const values = this.unlike(known, answer, source);
    this.note({ source, values: plainBag(values, () => SECRET) }, args);
    return { ...answer, ...values };
  }

  private note(assigned: Assigned, given: Bag): void {
    this.assigned.push(assigned);
    for (const value of Object.values(assigned.values)) {
      if (typeof value === "string" && !Object.values(given).includes(value)) {
        this.madeUp.add(value);
      }
    }
  }

  /** The arguments in which nothing is made up. */
  private knownOf(args: Bag): Bag {
    return Object.fromEntries(
      Object.entries(args).filter(
        ([, value]) => typeof value !== "string" || !this.madeUp.has(value),
      ),
    );
  }

  /** What the preview does not know; numbers, which are small in AWS, become unmistakable. */
  private unlike(known: Bag, deployed: Bag, source: string): Bag {
    const unknown = Object.entries(deployed).filter(([name]) => known[name] === UNKNOWN);
    return Object.fromEntries(
      unknown.map(([name, value]) => [
        name,
        typeof value === "number" ? this.numberOf(source, name) : value,
      ]),
    );
  }

  private numberOf(source: string, output: string): number {
    const named = { type: source, name: output, inputs: {}, incarnation: this.world };
    return 100_000_000 + (parseInt(hex(named, 12), 16) % 900_000_000);
  }

  /** Resources of one type and name below different parents are told apart too. */
  private incarnationOf({ type, name }: DeclaredResource): number {
    const key = `${type} ${name}`;
    const count = (this.seen.get(key) ?? 0) + 1;
    this.seen.set(key, count);
    return count + this.world * MOST_OF_A_NAME;
  }

  private accountIn(account: AwsAccount): AwsAccount {
    const named = { type: "account", name: String(this.world), inputs: {} };
    return { ...account, accountId: digits(named, 12) };
  }
}

const MOST_OF_A_NAME = 100_000;
