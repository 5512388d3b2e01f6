import assert from "node:assert/strict";
import type { Bag } from "../../../../tools/preview/graph";
import { aResource } from "../../preview/small-graph";
import { changesBetween, having, output, role } from "./changes-between";

const balancer = having("aws:lb/loadBalancer:LoadBalancer", "web", { internal: true });
const bucket = having("aws:s3/bucket:Bucket", "logs", {});
const app = (container: Bag): Bag => ({
  containerDefinitions: JSON.stringify([
    {
      name: "app",
      user: "1000",
      readonlyRootFilesystem: true,
      linuxParameters: { capabilities: { drop: ["ALL"] } },
      ...container,
    },
  ]),
});

/** What is more open with the second inputs; the way back has to be narrower by the same texts. */
const OPENINGS: readonly (readonly [type: string, closed: Bag, open: Bag, told: string])[] = [
  [
    "aws:lb/loadBalancer:LoadBalancer",
    { internal: true },
    {},
    "scheme | internal => internet-facing",
  ],
  [
    "aws:lb/loadBalancer:LoadBalancer",
    { internal: true, enableDeletionProtection: true },
    { internal: true },
    "deletion protection | on => off",
  ],
  [
    "aws:lb/listener:Listener",
    { protocol: "HTTPS", port: 443, sslPolicy: "x" },
    { protocol: "HTTP", port: 443 },
    "protocol | HTTPS on port 443 => HTTP on port 443",
  ],
  [
    "aws:lb/listener:Listener",
    {
      protocol: "HTTP",
      port: 80,
      defaultActions: [{ type: "redirect", redirect: { protocol: "HTTPS" } }],
    },
    { protocol: "HTTP", port: 80 },
    "protocol | HTTP that redirects to HTTPS on port 80 => HTTP on port 80",
  ],
  [
    "aws:lb/listener:Listener",
    { protocol: "TLS", port: 1, sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06" },
    { protocol: "TLS", port: 1 },
    "TLS policy | ELBSecurityPolicy-TLS13-1-2-2021-06 => ELBSecurityPolicy-2016-08",
  ],
  [
    "aws:ec2/subnet:Subnet",
    {},
    { mapPublicIpOnLaunch: true },
    "addresses | instances get private addresses only => instances get public addresses",
  ],
  [
    "aws:ec2/instance:Instance",
    { metadataOptions: { httpTokens: "required" } },
    {},
    "instance metadata | answers with a token only (IMDSv2) => answers without a token (IMDSv1)",
  ],
  [
    "aws:ec2/launchTemplate:LaunchTemplate",
    { metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 } },
    { metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 2 } },
    "hop limit of instance metadata | 1 hop => 2 hops",
  ],
  [
    "aws:ec2/launchTemplate:LaunchTemplate",
    { metadataOptions: { httpTokens: "required" } },
    {
      metadataOptions: { httpTokens: "required" },
      networkInterfaces: [{ associatePublicIpAddress: "true" }],
    },
    "public address | no public address of its own => public address",
  ],
  [
    "aws:ec2/launchTemplate:LaunchTemplate",
    {
      metadataOptions: { httpEndpoint: "disabled" },
      blockDeviceMappings: [{ deviceName: "/dev/a", ebs: { encrypted: "true" } }],
    },
    {
      metadataOptions: { httpEndpoint: "disabled" },
      blockDeviceMappings: [{ deviceName: "/dev/a", ebs: {} }],
    },
    "volume /dev/a | encrypted => not encrypted",
  ],
  [
    "aws:ecs/service:Service",
    {},
    { networkConfiguration: { assignPublicIp: true } },
    "public address | no public address of its own => public address",
  ],
  [
    "aws:ecs/service:Service",
    {},
    { enableExecuteCommand: true },
    "ECS Exec | no shell in the containers => people with ecs:ExecuteCommand get a shell in the containers",
  ],
  [
    "aws:ecs/taskDefinition:TaskDefinition",
    app({}),
    app({ privileged: true }),
    "container app: privileged | not privileged => privileged",
  ],
  [
    "aws:ecs/taskDefinition:TaskDefinition",
    app({}),
    app({ user: "0:0" }),
    "container app: user | 1000 => 0:0",
  ],
  [
    "aws:ecs/taskDefinition:TaskDefinition",
    app({}),
    app({ readonlyRootFilesystem: false }),
    "container app: root file system | read-only => writable",
  ],
  [
    "aws:ecs/taskDefinition:TaskDefinition",
    app({}),
    app({ linuxParameters: {} }),
    "container app: kept capabilities | none => Docker's default ones",
  ],
  [
    "aws:ecs/taskDefinition:TaskDefinition",
    { ...app({}), networkMode: "bridge" },
    { ...app({}), networkMode: "host" },
    "network | network of its own => network of the instance",
  ],
  [
    "aws:ecr/repository:Repository",
    { imageTagMutability: "IMMUTABLE" },
    {},
    "tags | immutable => can be moved",
  ],
  [
    "aws:ecr/repository:Repository",
    {},
    { forceDelete: true },
    "deletion with its images | refused => allowed",
  ],
  ["aws:kms/key:Key", { enableKeyRotation: true }, {}, "rotation | on => off"],
  [
    "aws:sns/topic:Topic",
    { kmsMasterKeyId: "k" },
    {},
    "encryption | by a key of KMS => no key of KMS, at most one of AWS",
  ],
  [
    "aws:ssm/parameter:Parameter",
    { type: "SecureString" },
    { type: "String" },
    "encryption | encrypted => plain text",
  ],
  [
    "aws:rds/instance:Instance",
    { storageEncrypted: true },
    {},
    "encryption | encrypted => not encrypted",
  ],
  [
    "aws:efs/fileSystem:FileSystem",
    { encrypted: true },
    {},
    "encryption | encrypted => not encrypted",
  ],
  [
    "aws:iam/role:Role",
    { permissionsBoundary: "arn:b" },
    {},
    "permissions boundary | arn:b => none",
  ],
];

