/** Leave to destroy what holds data or traffic. */
export interface Permission {
  /** Type of the resources, for example `aws:ecs/service:Service`. */
  readonly type: string;
  /** Who gave it, for a person: `1a2b3c4 (feat: move the service)`. */
  readonly by: string;
}
