import type { Bag } from "../../../preview/graph";
import { openness, type Aspect, type Stand } from "../aspect";
import { bagOf, isTrue, listOf, parsedJson, textsOf } from "../values";

/** What stands between what runs in a container or on an instance and the rest of the account. */
export const WORKLOAD: readonly Aspect[] = [
  {
    types: ["aws:ecs/taskDefinition:TaskDefinition"],
    read: ({ inputs }) =>
      Object.assign(
        taskStands(inputs),
        ...listOf(parsedJson(inputs["containerDefinitions"])).map((container, index) =>
          containerStands(bagOf(container), index),
        ),
      ) as Readonly<Record<string, Stand>>,
  },
  {
    types: [
      "aws:ec2/launchTemplate:LaunchTemplate",
      "aws:ec2/instance:Instance",
      "aws:ec2/launchConfiguration:LaunchConfiguration",
    ],
    read: ({ inputs }) => metadataStands(bagOf(inputs["metadataOptions"])),
  },
];

function taskStands(inputs: Bag): Readonly<Record<string, Stand>> {
  const shared = (property: string, what: string) => ({
    [what]: openness(inputs[property] === "host", `${what} of the instance`, `${what} of its own`),
  });
  const folders = listOf(inputs["volumes"]).flatMap((volume) => textsOf(bagOf(volume)["hostPath"]));
  return {
    ...shared("networkMode", "network"),
    ...shared("pidMode", "processes"),
    ...shared("ipcMode", "shared memory"),
    ...Object.fromEntries(
      folders.map((folder) => [`folder ${folder}`, { text: "folder of the instance", rank: 1 }]),
    ),
  };
}

function containerStands(container: Bag, index: number): Readonly<Record<string, Stand>> {
  const [name = String(index)] = textsOf(container["name"]);
  const [user] = textsOf(container["user"]);
  const isRoot = user === undefined || /^(root|0)(:|$)/.test(user);
  const capabilities = bagOf(bagOf(container["linuxParameters"])["capabilities"]);
  const own: Readonly<Record<string, Stand>> = {
    privileged: openness(isTrue(container["privileged"]), "privileged", "not privileged"),
    user: openness(isRoot, user ?? "the user of the image, which may be root", user ?? ""),
    "root file system": openness(
      !isTrue(container["readonlyRootFilesystem"]),
      "writable",
      "read-only",
    ),
    "kept capabilities": openness(
      !textsOf(capabilities["drop"]).includes("ALL"),
      ["Docker's default ones", ...textsOf(capabilities["drop"]).map((each) => `not ${each}`)].join(
        ", ",
      ),
      "none",
    ),
    ...Object.fromEntries(
      textsOf(capabilities["add"]).map((capability) => [
        `capability ${capability}`,
        { text: "added", rank: 1 },
      ]),
    ),
  };
  return Object.fromEntries(
    Object.entries(own).map(([what, stand]) => [`container ${name}: ${what}`, stand]),
  );
}

function metadataStands(options: Bag): Readonly<Record<string, Stand>> {
  const isOff = options["httpEndpoint"] === "disabled";
  const [hops = "1"] = textsOf(options["httpPutResponseHopLimit"]);
  return {
    "instance metadata": openness(
      !isOff && options["httpTokens"] !== "required",
      "answers without a token (IMDSv1)",
      isOff ? "off" : "answers with a token only (IMDSv2)",
    ),
    "hop limit of instance metadata": {
      text: `${hops} ${hops === "1" ? "hop" : "hops"}`,
      rank: isOff ? 0 : Number(hops) - 1,
    },
  };
}
