import assert from "node:assert/strict";
import { notableOpenings } from "../../../tools/review/notable-openings";
import { aReview, aSecurityChange } from "./comparisons";

const permission = (after: string) =>
  aSecurityChange({ subject: "permission", title: "Role web", before: undefined, after });

describe("notableOpenings", () => {
  it("has all that opens in a stack that is there", () => {
    const security = [aSecurityChange(), aSecurityChange({ broadens: false })];

    assert.deepEqual(notableOpenings(aReview({}, { security })), [security[0]]);
  });

  it("has of a new stack what the Internet reaches", () => {
    const ways = ["Internet to LoadBalancer web", "Listener web: protocol"].map((title) =>
      aSecurityChange({ subject: "exposure", title, before: undefined }),
    );
    const security = [aSecurityChange(), ...ways];

    assert.deepEqual(notableOpenings(aReview({ before: undefined }, { security })), [ways[0]]);
  });

  it("has of a new stack the permissions with a wildcard", () => {
    const wide = [
      "Allow kms:* to AWS:arn:aws:iam::1:root",
      "Allow *",
      "Allow s3:GetObject, s3:* on arn:aws:s3:::a",
      "Allow ecr:GetAuthorizationToken on *",
      "Allow sns:Publish on ${Topic web.arn} to AWS:* if Bool aws:SecureTransport = true",
      "Allow all but iam:PassRole on arn:aws:s3:::a",
    ].map(permission);
    const narrow = [
      "Allow s3:GetObject on arn:aws:s3:::a/*",
      "Allow kms:GenerateDataKey* on arn:aws:kms:key",
      "Allow sts:AssumeRole to Service:ec2.amazonaws.com if ArnLike aws:SourceArn = arn:aws:ecs:*",
      "managed policy arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
    ].map(permission);
    const review = aReview({ before: undefined }, { security: [...narrow, ...wide] });

    assert.deepEqual(notableOpenings(review), wide);
  });
});
