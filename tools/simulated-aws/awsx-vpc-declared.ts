import type { Bag } from "../preview/graph";
import type { VpcArgs } from "./awsx-vpc-args";
import type { Registered } from "./resource-monitor";

/** The component's output that a child stands in; none holds those of `endpointSecurity`. */
export type ChildKind =
  | "vpc"
  | "internetGateway"
  | "publicSubnets"
  | "privateSubnets"
  | "isolatedSubnets"
  | "routeTables"
  | "routeTableAssociations"
  | "routes"
  | "natGateways"
  | "eips"
  | "vpcEndpoints"
  | "endpointSecurity";

interface ChildDeclaration {
  readonly kind: ChildKind;
  readonly type: string;
  readonly name: string;
  readonly parent: Registered;
  readonly inputs: Bag;
  readonly dependsOn?: readonly Registered[];
  /** The children that a property's value comes from. */
  readonly from?: Readonly<Record<string, readonly Registered[]>>;
  /** The component's input that a property's value comes from; `tags` need not be named. */
  readonly fromInput?: Readonly<Record<string, string>>;
}

/** Registers one child with the monitor. */
export type Declare = (child: ChildDeclaration) => Promise<Registered>;

/** What has been declared so far. */
export interface DeclaredVpc {
  readonly name: string;
  readonly args: VpcArgs;
  readonly sharedTags: Bag;
  readonly vpc: Registered;
  readonly internetGateway: Registered;
  /** By zone; one entry only where all zones share one. */
  readonly natGateways: Registered[];
  readonly routeTables: Registered[];
  readonly subnets: { readonly zone: number; readonly type: string; readonly subnet: Registered }[];
  readonly declare: Declare;
}
