import assert from "node:assert/strict";
import { screenOf } from "../../../tools/preview/screen";
import { SECRET } from "../../../tools/preview/graph";
import { maskReviews, maskText } from "../../../tools/review/mask";
import { renderJson } from "../../../tools/review/render-json";
import { renderMarkdown } from "../../../tools/review/render-markdown";
import { renderText } from "../../../tools/review/render-text";
import type { ComparedStack } from "../../../tools/review/stack-review";
import fc from "fast-check";
import { aFinding, aVerdict } from "../policy/verdicts";
import { aChange, aProperty, aReview, aSecurityChange, aSide } from "./comparisons";

const screen = screenOf({ write: () => 0 }, {}, false);

/** Parts are joined here, so that no scanner of this repository takes them for real ones. */
const [awsKey, awsSecret, jwt, gitHub, fineGrained, slack, gitLab] = [
  ["AK", "IA"],
  ["aws_secret", "_access_key"],
  ["ey", "J"],
  ["gh", "p_"],
  ["github", "_pat_"],
  ["xo", "xb"],
  ["gl", "pat"],
].map((parts) => parts.join("")) as [string, string, string, string, string, string, string];
const key = (body: string) =>
  ["-----BEGIN RSA ", `PRIVATE KEY-----\n${body}\n-----END RSA `, "PRIVATE KEY-----"].join("");

describe("maskText", () => {
  for (const [what, text, shown] of [
    ["an access key id", `id ${awsKey}ABCDEFGHIJKLMNOP.`, "id [secret]."],
    ["a key of several lines", `a\n${key("MIIabc\nDEF")}\nb`, "a\n[secret]\nb"],
    ["a key that never ends", `a ${key("MIIabc").slice(0, 40)}`, "a [secret]"],
    ["a secret access key", `${awsSecret} = abc/def+g`, "[secret]"],
    [
      "a JSON Web Token",
      `Bearer ${jwt}hbGciOiJI.${jwt}zdWIiOiIx.abc-_9 end`,
      "Bearer [secret] end",
    ],
    ["a token of GitHub", `x ${gitHub}${"a".repeat(40)} y`, "x [secret] y"],
    ["a fine-grained token", `${fineGrained}${"A1_".repeat(10)}`, "[secret]"],
    ["a token of Slack", `${slack}-1234567890-abc`, "[secret]"],
    ["a token of GitLab", `${gitLab}-${"a".repeat(22)}`, "[secret]"],
    ["a password in a URL", "postgres://me:hunter2@db/x", "postgres://me:[secret]@db/x"],
    ["a password of curl", "curl -s -u admin:pw https://a", "curl -s -u admin:[secret] https://a"],
    ["a password right behind -u", "curl -uadmin:pw a", "curl -uadmin:[secret] a"],
    ["a password of curl in figures", "curl --user 1:2 a", "curl --user 1:[secret] a"],
    [
      "two of one command",
      "curl -u a:b --proxy-user c:d",
      "curl -u a:[secret] --proxy-user c:[secret]",
    ],
    ["a password with blanks", `curl --user 'a:b "c' x`, "curl --user 'a:[secret]' x"],
    ["a continued command", "curl \\\n  -u 1:2 a", "curl \\\n  -u 1:[secret] a"],
    ["an option without its command", "--user admin:pw", "--user admin:[secret]"],
    ["a password of MySQL", "mysqldump -h db -ppw shop", "mysqldump -h db -p[secret] shop"],
    ["a quoted password of MySQL", "mysql -p'p w' shop", "mysql -p'[secret]' shop"],
    ["an option", "tool --password=pw -v", "tool --password=[secret] -v"],
    ["an option with a blank", 'tool --db-password "p w" -v', 'tool --db-password "[secret]" -v'],
    [
      "an option in a JSON text",
      String.raw`["tool --passwd \"pw\" -v"]`,
      String.raw`["tool --passwd \"[secret]\" -v"]`,
    ],
    [
      "an assignment by its name",
      'export DB_PASSWORD="hunter2" A=1',
      'export DB_PASSWORD="[secret]" A=1',
    ],
  ] as const) {
    it(`masks ${what}`, () => {
      assert.equal(maskText(text), shown);
    });
  }

  for (const text of [
    "nothing at all",
    "PASSWORD=$(aws ssm get-parameter)",
    "https://example.com/a?token=1".replace("token=1", "page=1"),
    "urn:pulumi:dev::shop::aws:ecs/service:Service::web",
    "sha256:0123456789abcdef",
    "docker run -p 8080:80 -u 1000:1000 mysql -p 8080",
    "docker run --user node:node web",
    "docker run mysql -p3306:3306",
    "docker login -u admin --password-stdin",
    "nc -u host:8080",
    "rsync -u web:/var/www /var/www",
    "sudo -u root mysql -p shop",
    'tool --password "$DB_PASSWORD" -u "$NAME:$WORD" --password --verbose',
    "https://$NAME:$WORD@host",
  ]) {
    it(`leaves ${text}`, () => {
      assert.equal(maskText(text), text);
    });
  }
});

