/** Plain data with every text in it replaced, names of fields included. */
export function mapTexts<Data>(data: Data, replace: (text: string) => string): Data {
  return mapped(data, replace) as Data;
}

function mapped(value: unknown, replace: (text: string) => string): unknown {
  if (typeof value === "string") return replace(value);
  if (Array.isArray(value)) return value.map((item) => mapped(item, replace));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => [replace(key), mapped(field, replace)]),
  );
}
