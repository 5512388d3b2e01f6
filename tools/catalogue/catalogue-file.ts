import { z } from "zod";

const entry = z.object({
  instanceType: z.string(),
  architecture: z.enum(["arm64", "x86_64"]),
  vCpus: z.int().positive(),
  memoryMiB: z.int().positive(),
  enis: z.int().positive(),
  trunkedTasks: z.int().positive().nullable(),
  burstable: z.boolean(),
  usdPerHour: z.number().positive(),
});

const file = z.object({
  source: z.object({
    pricedOn: z.string(),
    specifications: z.string(),
    prices: z.string(),
    enis: z.string(),
    trunkedTasks: z.string(),
  }),
  instanceTypes: z.array(entry),
});

/** capacity/instance-types.json. */
export type CatalogueFile = z.infer<typeof file>;
/** One of its types. */
export type CatalogueEntry = z.infer<typeof entry>;

/** Reads the text of the file. */
export function parseCatalogue(text: string): CatalogueFile {
  return file.parse(JSON.parse(text));
}

/** The text of the file: a type a line, so that a change of prices is a diff that can be read. */
export function renderCatalogue({ source, instanceTypes }: CatalogueFile): string {
  const lines = instanceTypes.map(
    (type) =>
      `  {${Object.entries(type)
        .map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`)
        .join(", ")}}`,
  );
  const head = JSON.stringify({ source }, undefined, 1).replace(/\n }\n}$/, "\n},");
  return `${head}\n "instanceTypes": [\n${lines.join(",\n")}\n ]\n}\n`;
}
