import { readFileSync } from "node:fs";
import type { Bag, Json } from "../../../../tools/preview/graph";
import { isBag } from "../../../../tools/simulated-aws/protocol-values";
import type { Block } from "./resource-schema";

/** Names that Pulumi gives by hand. Source: provider/resources.go of pulumi/pulumi-aws. */
const GIVEN: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "aws:cloudwatch/metricAlarm:MetricAlarm": { alarm_name: "name" },
  "aws:sns/topicSubscription:TopicSubscription": { topic_arn: "topic" },
};

/** The input properties of a type. Source: the declaration of its arguments in @pulumi/aws. */
function inputsOf(type: string): readonly string[] {
  const [, module = "", name = ""] = type.split(":");
  const source = readFileSync(
    require.resolve(`@pulumi/aws/${module}`).replace(/\.js$/, ".d.ts"),
    "utf8",
  );
  const declared = source.split(`export interface ${name}Args {`)[1] ?? "";
  return [...declared.matchAll(/^ {4}(\w+)\??:/gm)].map(([, property = ""]) => property);
}

/**
 * The path of a Terraform argument in Pulumi's names, without indices; undefined for an argument
 * that Pulumi does not have.
 */
export function propertyPath(
  type: string,
  block: Block,
  [first = "", ...rest]: readonly string[],
): string | undefined {
  const inputs = inputsOf(type);
  const plain = camelCase(first);
  const top =
    GIVEN[type]?.[first] ??
    [plural(plain), plain, `${plain}es`].find((candidate) => inputs.includes(candidate));
  return top === undefined
    ? undefined
    : [top, ...nestedPath(block.block_types?.[first]?.block ?? {}, rest)].join(".");
}

/** Arguments in Pulumi's names; what Pulumi does not have is left out. */
export function properties(type: string, block: Block, config: Bag): Bag {
  return Object.fromEntries(
    Object.entries(config).flatMap(([name, value]): [string, Json][] => {
      const property = propertyPath(type, block, [name]);
      return property === undefined ? [] : [[property, nestedValue(block, name, value)]];
    }),
  );
}

function nestedPath(block: Block, path: readonly string[]): string[] {
  const [first, ...rest] = path;
  return first === undefined
    ? []
    : [nestedName(block, first), ...nestedPath(block.block_types?.[first]?.block ?? {}, rest)];
}

function nestedValue(block: Block, name: string, value: Json): Json {
  const inner = block.block_types?.[name];
  if (inner === undefined || !Array.isArray(value)) {
    return value;
  }
  const items = value
    .filter(isBag)
    .map((item) =>
      Object.fromEntries(
        Object.entries(item).map(([key, each]) => [
          nestedName(inner.block, key),
          nestedValue(inner.block, key, each),
        ]),
      ),
    );
  return inner.max_items === 1 ? (items[0] ?? {}) : items;
}

/** Source: TerraformToPulumiNameV2 of pkg/tfbridge/names.go in pulumi/pulumi-terraform-bridge. */
function nestedName({ attributes = {}, block_types: blocks = {} }: Block, name: string): string {
  const type = attributes[name]?.type;
  const isMany =
    name in blocks ? blocks[name]?.max_items !== 1 : Array.isArray(type) && type[0] !== "map";
  return isMany ? plural(camelCase(name)) : camelCase(name);
}

function camelCase(name: string): string {
  return name.replace(/_([a-z\d])/g, (_, letter: string) => letter.toUpperCase());
}

function plural(name: string): string {
  return name.endsWith("s") ? name : name.endsWith("y") ? `${name.slice(0, -1)}ies` : `${name}s`;
}
