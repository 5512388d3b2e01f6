import { z } from "zod";
import type { ContainerHealthCheck } from "../container-contract";
import {
  HEALTH_CHECK_INTERVAL_SECONDS,
  HEALTH_CHECK_RETRIES,
  HEALTH_CHECK_START_PERIOD_SECONDS,
  HEALTH_CHECK_TIMEOUT_SECONDS,
} from "./ecs-limits";
import type { Read } from "./readers";
import { integer, isMapping, mapping, reader, readFlag, seconds, show } from "./readers";

const FORMS = "CMD with a program, or CMD-SHELL with one command line";

const readTest: Read<readonly string[]> = (value, report) => {
  if (value === undefined) {
    report("missing, and ECS does not read the image's HEALTHCHECK; write the check here");
    return [];
  }
  if (typeof value === "string" && value.trim() !== "") return ["CMD-SHELL", value];
  const words = Array.isArray(value) ? value.filter((word) => typeof word === "string") : [];
  const wholly = Array.isArray(value) && words.length === value.length;
  const fits =
    (words[0] === "CMD" && words.length > 1) || (words[0] === "CMD-SHELL" && words.length === 2);
  if (!wholly || !fits) {
    const got = wholly ? `[${words.join(", ")}]` : show(value);
    report(`${got} is no check; write text, or a list of ${FORMS}`);
  }
  return words;
};

/** Compose's own defaults, which are Docker's: ECS would wait 5 s where Compose waits 30 s. */
const checkSchema = mapping({
  test: reader(readTest),
  interval: reader(seconds(HEALTH_CHECK_INTERVAL_SECONDS)).prefault("30s"),
  timeout: reader(seconds(HEALTH_CHECK_TIMEOUT_SECONDS)).prefault("30s"),
  retries: reader(integer(HEALTH_CHECK_RETRIES)).prefault(3),
  start_period: reader(seconds(HEALTH_CHECK_START_PERIOD_SECONDS)).prefault("0s"),
  disable: reader(readFlag).prefault(false),
});

/** `healthcheck`: undefined where there is none, or where it is switched off. */
export const healthCheckSchema = z
  .preprocess((value) => (isSwitchedOff(value) ? undefined : value), checkSchema.optional())
  .transform((check): ContainerHealthCheck | undefined =>
    check === undefined
      ? undefined
      : {
          command: check.test,
          intervalSeconds: check.interval,
          timeoutSeconds: check.timeout,
          retries: check.retries,
          startPeriodSeconds: check.start_period,
        },
  );

function isSwitchedOff(value: unknown): boolean {
  if (!isMapping(value)) return false;
  const { disable, test } = value;
  return disable === true || disable === "true" || (Array.isArray(test) && test[0] === "NONE");
}
