import assert from "node:assert/strict";
import { loadContainer } from "../../../infra/compose";
import { loadConfig, loadSecrets } from "../../../infra/config";
import type { IamPolicy } from "../../../infra/lib/iam-policy";
import { planStack } from "../../../infra/plan";
import { declareStack } from "../../../infra/stack";
import type { TypePermissions } from "../../../bootstrap/permissions/permission-table";
import { AREAS } from "../../../bootstrap/permissions/policy-documents";
import type { Json, ResourceNode } from "../../../tools/preview/graph";
import { readReference } from "../authorization-reference";
import { deployDocuments, previewDocuments, PROD } from "../documents";
import { globsIntersect } from "../globs";
import { type IamRequest, isAllowed } from "../iam-simulation";
import { type RecordedDeployment, recordDeployment } from "../recorded-deployment";
import { shippedFiles } from "../../support/shipped-files";

/**
 * Every setting that changes which types the program declares or which functions it calls, each in the stack
 * that it is in the way of nothing.
 */
const VARIANTS: readonly (readonly [stack: string, settings: Readonly<Record<string, string>>])[] =
  [
    ["dev", {}],
    ["prod", {}],
    ["dev", { natGateways: "None", interfaceEndpoints: "true" }],
    ["dev", { networkMode: "awsvpc", amiSource: "launch" }],
    ["dev", { alarmEmail: "alarms@example.com", imageDigest: `sha256:${"a".repeat(64)}` }],
    ["prod", { staticIngressIps: "true", imageEncryption: "KMS" }],
    [
      "prod",
      {
        scheduledScaling:
          '[{"name":"day","schedule":"cron(0 6 * * ? *)","timezone":"UTC","minTasks":8,"maxTasks":20}]',
      },
    ],
  ];

/** Groups resources and talks to nobody. */
const isComponent = (type: string) => /^(ecs-on-ec2:index|awsx|pulumi):/.test(type);

const TABLE: Readonly<Record<string, TypePermissions>> = Object.fromEntries(
  AREAS.flatMap(({ types }) => Object.entries(types)),
);
const FUNCTIONS = Object.fromEntries(
  AREAS.flatMap(({ functions = {} }) => Object.entries(functions)),
);
const REFERENCE = readReference();
const BOUNDARY = PROD.boundaryArn;

/** What AWS asks nobody for. */
const WITHOUT_PERMISSION = [
  "aws:index/getCallerIdentity:getCallerIdentity",
  // The provider knows both.
  "aws:index/getPartition:getPartition",
  "aws:index/getRegion:getRegion",
];

function application() {
  const config = loadConfig();
  const { composeFile, composeService } = config.container;
  return declareStack(planStack(config, loadContainer(composeFile, composeService)), loadSecrets());
}

describe("the tables of permissions", () => {
  const runs = new Map<string, RecordedDeployment>();
  let resources: readonly ResourceNode[] = [];

  before(async function () {
    this.timeout(60_000);
    for (const [stack, settings] of VARIANTS) {
      const files = shippedFiles(stack);
      const changes = Object.entries({ ...settings, permissionsBoundary: BOUNDARY });
      const config = {
        ...files.config,
        ...Object.fromEntries(changes.map(([key, value]) => [`ecs-on-ec2:${key}`, value])),
      };
      runs.set(
        `${stack} ${JSON.stringify(settings)}`,
        await recordDeployment(application, { ...files, config }),
      );
    }
    resources = [...runs.values()]
      .flatMap(({ graph }) => graph.resources)
      .filter(({ type }) => !isComponent(type));
  });

  it("have an entry for every type that the program declares, and for no other", () => {
    const declared = new Set(resources.map(({ type }) => type));

    assert.deepEqual(Object.keys(TABLE).sort(), [...declared].sort());
  });

  it("have an entry for every function that the program calls, and for no other", () => {
    const called = new Set([...runs.values()].flatMap(({ functions }) => functions));
    assert.deepEqual([...called].sort(), [...Object.keys(FUNCTIONS), ...WITHOUT_PERMISSION].sort());
  });

  it("give the deploy role every action of theirs, and no action that none of them has", () => {
    const needed = new Set([
      ...Object.values(TABLE).flatMap((each) => [
        ...each.create,
        ...each.read,
        ...each.update,
        ...each.delete,
      ]),
      ...Object.values(FUNCTIONS).flatMap(({ read }) => read),
    ]);
    const managed = Object.entries(deployDocuments()).filter(([name]) => name !== "state");

    assert.deepEqual(actionsIn(managed.map(([, document]) => document)), [...needed].sort());
  });

  it("give the preview role every reading action of theirs", () => {
    const read = [...Object.values(TABLE), ...Object.values(FUNCTIONS)].flatMap(({ read }) => read);
    const given = actionsIn(Object.values(previewDocuments()));

    assert.deepEqual(
      [...new Set(read)].filter((action) => !given.includes(action)),
      [],
    );
  });

  for (const step of ["create", "read", "update", "delete"] as const) {
    it(`let the deploy role ${step} every resource of prod on its own ARN`, () => {
      const documents = Object.values(deployDocuments());
      const prod = runs.get("prod {}")?.graph.resources ?? [];
      const requests = prod
        .filter(({ type }) => !isComponent(type))
        .flatMap((resource) => requestsFor(resource, step));

      assert.ok(requests.length > 50, `${String(requests.length)} requests`);
      assert.deepEqual(
        requests.filter((request) => !isAllowed(documents, request)),
        [],
      );
    });
  }

  it("let the preview role read every resource of prod on its own ARN", () => {
    const documents = Object.values(previewDocuments());
    const prod = runs.get("prod {}")?.graph.resources ?? [];

    assert.deepEqual(
      prod
        .filter(({ type }) => !isComponent(type))
        .flatMap((resource) => requestsFor(resource, "read"))
        .filter((request) => !isAllowed(documents, request)),
      [],
    );
  });
});

