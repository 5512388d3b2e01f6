import { z } from "zod";
import { pagesOf, type RunAws } from "./aws-command";

/** What EC2 says of an instance type, of what the catalogue keeps. */
export interface DescribedType {
  readonly instanceType: string;
  readonly architecture: "arm64" | "x86_64";
  readonly vCpus: number;
  readonly memoryMiB: number;
  readonly enis: number;
  readonly burstable: boolean;
}

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstanceTypes.html */
const page = z.object({
  InstanceTypes: z.array(
    z.object({
      InstanceType: z.string(),
      ProcessorInfo: z.object({ SupportedArchitectures: z.array(z.string()) }),
      VCpuInfo: z.object({ DefaultVCpus: z.int().positive() }),
      MemoryInfo: z.object({ SizeInMiB: z.int().positive() }),
      NetworkInfo: z.object({ MaximumNetworkInterfaces: z.int().positive() }),
      BurstablePerformanceSupported: z.boolean(),
    }),
  ),
});

/** The types of those names that the region has, by name. */
export async function describeTypes(
  run: RunAws,
  region: string,
  names: readonly string[],
): Promise<ReadonlyMap<string, DescribedType>> {
  const found = new Map<string, DescribedType>();
  const command = ["ec2", "describe-instance-types", "--region", region];
  // A filter takes 200 values; naming types as such would forbid to ask for pages.
  for (let from = 0; from < names.length; from += 200) {
    const values = names.slice(from, from + 200).join(",");
    const filters = ["--filters", `Name=instance-type,Values=${values}`];
    for await (const answer of pagesOf(run, [...command, ...filters])) {
      for (const type of page.parse(answer).InstanceTypes) {
        found.set(type.InstanceType, {
          instanceType: type.InstanceType,
          architecture: type.ProcessorInfo.SupportedArchitectures.includes("arm64")
            ? "arm64"
            : "x86_64",
          vCpus: type.VCpuInfo.DefaultVCpus,
          memoryMiB: type.MemoryInfo.SizeInMiB,
          enis: type.NetworkInfo.MaximumNetworkInterfaces,
          burstable: type.BurstablePerformanceSupported,
        });
      }
    }
  }
  return found;
}
