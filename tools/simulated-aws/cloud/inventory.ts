import { openAccount } from "./account-folder";

/** A resource that the account holds. */
export interface HeldResource {
  readonly type: string;
  readonly name: string;
  readonly id: string;
  /** False for what AWS made by itself, such as the instances of a group. */
  readonly managed: boolean;
}

/** What the account in a folder holds, in the order of services, types and ids. */
export function inventory(folder: string): HeldResource[] {
  return openAccount(folder)
    .all()
    .map(({ type, name, id, unmanaged }) => ({ type, name, id, managed: unmanaged !== true }));
}

/** True where the account holds nothing. */
export function isEmpty(folder: string): boolean {
  return inventory(folder).length === 0;
}
