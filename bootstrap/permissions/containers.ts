import { inRegion } from "./conditions";
import { actionsOf, type Area } from "./permission-table";

const ecr = actionsOf("ecr");
const ecs = actionsOf("ecs");

const ECR_TAGS = ecr("TagResource", "UntagResource");
const ECS_TAGS = ecs("TagResource", "UntagResource");

/** Images, cluster and service. */
export const CONTAINERS: Area = {
  name: "containers",
  types: {
    "aws:ecr/repository:Repository": {
      source: "ecr/repository.go",
      create: ecr("CreateRepository", "TagResource"),
      read: ecr("DescribeRepositories", "ListTagsForResource"),
      update: [...ecr("PutImageTagMutability", "PutImageScanningConfiguration"), ...ECR_TAGS],
      // A repository that is encrypted with a key of KMS holds a grant on it.
      delete: [...ecr("DeleteRepository"), "kms:RetireGrant"],
    },
    "aws:ecr/lifecyclePolicy:LifecyclePolicy": {
      source: "ecr/lifecycle_policy.go",
      create: ecr("PutLifecyclePolicy"),
      read: ecr("GetLifecyclePolicy"),
      update: ecr("PutLifecyclePolicy"),
      delete: ecr("DeleteLifecyclePolicy"),
    },
    "docker:index/image:Image": {
      source:
        'none: Docker pushes, see "IAM permissions for pushing an image" in the ECR User Guide',
      create: ecr(
        "GetAuthorizationToken",
        "BatchCheckLayerAvailability",
        "BatchGetImage",
        "CompleteLayerUpload",
        "GetDownloadUrlForLayer",
        "InitiateLayerUpload",
        "PutImage",
        "UploadLayerPart",
      ),
      read: [],
      update: [],
      delete: [],
    },
    "aws:ecs/cluster:Cluster": {
      source: "ecs/cluster.go",
      create: ecs("CreateCluster", "TagResource"),
      read: ecs("DescribeClusters", "ListTagsForResource"),
      update: [...ecs("UpdateCluster"), ...ECS_TAGS],
      delete: ecs("DeleteCluster"),
    },
    "aws:ecs/capacityProvider:CapacityProvider": {
      source: "ecs/capacity_provider.go",
      // ECS marks the group as its own with the caller's permissions.
      create: [...ecs("CreateCapacityProvider", "TagResource"), "autoscaling:CreateOrUpdateTags"],
      read: ecs("DescribeCapacityProviders", "ListTagsForResource"),
      update: [...ecs("UpdateCapacityProvider"), ...ECS_TAGS],
      delete: ecs("DeleteCapacityProvider"),
    },
    "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders": {
      source: "ecs/cluster_capacity_providers.go",
      create: ecs("PutClusterCapacityProviders"),
      read: ecs("DescribeClusters"),
      update: ecs("PutClusterCapacityProviders"),
      delete: ecs("PutClusterCapacityProviders"),
    },
    "aws:ecs/taskDefinition:TaskDefinition": {
      source: "ecs/task_definition.go",
      create: [...ecs("RegisterTaskDefinition", "TagResource"), "iam:PassRole"],
      read: ecs("DescribeTaskDefinition", "ListTagsForResource"),
      update: ECS_TAGS,
      // Revisions stay for a rollback (skipDestroy).
      delete: [],
    },
    "aws:ecs/service:Service": {
      source: "ecs/service.go",
      create: ecs("CreateService", "TagResource"),
      read: ecs(
        "DescribeServices",
        "ListServiceDeployments",
        "DescribeServiceDeployments",
        "ListTagsForResource",
      ),
      update: [...ecs("UpdateService"), ...ECS_TAGS],
      delete: ecs("UpdateService", "DeleteService"),
    },
  },
  functions: {
    "aws:ecr/getAuthorizationToken:getAuthorizationToken": {
      source: "ecr/authorization_token_data_source.go",
      read: ecr("GetAuthorizationToken"),
    },
    "aws:ecr/getImage:getImage": {
      source: "ecr/image_data_source.go",
      read: ecr("DescribeImages", "DescribeRepositories"),
    },
  },
  reads: (application) => {
    const { partition, region, accountId, appName } = application;
    const arn = (service: string, resource: string) =>
      `arn:${partition}:${service}:${region}:${accountId}:${resource}`;
    return [
      {
        sid: "ReadUnnamed",
        why: "AWS knows no resource for these actions; the region is the limit",
        actions: [...ecr("GetAuthorizationToken"), ...ecs("DescribeTaskDefinition")],
        resources: ["*"],
        condition: inRegion(application),
      },
      {
        sid: "ReadRepositories",
        why: "names of repositories begin with the application's name",
        actions: ecr(
          "DescribeImages",
          "DescribeRepositories",
          "GetLifecyclePolicy",
          "ListTagsForResource",
        ),
        resources: [arn("ecr", `repository/${appName}-*`)],
      },
      {
        sid: "ReadServices",
        why: "names of clusters, services and families begin with the application's name",
        actions: ecs(
          "DescribeCapacityProviders",
          "DescribeClusters",
          "DescribeServiceDeployments",
          "DescribeServices",
          "ListServiceDeployments",
          "ListTagsForResource",
        ),
        resources: [
          arn("ecs", `cluster/${appName}-*`),
          arn("ecs", `capacity-provider/cp-${appName}-*`),
          arn("ecs", `service/${appName}-*`),
          arn("ecs", `service-deployment/${appName}-*`),
          arn("ecs", `task-definition/${appName}-*`),
        ],
      },
    ];
  },
  writes: ({ partition, region, accountId, appName }) => {
    const arn = (service: string, resource: string) =>
      `arn:${partition}:${service}:${region}:${accountId}:${resource}`;
    return [
      {
        sid: "ChangeRepositories",
        why: "names of repositories begin with the application's name",
        actions: ecr(
          "BatchCheckLayerAvailability",
          "BatchGetImage",
          "CompleteLayerUpload",
          "CreateRepository",
          "DeleteLifecyclePolicy",
          "DeleteRepository",
          "GetDownloadUrlForLayer",
          "InitiateLayerUpload",
          "PutImage",
          "PutImageScanningConfiguration",
          "PutImageTagMutability",
          "PutLifecyclePolicy",
          "TagResource",
          "UntagResource",
          "UploadLayerPart",
        ),
        resources: [arn("ecr", `repository/${appName}-*`)],
      },
      {
        sid: "RetireGrantsOfRepositories",
        why: "the key of an encrypted repository is AWS's own, its id is not known; ECR has to be the one that asks",
        actions: ["kms:RetireGrant"],
        resources: [arn("kms", "key/*")],
        condition: { StringEquals: { "kms:ViaService": `ecr.${region}.amazonaws.com` } },
      },
      {
        sid: "ChangeServices",
        why: "names of clusters, services and families begin with the application's name",
        actions: ecs(
          "CreateCapacityProvider",
          "CreateCluster",
          "CreateService",
          "DeleteCapacityProvider",
          "DeleteCluster",
          "DeleteService",
          "PutClusterCapacityProviders",
          "RegisterTaskDefinition",
          "TagResource",
          "UntagResource",
          "UpdateCapacityProvider",
          "UpdateCluster",
          "UpdateService",
        ),
        resources: [
          arn("ecs", `cluster/${appName}-*`),
          arn("ecs", `capacity-provider/cp-${appName}-*`),
          arn("ecs", `service/${appName}-*`),
          arn("ecs", `task-definition/${appName}-*`),
        ],
      },
    ];
  },
};
