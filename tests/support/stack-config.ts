import * as pulumi from "@pulumi/pulumi";
import { shippedFiles } from "./shipped-files";

/** Project of the repository; its settings begin with it. */
export const PROJECT = "ecs-on-ec2";

/** Full key to text in place of the file's value; undefined takes the value away. */
export type ConfigValues = Readonly<Record<string, string | undefined>>;

/**
 * Gives the SDK the shipped configuration of a stack, Pulumi.yaml's defaults included, with the given values in
 * place; `secretKeys` are the full keys that count as encrypted.
 */
export async function useStack(
  stack: string,
  values: ConfigValues = {},
  secretKeys: readonly string[] = [],
): Promise<void> {
  await pulumi.runtime.setMocks(
    {
      newResource: ({ name, inputs }) => ({
        id: `${name}-id`,
        state: inputs as Record<string, unknown>,
      }),
      call: ({ inputs }) => inputs as Record<string, unknown>,
    },
    PROJECT,
    stack,
  );
  const config: Record<string, string | undefined> = {
    ...shippedFiles(stack === "dev" || stack === "prod" ? stack : "dev").config,
    ...values,
  };
  pulumi.runtime.setAllConfig(
    Object.fromEntries(
      Object.entries(config).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
    ),
    [...secretKeys],
  );
}
