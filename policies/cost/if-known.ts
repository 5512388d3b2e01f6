import { isUnknownValueError } from "../unknown";

/** What a read gives, or undefined where only the deployment tells it. */
export function ifKnown<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (isUnknownValueError(error)) {
      return undefined;
    }
    throw error;
  }
}
