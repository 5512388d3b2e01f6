import { refuseWrongPolicyPath } from "../rules/identity";
import { textOf } from "../rules/rule";
import { AUTO_SCALING_BEHAVIOURS } from "./auto-scaling-group";
import type { Behaviours } from "./behaviour";
import { CONTAINER_SERVICE_BEHAVIOURS } from "./container-service";
import { IMAGE_BEHAVIOURS } from "./image";
import { LOAD_BALANCING_BEHAVIOURS } from "./load-balancing";
import { VERSION_BEHAVIOURS } from "./versions";

/** What AWS does with some types beyond keeping their settings. */
export const BEHAVIOURS: Behaviours = {
  ...AUTO_SCALING_BEHAVIOURS,
  ...CONTAINER_SERVICE_BEHAVIOURS,
  ...IMAGE_BEHAVIOURS,
  ...LOAD_BALANCING_BEHAVIOURS,
  ...VERSION_BEHAVIOURS,
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": {
    refuse: (attachment) => {
      refuseWrongPolicyPath(textOf(attachment, "policyArn"));
    },
  },
};
