import type { Bag, Json } from "../preview/graph";

/** Reads values of the expected kinds out of parsed JSON, and collects where there are others. */
export class JsonReader {
  readonly faults: string[] = [];

  fault(path: string, message: string): void {
    this.faults.push(`${path}: ${message}`);
  }

  /** A text with something in it; "" where there is none. */
  text(owner: Bag, key: string, path: string): string {
    const value = owner[key];
    if (typeof value === "string" && value !== "") {
      return value;
    }
    this.expected(`${path}${key}`, value, "a text");
    return "";
  }

  /** A text, or undefined where the key is absent. */
  optionalText(owner: Bag, key: string, path: string): string | undefined {
    return owner[key] === undefined ? undefined : this.text(owner, key, path);
  }

  /** A yes or no; absent is no. */
  flag(owner: Bag, key: string, path: string): boolean {
    const value = owner[key] ?? false;
    if (typeof value !== "boolean") {
      this.expected(`${path}${key}`, value, "true or false");
    }
    return value === true;
  }

  /** An object; absent is the empty one unless it is `required`. */
  bag(owner: Bag, key: string, path: string, required = false): Bag {
    const value = owner[key];
    if (isObject(value)) {
      return value;
    }
    if (value !== undefined || required) {
      this.expected(`${path}${key}`, value, "an object");
    }
    return {};
  }

  /** A list; absent is the empty one. */
  list(owner: Bag, key: string, path: string): readonly Json[] {
    const value = owner[key] ?? [];
    if (Array.isArray(value)) {
      return value;
    }
    this.expected(`${path}${key}`, value, "a list");
    return [];
  }

  /** A list of texts; absent is the empty one. */
  texts(owner: Bag, key: string, path: string): readonly string[] {
    return this.list(owner, key, path).flatMap((item, index) => {
      if (typeof item === "string") {
        return [item];
      }
      this.expected(`${path}${key}[${String(index)}]`, item, "a text");
      return [];
    });
  }

  private expected(path: string, got: Json | undefined, what: string): void {
    this.fault(path, `got ${kindOf(got)}, must be ${what}`);
  }
}

export function isObject(value: unknown): value is Bag {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

/** What a value is, without telling it: it could be a secret. */
export function kindOf(value: unknown): string {
  if (value === undefined) {
    return "nothing";
  }
  if (value === null) {
    return "null";
  }
  if (Array.isArray(value)) {
    return "a list";
  }
  if (value === "") {
    return "an empty text";
  }
  return { object: "an object", string: "a text", number: "a number", boolean: "a yes or no" }[
    typeof value as "object" | "string" | "number" | "boolean"
  ];
}
