import assert from "node:assert/strict";
import type { Json } from "../../../tools/preview/graph";
import { accountOf } from "../../../tools/simulated-aws/account";
import { openAccount } from "../../../tools/simulated-aws/cloud/account-folder";
import { deleteResource, listResources, setProperty } from "../../../tools/sandbox/drift";
import { temporaryFolder } from "./sandbox-places";

const account = accountOf({ "aws:region": "eu-central-1" });

function deployed(): string {
  const folder = temporaryFolder();
  const store = openAccount(folder);
  const cluster = { name: "web-1", settings: [], logs: false, tags: {}, __defaults: ["name"] };
  const resources = [
    ["aws:ecs/service:Service", "web", "arn:service", { desiredCount: 2 }],
    ["aws:ecs/cluster:Cluster", "web", "arn:cluster", cluster],
    ["docker:index/image:Image", "build", "image:1", { imageName: "image" }],
  ] as const;
  for (const [type, name, id, inputs] of resources) {
    store.write({ type, name, id, incarnation: 0, inputs, computed: { arn: id } });
  }
  store.write({
    type: "aws:ec2/instance:Instance",
    name: "i-1",
    id: "i-1",
    incarnation: 0,
    inputs: {},
    computed: {},
    unmanaged: true,
  });
  return folder;
}

describe("listResources", () => {
  it("lists what a program has made, by a name that a person can type", () => {
    assert.deepEqual(listResources(deployed()), [
      { handle: "docker.Image/build", id: "image:1" },
      { handle: "ecs.Cluster/web", id: "arn:cluster" },
      { handle: "ecs.Service/web", id: "arn:service" },
    ]);
  });
});

describe("setProperty", () => {
  const set = (folder: string, named: string, property: string, value: Json = 5) =>
    setProperty(folder, account, { named, property, value });

  it("changes the resource in the account, and tells what it was", () => {
    const folder = deployed();

    assert.deepEqual(set(folder, "ecs.Service/web", "desiredCount"), {
      handle: "ecs.Service/web",
      type: "aws:ecs/service:Service",
      name: "web",
      before: 2,
    });
    assert.deepEqual(openAccount(folder).find("aws:ecs/service:Service", "arn:service")?.inputs, {
      desiredCount: 5,
    });
  });

  it("takes the end of a name that belongs to one resource alone", () => {
    assert.equal(set(deployed(), "build", "imageName", "new").handle, "docker.Image/build");
  });

  it("refuses a name of several or of no resources", () => {
    const refusals = [
      [
        "web",
        "'web' is the name of several resources; choose one of ecs.Cluster/web, ecs.Service/web",
      ],
      [
        "ecs.Servic/web",
        "'ecs.Servic/web' is no resource of the simulated account, `npm run sandbox -- drift` lists them; did you mean ecs.Service/web?",
      ],
    ] as const;
    for (const [named, message] of refusals) {
      assert.throws(() => set(deployed(), named, "desiredCount"), {
        name: "SandboxError",
        message,
      });
    }
  });

  it("refuses a value of another kind, and takes any for a property that is not set", () => {
    const folder = deployed();
    const refusals = [
      [
        "ecs.Service/web",
        "desiredCount",
        "abc",
        'is 2 and got "abc"; give a number, for example 3',
      ],
      ["ecs.Service/web", "desiredCount", null, "is 2 and got null; give a number, for example 3"],
      ["build", "imageName", 5, `is "image" and got 5; give a text, for example '"3"'`],
      ["build", "imageName", ["a"], `is "image" and got ["a"]; give a text, for example '"3"'`],
      ["ecs.Cluster/web", "settings", true, `is [] and got true; give a list, for example '["a"]'`],
      ["ecs.Cluster/web", "logs", 0, "is false and got 0; give a boolean, for example true"],
      ["ecs.Cluster/web", "tags", [], `is {} and got []; give a map, for example '{"a":"b"}'`],
    ] as const;
    for (const [named, property, value, fault] of refusals) {
      const handle = named === "build" ? "docker.Image/build" : named;
      assert.throws(() => set(folder, named, property, value as Json), {
        name: "SandboxError",
        message: `${handle}: ${property} ${fault}`,
      });
    }

    assert.equal(set(folder, "ecs.Cluster/web", "tags.Owner", "me").before, undefined);
  });

  it("refuses a property that the resource does not have", () => {
    assert.throws(() => set(deployed(), "ecs.Cluster/web", "nam.x"), {
      message:
        "ecs.Cluster/web has no property 'nam'; it has arn, logs, name, settings, tags; did you mean name?",
    });
  });
});

describe("deleteResource", () => {
  it("takes the resource out of the account", () => {
    const folder = deployed();

    assert.equal(deleteResource(folder, account, "ecs.Service/web"), "ecs.Service/web");
    assert.deepEqual(
      listResources(folder).map(({ handle }) => handle),
      ["docker.Image/build", "ecs.Cluster/web"],
    );
  });

  it("refuses an account with nothing in it", () => {
    assert.throws(() => deleteResource(temporaryFolder(), account, "web"), {
      message: "the simulated account is empty; deploy the stack first",
    });
  });
});