function actionsIn(documents: readonly IamPolicy[]): string[] {
  const actions = documents.flatMap(({ Statement }) => Statement.flatMap(({ Action }) => Action));
  return [...new Set(actions)].sort();
}

type Step = "create" | "read" | "update" | "delete";

/** What the table says that is asked for a resource, each action on those of its ARNs that AWS checks it on. */
function requestsFor({ type, outputs, inputs }: ResourceNode, step: Step): IamRequest[] {
  const tags = tagsOf(outputs["tagsAll"]);
  return (TABLE[type]?.[step] ?? []).flatMap((action): IamRequest[] => {
    const known = REFERENCE.actions[action];
    assert.ok(known !== undefined, action);
    const [service = ""] = action.split(":");
    const arns = [outputs["arn"], ...Object.values(inputs)].filter(
      (value): value is string => typeof value === "string" && value.startsWith("arn:"),
    );
    const checked =
      Object.keys(known.resources).length === 0
        ? ["*"]
        : arns.filter((arn) =>
            Object.keys(known.resources).some((kind) =>
              globsIntersect(arn, REFERENCE.resources[`${service}:${kind}`]?.arn ?? ""),
            ),
          );
    return checked.map((resource) => ({
      action,
      resource,
      context: {
        ...OF_EVERY_REQUEST,
        ...(step === "create" || action.includes("Tag") ? prefixed("RequestTag", tags) : {}),
        ...(step === "create" && resource === outputs["arn"]
          ? whileCreating(action, TABLE[type]?.create[0] ?? "", tags)
          : prefixed("ResourceTag", tags)),
      },
    }));
  });
}

const OF_EVERY_REQUEST = {
  "aws:RequestedRegion": PROD.region,
  "iam:PermissionsBoundary": BOUNDARY,
  "iam:PolicyARN": "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
  "iam:PassedToService": "ecs-tasks.amazonaws.com",
  "kms:ViaService": `ecr.${PROD.region}.amazonaws.com`,
  "application-autoscaling:service-namespace": "ecs",
  "application-autoscaling:scalable-dimension": "ecs:service:DesiredCount",
  "ec2:LaunchTemplate": `arn:aws:ec2:${PROD.region}:${PROD.accountId}:launch-template/lt-1`,
};

type Tags = Readonly<Record<string, string>>;

const prefixed = (kind: "RequestTag" | "ResourceTag", tags: Tags) =>
  Object.fromEntries(Object.entries(tags).map(([tag, value]) => [`aws:${kind}/${tag}`, value]));

/**
 * What the creation itself and what AWS checks with it know of the new resource: no tags. What the provider
 * calls afterwards finds them.
 */
function whileCreating(action: string, creation: string, tags: Tags): Record<string, string> {
  const isPart = [
    creation,
    "ec2:CreateTags",
    "kms:TagResource",
    "acm:AddTagsToCertificate",
  ].includes(action);
  return isPart
    ? { "ec2:CreateAction": creation.split(":")[1] ?? "" }
    : prefixed("ResourceTag", tags);
}

function tagsOf(tagsAll: Json | undefined): Tags {
  return tagsAll !== null && typeof tagsAll === "object" && !Array.isArray(tagsAll)
    ? (tagsAll as Record<string, string>)
    : { Project: PROD.project, Environment: PROD.environment };
}
