import assert from "node:assert/strict";
import { ecsTaskHardened as policy } from "../../../../policies/rules/container/ecs-task-hardened";
import { UNKNOWN } from "../../../../tools/preview/graph";
import { containerDefinitions, planned, UNREADABLE } from "../../../support/container-definitions";
import { casesOf, type Changes, type Said } from "../../../support/policy-cases";

const LEVELS = { dev: "mandatory", prod: "mandatory" } as const;

const added = (add: unknown) => ({ linuxParameters: { capabilities: { add } } });
const PRIVILEGED: Said = [
  'container "app" is privileged',
  "privileged false or absent",
  "leave privileged out, and add the one capability that is missing",
];
const WRITABLE: Said = [
  'container "app" can write to its root file system',
  "readonlyRootFilesystem true",
  "set read_only in app/compose.yaml, with tmpfs for what is written",
];
const user = (what: string): Said => [
  `container "app" ${what}`,
  "a user other than root",
  "set user in app/compose.yaml to a number above 0",
];
const adds = (what: string): Said => [
  `container "app" adds ${what}`,
  "no added capability",
  "remove it from cap_add in app/compose.yaml",
];
const host = (property: string, what: string): Said => [
  `${property} is host`,
  "task or absent",
  `remove ${property}: with it the task shares ${what} of its instance`,
];

/** Fields of a container and what is said of them, in the task definition and in the plan alike. */
const BROKEN: readonly (readonly [what: string, change: Changes, said: Said])[] = [
  ["a privileged container", { privileged: true }, PRIVILEGED],
  ["an odd privileged", { privileged: 1 }, PRIVILEGED],
  ["a writable root", { readonlyRootFilesystem: false }, WRITABLE],
  ["a root that is writable by default", { readonlyRootFilesystem: undefined }, WRITABLE],
  ["no user", { user: undefined }, user("has no user")],
  ["a user that is a number", { user: 10001 }, user("has no user")],
  ["root", { user: "root" }, user("runs as root")],
  ["root by its number", { user: "0" }, user("runs as root")],
  ["root by a long number", { user: "00:10001" }, user("runs as root")],
  ["root with a group", { user: "root:app" }, user("runs as root")],
  ["a group without a user", { user: ":10001" }, user("runs as root")],
  ["an empty user", { user: "" }, user("runs as root")],
  ["an added capability", added(["SYS_ADMIN", "NET_RAW"]), adds("SYS_ADMIN, NET_RAW")],
  ["a single added capability", added("ALL"), adds("ALL")],
  ["what is no capability", added([{ a: 1 }]), adds("a capability that has no name")],
];

describe("ecs-task-hardened", () => {
  describe("on a task definition", () => {
    const { accepts, refuses, undecided, ignoresOtherTypes } = casesOf({
      policy,
      type: "aws:ecs/taskDefinition:TaskDefinition",
      props: containerDefinitions(),
      levels: LEVELS,
    });

    accepts("a hardened container");
    for (const change of [
      { privileged: false },
      { privileged: null },
      { user: "app" },
      { user: "1" },
      { user: "app:root" },
      { linuxParameters: undefined },
      { linuxParameters: null },
    ]) {
      accepts(JSON.stringify(change), containerDefinitions(change));
    }
    accepts("namespaces of the task", { pidMode: "task", ipcMode: "none" });

    for (const [what, change, said] of BROKEN) {
      refuses(what, containerDefinitions(change), said);
      refuses(`${what} in dev`, containerDefinitions(change), said, "dev");
    }
    refuses("a field in another case", containerDefinitions({ Privileged: true }), PRIVILEGED);
    refuses("everything of a container without a field", { containerDefinitions: "[{}]" }, [
      [
        WRITABLE[0].replace('container "app"', "a container without a name"),
        WRITABLE[1],
        WRITABLE[2],
      ],
      ["a container without a name has no user", user("")[1], user("")[2]],
    ]);
    refuses("the second container", containerDefinitions({}, { name: "proxy", user: "0" }), [
      'container "proxy" runs as root',
      user("")[1],
      user("")[2],
    ]);
    refuses("definitions that are not JSON", { containerDefinitions: "[" }, UNREADABLE);
    refuses("the processes of the instance", { pidMode: "host" }, host("pidMode", "the processes"));
    refuses(
      "the shared memory of the instance",
      { ipcMode: "host" },
      host("ipcMode", "the shared memory"),
    );

    undecided(
      "unknown definitions, and decides the rest",
      { containerDefinitions: UNKNOWN, pidMode: "host" },
      [host("pidMode", "the processes")],
    );
    undecided(
      "unknown modes, and decides the rest",
      { ...containerDefinitions({ user: "0" }), pidMode: UNKNOWN, ipcMode: UNKNOWN },
      [user("runs as root")],
    );
    ignoresOtherTypes();
  });

  describe("on the service component", () => {
    const { accepts, refuses, undecided } = casesOf({
      policy,
      type: "ecs-on-ec2:index:EcsService",
      props: planned(),
      levels: LEVELS,
    });

    accepts("a hardened container");
    for (const [what, change, said] of BROKEN) {
      refuses(what, planned(change), said);
    }
    for (const plan of [undefined, null, {}, [], "odd", { container: null }]) {
      refuses(`a plan ${JSON.stringify(plan)}`, { plan }, [
        ["a container without a name can write to its root file system", WRITABLE[1], WRITABLE[2]],
        ["a container without a name has no user", user("")[1], user("")[2]],
      ]);
    }
    undecided(
      "an unknown user, and decides the rest",
      planned({ user: UNKNOWN, privileged: true }),
      [PRIVILEGED],
    );
    undecided("an unknown plan", { plan: UNKNOWN });
  });

  describe("exceptions", () => {
    const judged = (change: Changes, limits: object) => {
      const found: string[] = [];
      for (const { type, check } of policy.checks) {
        if (type === "aws:ecs/taskDefinition:TaskDefinition") {
          check(
            {
              type,
              urn: "",
              name: "",
              props: containerDefinitions(change),
              options: { protect: false, ignoreChanges: [] },
            },
            {
              limits: { allowedCapabilities: [], exemptContainers: [], ...limits },
              environment: "prod",
              violate: ({ got }) => found.push(got),
            },
          );
        }
      }
      return found;
    };

    it("takes capabilities that are allowed", () => {
      const limits = { allowedCapabilities: ["NET_BIND_SERVICE"] };

      assert.deepEqual(judged(added(["NET_BIND_SERVICE"]), limits), []);
      assert.deepEqual(judged(added(["NET_BIND_SERVICE", "NET_RAW"]), limits), [
        'container "app" adds NET_RAW',
      ]);
    });

    it("takes a container that is exempt as it is", () => {
      assert.deepEqual(judged({ user: "0" }, { exemptContainers: ["app"] }), []);
      assert.deepEqual(judged({ user: "0" }, { exemptContainers: ["proxy"] }), [
        'container "app" runs as root',
      ]);
    });
  });
});