describe("exposureChanges", () => {
  for (const [type, closed, open, told] of OPENINGS) {
    const [what = "", states = ""] = told.split(" | ");
    it(`tells ${what} of a ${type.split(":").at(-1) ?? ""}: ${states}`, () => {
      const title = `${type.split(":").at(-1) ?? ""} it: ${what}`;
      const [from = "", to = ""] = states.split(" => ");
      const exposures = (before: Bag, after: Bag) =>
        changesBetween([having(type, "it", before)], [having(type, "it", after)]).filter((change) =>
          change.includes(title),
        );

      assert.deepEqual(exposures(closed, open), [`! exposure widened ${title} | ${from} => ${to}`]);
      assert.deepEqual(exposures(open, closed), [`exposure narrowed ${title} | ${to} => ${from}`]);
    });
  }

  it("tells of what is new only what opens something", () => {
    const closed = [
      balancer,
      having("aws:kms/key:Key", "k", {}),
      role("r"),
      having("aws:ecs/taskDefinition:TaskDefinition", "t", app({})),
    ];

    assert.deepEqual(changesBetween(undefined, closed), []);
    assert.deepEqual(
      changesBetween(undefined, [
        having("aws:ecs/taskDefinition:TaskDefinition", "t", app({ privileged: true })),
      ]),
      ["! exposure added TaskDefinition t: container app: privileged | - => privileged"],
    );
  });

  it("tells of what is gone what it had opened", () => {
    const open = having("aws:lb/listener:Listener", "http", { protocol: "HTTP", port: 80 });

    assert.deepEqual(changesBetween([open], []), [
      "exposure removed Listener http: protocol | HTTP on port 80 => -",
    ]);
  });

  it("tells capabilities that are added, and those of a container that is new", () => {
    const adding = (name: string, add: string[]) =>
      having(
        "aws:ecs/taskDefinition:TaskDefinition",
        "t",
        app({ name, linuxParameters: { capabilities: { drop: ["ALL"], add } } }),
      );

    assert.deepEqual(changesBetween([adding("app", [])], [adding("app", ["SYS_ADMIN"])]), [
      "! exposure added TaskDefinition t: container app: capability SYS_ADMIN | - => added",
    ]);
    assert.deepEqual(changesBetween([adding("app", [])], [adding("side", [])]), []);
  });

  it("misses the companions of a bucket and a load balancer", () => {
    const block = having("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", "logs", {
      bucket: output(bucket, "id"),
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    const open = { ...block, inputs: { ...block.inputs, blockPublicPolicy: false } };
    const acl = having("aws:wafv2/webAclAssociation:WebAclAssociation", "web", {
      resourceArn: output(balancer, "arn"),
    });

    assert.deepEqual(changesBetween([bucket, block], [bucket]), [
      "! exposure widened Bucket logs: public access | blocked => no public access block",
    ]);
    assert.deepEqual(changesBetween([bucket, block], [bucket, open]), [
      "! exposure widened Bucket logs: public access | blocked => blocked without blockPublicPolicy",
    ]);
    assert.deepEqual(changesBetween([balancer, acl], [balancer]), [
      "! exposure widened LoadBalancer web: web ACL | behind a web ACL => no web ACL",
    ]);
  });

  it("tells rules of a web ACL that only count or are gone", () => {
    const acl = (...rules: Bag[]) => having("aws:wafv2/webAcl:WebAcl", "web", { rules });
    const rule = (action: string) => ({ name: "bad", action: { [action]: {} } });

    assert.deepEqual(changesBetween([acl(rule("block"))], [acl(rule("count"))]), [
      "! exposure widened WebAcl web: rule bad | in force => counts only",
    ]);
    assert.deepEqual(changesBetween([acl(rule("count"))], [acl()]), [
      "! exposure widened WebAcl web: rule bad | counts only => none",
    ]);
    assert.deepEqual(changesBetween([acl()], [acl(rule("block"))]), [
      "exposure narrowed WebAcl web: rule bad | none => in force",
    ]);
  });

  it("takes the address of a NAT gateway for one that only leads out", () => {
    const eip = having("aws:ec2/eip:Eip", "out", {});
    const nat = having("aws:ec2/natGateway:NatGateway", "out", { allocationId: output(eip, "id") });

    assert.deepEqual(changesBetween([], [eip, nat]), []);
    assert.deepEqual(changesBetween([], [eip]), [
      "! exposure added Eip out: address | - => public address that can be reached",
    ]);
  });

  it("tells a lock of Pulumi that is taken off, of any type", () => {
    const locked = aResource("aws:x/y:Z", "z", { options: { protect: true } });

    assert.deepEqual(changesBetween([locked], [{ ...locked, options: {} }]), [
      "! exposure widened Z z: protect | protected from deletion => can be deleted by Pulumi",
    ]);
  });
});