describe("maskReviews", () => {
  const masked = (overrides: Parameters<typeof aProperty>[0]) => {
    const [review] = maskReviews([
      aReview({ changes: [aChange({ properties: [aProperty(overrides)] })] }),
    ]);
    return (review as ComparedStack).comparison.changes[0]!.properties[0]!;
  };

  it("masks the value of a variable whose name says that it is a secret", () => {
    const path = "containerDefinitions[app].environment[DB_PASSWORD].value";
    const { before, after } = masked({ path, before: "hunter2", after: "${urn:pulumi:a#b}" });

    assert.deepEqual([before, after], [SECRET, "${urn:pulumi:a#b}"]);
  });

  it("masks the value of a whole variable that is added", () => {
    const { after } = masked({ before: undefined, after: { name: "API_TOKEN", value: "abc" } });

    assert.deepEqual(after, { name: "API_TOKEN", value: SECRET });
  });

  it("leaves other variables and what is no text", () => {
    const path = "containerDefinitions[app].environment[LOG_LEVEL].value";
    const { before, after } = masked({ path, before: "info", after: 3 });

    assert.deepEqual([before, after], ["info", 3]);
  });

  it("masks every line of a key, on each side by itself", () => {
    const texts = key("MIIabc").split("\n");
    const { lines } = masked({
      lines: [
        { kind: "same", text: "set -e" },
        { kind: "same", text: texts[0]! },
        { kind: "removed", text: "MIIold" },
        { kind: "added", text: "MIInew" },
        { kind: "removed", text: texts[2]! },
        { kind: "added", text: "MIIlonger" },
        { kind: "added", text: texts[2]! },
        { kind: "same", text: "echo done" },
      ],
    });

    assert.deepEqual(
      lines?.map(({ text }) => text),
      ["set -e", ...Array.from({ length: 6 }, () => SECRET), "echo done"],
    );
  });

  it("masks the names of fields", () => {
    const { after } = masked({ after: { [`${awsKey}ABCDEFGHIJKLMNOP`]: 1 } });

    assert.deepEqual(after, { [SECRET]: 1 });
  });
});

describe("the artefacts of a review", () => {
  const alphabet = fc.constantFrom(...'abcXYZ019_-/+.,:;=@#|`*<>"$ \n'.split(""));
  const around = fc.string({ unit: alphabet, maxLength: 30 });
  const word = (length: number) =>
    fc.string({
      unit: fc.constantFrom(..."ABCDEFGHJKLMNPQRSTUVWXYZ23456789".split("")),
      minLength: length,
      maxLength: length,
    });
  const secret = fc.oneof(
    word(16).map((text) => `${awsKey}${text}`),
    word(36).map((text) => `${gitHub}${text}`),
    word(24).map((text) => `${fineGrained}${text}`),
    word(20).map((text) => `${slack}-${text}`),
    word(30).map((text) => `${jwt}${text}.${jwt}${text}.${text}`),
    word(40).map((text) => key(text)),
    word(16).map((text) => `curl -u admin:${text}`),
    word(16).map((text) => `wget --user "admin:${text}"`),
    word(16).map((text) => `--user admin:${text}`),
    word(16).map((text) => `mysql -h db -p${text}`),
    word(16).map((text) => `--password=${text}`),
    word(16).map((text) => `--password '${text}'`),
    word(16).map((text) => `https://admin:${text}@host`),
  );

  it("are masked in a time that grows with the text alone", () => {
    const texts = ["curl ", " -u", " -u a:", "a:", "curl \\\n", " --password ", "mysql -p", ':"'];
    const start = performance.now();
    for (const text of texts) maskText(text.repeat(40_000));

    assert.ok(performance.now() - start < 5_000);
  });

  it("hold no secret, wherever it is planted", () => {
    fc.assert(
      fc.property(around, secret, around, (before, planted, after) => {
        // A letter right before it makes another word of an access key id.
        const text = `${before} ${planted} ${after}`;
        const review = plantedEverywhere(text);
        const artefacts = [
          renderText([review, { stack: "other", failure: text }], screen),
          renderMarkdown([review, { stack: "other", failure: text }], { project: "shop" }),
          renderJson([review, { stack: "other", failure: text }]),
        ];
        const needles = planted.match(/[A-Z0-9]{16,}/g) ?? [];

        assert.ok(needles.length > 0);
        for (const artefact of artefacts) {
          assert.deepEqual(
            needles.filter((needle) => artefact.includes(needle)),
            [],
          );
          assert.ok(artefact.includes(SECRET));
        }
      }),
      { numRuns: 60 },
    );
  });
});

/** A review with the text in every place that a program can fill. */
function plantedEverywhere(text: string): ComparedStack {
  const lines = text.split("\n").map((line) => ({ kind: "added" as const, text: line }));
  const property = aProperty({ path: `tags[${text}]`, before: text, after: [{ [text]: text }] });
  const side = aSide({
    label: text,
    policies: aVerdict({ findings: [aFinding({ message: text, name: text })] }),
    exceededQuotas: [{ quota: "onDemandVcpus", needed: 2, granted: 1, text }],
  });
  return aReview(
    {
      after: side,
      changes: [
        aChange({
          name: text,
          hint: text,
          properties: [property, aProperty({ lines })],
          options: [property],
        }),
        aChange({
          operation: "delete",
          name: text,
          holds: "data",
          destruction: "refused",
          causes: [text],
        }),
      ],
      settings: [property],
      outputs: [property],
    },
    { security: [aSecurityChange({ title: text, before: text, after: text })] },
  );
}
