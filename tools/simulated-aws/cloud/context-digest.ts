import * as fs from "node:fs";
import * as path from "node:path";
import { hashBuildContext, listBuildContext } from "../../../infra/build-context";
import type { Bag, Json } from "../../preview/graph";
import { hasUnknown, isBag } from "../protocol-values";
import type { Fault } from "./arguments/argument";

/**
 * SHA-256, hex, of what an image is built from, as pulumi-docker's Check puts it into the inputs:
 * files that are ignored, and times and owners, are left out.
 *
 * @param build the image's input `build`; its paths are relative to `folder`
 * @returns undefined while the build is not known yet
 */
export function contextDigest(
  build: Json | undefined,
  folder: string,
): { readonly digest: string | undefined; readonly faults: readonly Fault[] } {
  const given: Bag = isBag(build) ? build : {};
  if (hasUnknown(given)) {
    return { digest: undefined, faults: [] };
  }
  const [context, dockerfile, target] = ["context", "dockerfile", "target"].map((property) => {
    const value = given[property];
    return typeof value === "string" ? value : undefined;
  });
  const contextFolder = path.resolve(folder, context ?? ".");
  const written = dockerfile ?? path.join(context ?? ".", "Dockerfile");
  const file = path.resolve(folder, written);
  if (!fs.existsSync(file)) {
    const beside = path.join(context ?? ".", written);
    const hint = fs.existsSync(path.resolve(folder, beside))
      ? `. Try setting \`dockerfile\` to "${beside}"`
      : `: stat ${written}: no such file or directory`;
    return {
      digest: undefined,
      faults: [
        {
          property: "build.dockerfile",
          reason: `could not open dockerfile at relative path ${written}${hint}`,
        },
      ],
    };
  }
  const args = isBag(given["args"]) ? given["args"] : {};
  const digest = hashBuildContext(
    {
      context: contextFolder,
      dockerfile: file,
      target,
      args: Object.fromEntries(
        Object.entries(args).flatMap(([name, value]) =>
          typeof value === "string" ? [[name, value]] : [],
        ),
      ),
    },
    listBuildContext(contextFolder, file),
  );
  return { digest, faults: [] };
}
