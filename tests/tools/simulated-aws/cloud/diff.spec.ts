import assert from "node:assert/strict";
import type { Bag } from "../../../../tools/preview/graph";
import { UNKNOWN } from "../../../../tools/preview/graph";
import { diffInputs } from "../../../../tools/simulated-aws/cloud/diff";

const diff = (type: string, olds: Bag, news: Bag, ignored: readonly string[] = []) =>
  diffInputs(type, { olds, news, ignored });

const NOTHING = { changed: [], replaces: [], deleteBeforeReplace: false };

describe("diffInputs", () => {
  it("names what differs by its top-level property", () => {
    assert.deepEqual(
      diff(
        "aws:lb/targetGroup:TargetGroup",
        { healthCheck: { path: "/", interval: 5 }, tags: { a: "1" } },
        { healthCheck: { path: "/ready", interval: 10 }, slowStart: 30 },
      ),
      { changed: ["healthCheck", "slowStart", "tags"], replaces: [], deleteBeforeReplace: false },
    );
  });

  it("names what of it makes a new resource", () => {
    assert.deepEqual(
      diff(
        "aws:lb/targetGroup:TargetGroup",
        { port: 80, slowStart: 0 },
        { port: 81, slowStart: 30 },
      ),
      { changed: ["port", "slowStart"], replaces: ["port"], deleteBeforeReplace: false },
    );
  });

  it("takes a value that is not known yet for another one", () => {
    assert.deepEqual(
      diff("aws:ec2/subnet:Subnet", { vpcId: "vpc-1" }, { vpcId: UNKNOWN }).replaces,
      ["vpcId"],
    );
  });

  it("leaves out what is ignored", () => {
    assert.deepEqual(
      diff("aws:ecs/service:Service", { desiredCount: 2 }, { desiredCount: 5 }, ["desiredCount"]),
      NOTHING,
    );
  });

  it("reads sets without their order, and lists with it", () => {
    const [ab, ba] = [
      ["a", "b"],
      ["b", "a"],
    ];
    assert.deepEqual(
      diff("aws:autoscaling/group:Group", { vpcZoneIdentifiers: ab }, { vpcZoneIdentifiers: ba }),
      NOTHING,
    );
    assert.deepEqual(
      diff("aws:autoscaling/group:Group", { terminationPolicies: ab }, { terminationPolicies: ba })
        .changed,
      ["terminationPolicies"],
    );
  });

  it("reads documents for what they say", () => {
    const document = (text: string) => ({ policy: text, role: "r" });
    assert.deepEqual(
      diff(
        "aws:iam/rolePolicy:RolePolicy",
        document('{"a":1,"b":[2]}'),
        document('{ "b": [2], "a": 1 }'),
      ),
      NOTHING,
    );
    assert.deepEqual(
      diff("aws:iam/rolePolicy:RolePolicy", document('{"a":1}'), document('{"a":2}')).changed,
      ["policy"],
    );
  });

  it("leaves out the list of what the provider filled in", () => {
    assert.deepEqual(
      diff(
        "aws:ecs/cluster:Cluster",
        { name: "a", __defaults: ["name"] },
        { name: "a", __defaults: [] },
      ),
      NOTHING,
    );
  });

  it("deletes first what keeps a name that the program gives", () => {
    const targets = (port: number, defaults: string[]) => ({
      name: "web",
      port,
      __defaults: defaults,
    });
    const replaced = (defaults: string[]) =>
      diff("aws:lb/targetGroup:TargetGroup", targets(80, defaults), targets(81, defaults))
        .deleteBeforeReplace;
    assert.equal(replaced([]), true);
    assert.equal(replaced(["name"]), false);
  });

  it("deletes first what cannot exist twice", () => {
    const policy = (days: number) => ({ policy: `{"days":${String(days)}}`, repository: "web" });
    assert.deepEqual(diff("aws:ecr/lifecyclePolicy:LifecyclePolicy", policy(1), policy(2)), {
      changed: ["policy"],
      replaces: ["policy"],
      deleteBeforeReplace: true,
    });
  });

  it("builds no image anew for other credentials", () => {
    const image = (password: string, server: string) => ({
      imageName: "a/b:c",
      registry: { server, username: "AWS", password },
    });
    assert.deepEqual(
      diff("docker:index/image:Image", image("one", "a"), image("two", "a")),
      NOTHING,
    );
    assert.deepEqual(diff("docker:index/image:Image", image("one", "a"), image("two", "b")), {
      changed: ["registry"],
      replaces: [],
      deleteBeforeReplace: false,
    });
  });
});
