import assert from "node:assert/strict";
import { buildUserData } from "../../../infra/lib/user-data";

describe("buildUserData", () => {
  it("configures the ECS agent and runs nothing else", () => {
    const userData = buildUserData({
      clusterName: "web-cluster-1a2b3c4",
      reservedMemoryMiB: 256,
      stopTimeoutSeconds: 45,
    });

    assert.equal(
      userData,
      `#!/bin/bash
cat <<'EOF' >> /etc/ecs/ecs.config
ECS_CLUSTER=web-cluster-1a2b3c4
ECS_AWSVPC_BLOCK_IMDS=true
ECS_ENABLE_SPOT_INSTANCE_DRAINING=true
ECS_ENABLE_CONTAINER_METADATA=true
ECS_IMAGE_PULL_BEHAVIOR=once
ECS_RESERVED_MEMORY=256
ECS_CONTAINER_STOP_TIMEOUT=45s
ECS_ENGINE_TASK_CLEANUP_WAIT_DURATION=30m
EOF
`,
    );
  });
});
