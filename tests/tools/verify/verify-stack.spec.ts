import assert from "node:assert/strict";
import type { Check } from "../../../tools/verify/checks";
import { VerifyError } from "../../../tools/verify/verify-error";
import { verifyStack } from "../../../tools/verify/verify-stack";
import { aService, REVISION, targetsIn } from "./answers";

const deployed = {
  region: "eu-central-1",
  cluster: "web-cluster",
  service: "web-service",
  taskDefinition: REVISION,
  url: "http://web.example",
};

const called = (code: string): string =>
  `aws ecs describe-services\nAn error occurred (${code}) when calling the DescribeServices operation: no`;

/** Looks at a service of which ECS has these faults in turn, and then that it is well; time for some waits. */
async function looked(faults: readonly string[], waits: number) {
  const looks: (readonly Check[])[] = [];
  let questions = 0;
  let left = waits;
  const verification = verifyStack(deployed, "/readyz", {
    run: (_, [service]) => {
      if (service === "elbv2")
        return Promise.resolve(JSON.stringify(targetsIn("healthy", "healthy")));
      const fault = faults[questions++];
      return fault === undefined
        ? Promise.resolve(JSON.stringify(aService()))
        : Promise.reject(new VerifyError(fault));
    },
    get: () => Promise.resolve(200),
    patience: { wait: () => Promise.resolve(left-- > 0) },
    onLook: (checks) => looks.push(checks),
  });
  const [ended] = await Promise.allSettled([verification]);
  return {
    ended: ended.status === "fulfilled" ? ended.value.holds : String(ended.reason),
    questions,
    looks,
  };
}

describe("verifyStack", () => {
  it("asks again where AWS may answer later", async () => {
    const throttled = called("ThrottlingException");

    assert.deepEqual(await looked([throttled, called("ServerException")], 2), {
      ended: true,
      questions: 3,
      looks: [throttled, called("ServerException")].map((fault) => [
        {
          title: "every question is answered",
          result: "waiting",
          found: fault.replace("\n", "\n  "),
        },
      ]),
    });
  });

  it("ends with the last fault where it does not get better in time", async () => {
    const faults = ["ThrottlingException", "ServiceUnavailable", "InternalFailure"].map(called);

    const { ended, questions, looks } = await looked(faults, 2);

    assert.equal(ended, `VerifyError: ${called("InternalFailure")}`);
    assert.equal(questions, 3);
    assert.equal(looks.length, 2);
  });

  for (const fault of [
    "ThrottlingException",
    ...["Throttling", "RequestLimitExceeded", "TooManyRequestsException"].map(called),
    ...["ServiceUnavailable", "ServiceUnavailableException", "503", "429"].map(called),
    ...["InternalError", "InternalFailure", "InternalServerError", "ServerException"].map(called),
    ...["RequestTimeout", "RequestTimeoutException"].map(called),
    'aws ecs\nCould not connect to the endpoint URL: "https://ecs.eu-central-1.amazonaws.com/"',
    'aws ecs\nConnect timeout on endpoint URL: "https://ecs.eu-central-1.amazonaws.com/"',
    'aws ecs\nRead timeout on endpoint URL: "https://ecs.eu-central-1.amazonaws.com/"',
    "aws ecs\nConnection was closed before we received a valid response from endpoint URL",
    "aws ecs\n[Errno 111] Connection refused",
    "pulumi stack\nerror: dial tcp 192.0.2.1:443: connect: connection refused",
    "pulumi stack\nerror: dial tcp 192.0.2.1:443: i/o timeout",
    "pulumi stack\nerror: operation error S3: GetObject, https response error StatusCode: 503",
    "aws ecs\nno answer within 60 s",
  ]) {
    it(`waits after ${JSON.stringify(fault)}`, async () => {
      const { ended, questions } = await looked([fault], 1);

      assert.deepEqual({ ended, questions }, { ended: true, questions: 2 });
    });
  }

  for (const fault of [
    ...["AccessDeniedException", "AccessDenied", "UnrecognizedClientException"].map(called),
    ...["ExpiredTokenException", "ClusterNotFoundException", "ClientException"].map(called),
    "aws ecs\nthe program is not on the PATH; install it",
    'aws ecs\nUnable to locate credentials. You can configure credentials by running "aws configure".',
    "aws ecs\nThe config profile (web-dev) could not be found",
    "aws ecs --cluster Throttling-1a2b --services web-SlowDown\nno",
    "ECS knows no service web-service in cluster web-cluster of eu-central-1 (MISSING)",
    "incomplete: the answer about service web-service",
  ]) {
    it(`ends at once after ${JSON.stringify(fault)}`, async () => {
      const { ended, questions, looks } = await looked([fault], 1);

      assert.equal(ended, `VerifyError: ${fault}`);
      assert.equal(questions, 1);
      assert.deepEqual(looks, []);
    });
  }

  it("does not wait after a mistake of its own", async () => {
    const mistake = new TypeError("ThrottlingException");

    await assert.rejects(
      verifyStack(deployed, "/readyz", {
        run: () => Promise.reject(mistake),
        get: () => Promise.resolve(200),
        patience: { wait: () => Promise.resolve(true) },
        onLook: () => undefined,
      }),
      mistake,
    );
  });
});
