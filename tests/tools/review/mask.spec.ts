import assert from "node:assert/strict";
import { screenOf } from "../../../tools/preview/screen";
import type { Json } from "../../../tools/preview/graph";
import { SECRET, UNKNOWN } from "../../../tools/preview/graph";
import { COMMAND_SECRETS, OPTION } from "../../../tools/review/command-secrets";
import { maskInput, maskReviews, maskText } from "../../../tools/review/mask";
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

/** What a command takes as an argument, and what is shown of it. */
const COMMANDS = [
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
  ["a password behind clustered options", "curl -sku bob:pw a", "curl -sku bob:[secret] a"],
  ["one in clustered options alone", "-sku bob:pw a", "-sku bob:[secret] a"],
  ["a password quoted by itself", "curl -u bob:'pa ss word' a", "curl -u bob:'[secret]' a"],
  ["one in double quotes by itself", 'curl -u bob:"p w" a', 'curl -u bob:"[secret]" a'],
  ["what single quotes keep", "curl -u bob:'$ecret' a", "curl -u bob:'[secret]' a"],
  ["a token", "tool --token x -v", "tool --token [secret] -v"],
  ["a token of a kind", "tool --session-token='a b'", "tool --session-token='[secret]'"],
] as const;

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
    [
      "an assignment by its name",
      'export DB_PASSWORD="hunter2" A=1',
      'export DB_PASSWORD="[secret]" A=1',
    ],
    ["a quoted assignment", "DB_PASSWORD='correct horse zz' a", "DB_PASSWORD='[secret]' a"],
    ["one in double quotes", 'DB_PASSWORD="a \\" b" c', 'DB_PASSWORD="[secret]" c'],
    [
      "one in a JSON text",
      String.raw`["DB_PASSWORD=\"a b\" c"]`,
      String.raw`["DB_PASSWORD=\"[secret]\" c"]`,
    ],
    ["one with an escaped blank", String.raw`DB_PASSWORD=a\ b c`, "DB_PASSWORD=[secret] c"],
    ["what single quotes keep", "DB_PASSWORD='$ecret1234'", "DB_PASSWORD='[secret]'"],
    [
      "one in another one",
      'RUN="export DB_PASSWORD=pw" A=1',
      'RUN="export DB_PASSWORD=[secret]" A=1',
    ],
    ["a key that is assigned", `A_PRIVATE_KEY="${key("MIIabc\nDEF")}"`, 'A_PRIVATE_KEY="[secret]"'],
    [
      "a line of YAML",
      "a: 1\n  DB_PASSWORD: correct horse, it's\nb: 2",
      "a: 1\n  DB_PASSWORD: [secret]\nb: 2",
    ],
    [
      "YAML in a JSON text",
      String.raw`"a: 1\nDB_PASSWORD: a b\nc: 2"`,
      String.raw`"a: 1\nDB_PASSWORD: [secret]\nc: 2"`,
    ],
    ["an object of YAML", "a: { password: x", "a: { password: [secret]"],
    ["an item of YAML", "- dbPassword: 'a b' # c", "- dbPassword: '[secret]' # c"],
    ["a setting of Pulumi", "  shop:apiKey: a", "  shop:apiKey: [secret]"],
    ["a header", `-H "X-Auth-Token: a b" c`, `-H "X-Auth-Token: [secret]" c`],
    [
      "JSON that does not parse",
      'x {"password": "a \\" b", "c": 1',
      'x {"password": "[secret]", "c": 1',
    ],
    [
      "JSON in JSON",
      String.raw`{"a":"{\"token\":\"x\",\"b\":1}"}`,
      String.raw`{"a":"{\"token\":\"[secret]\",\"b\":1}"}`,
    ],
    ["a number in JSON", '{"DB_PASSWORD": 12345, "a": 1}', '{"DB_PASSWORD": "[secret]", "a": 1}'],
    [
      "a password in a URL with an @",
      "https://user:p@ss@host/a@b c@d",
      "https://user:[secret]@host/a@b c@d",
    ],
    ["one in a list of JSON", '["x://u:p@h","me@y"]', '["x://u:[secret]@h","me@y"]'],
    ...COMMANDS,
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
    "DB_PASSWORD='${urn:pulumi:dev::shop::a:b:C::d#e}' DB_PASSWORD=\"$WORD\"",
    "DB_PASSWORD: ${DB_PASSWORD}\npassword: <yours>\ntoken: !Ref Token\nsecret: true\ntoken:",
    '{"password": "${urn:pulumi:dev::shop::a:b:C::d#e}", "token": null, "apiKey": ""}',
    `{"password":"${UNKNOWN}"}`,
    '{"httpTokens": "required", "secretArn": "a", "tokenKeyId": "b", "secret": "arn:aws:ssm:a"}',
    '{"token.actions.githubusercontent.com:aud": "sts.amazonaws.com"}',
    "it has a token: the first one",
    'curl -u bob:"$WORD" -H "X-aws-ec2-metadata-token: $TOKEN" --token "$TOKEN" --token <token>',
    "tar -cu a:",
  ]) {
    it(`leaves ${text}`, () => {
      assert.equal(maskText(text), text);
    });
  }
});

describe("OPTION", () => {
  for (const [what, text] of COMMANDS) {
    it(`stands where a command has ${what}`, () => {
      assert.ok(COMMAND_SECRETS.some((pattern) => text.search(pattern) >= 0));
      assert.match(text, OPTION);
    });
  }
});

describe("maskInput", () => {
  it("masks numbers and the fields of what is created", () => {
    assert.equal(maskInput("environment[0].DB_PASSWORD", 12345), SECRET);
    assert.deepEqual(maskInput("nested", { port: 80, apiKey: 5, list: ["a"] }), {
      port: 80,
      apiKey: SECRET,
      list: ["a"],
    });
  });
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

  for (const [path, value, shown] of [
    ["aws:secretKey", "x", SECRET],
    ["aws:token", "x", SECRET],
    ["shop:DB_PASSWORD_OLD", "12345", SECRET],
    ["parameters[db_password_old].value", "x", SECRET],
    [
      "docker:registryAuth",
      [{ address: "a", username: "b", password: "x" }],
      [{ address: "a", username: "b", password: SECRET }],
    ],
    ["dbPassword", "x", SECRET],
    ["dbPassword.value", "x", SECRET],
    ["passwords[0].password[1]", "x", SECRET],
    [
      "nested",
      { password: "x", list: [{ apiKey: 5 }] },
      { password: SECRET, list: [{ apiKey: SECRET }] },
    ],
    ["password", ["x", { value: "y", arn: "z" }], [SECRET, { value: SECRET, arn: "z" }]],
    ["defaultActions[0].authenticateOidc.clientSecret", "x", SECRET],
    ["environment.variables.DB_PASSWORD", 12345, SECRET],
    ["containerDefinitions[app].environment[DB_PASSWORD].value", 12345, SECRET],
    ["list", [{ name: "DB_PASSWORD", value: 12345 }], [{ name: "DB_PASSWORD", value: SECRET }]],
    [
      "containerDefinitions",
      '[{ "environment": [{ "name": "DB_PASSWORD", "value": "x" }] }]',
      '[{"environment":[{"name":"DB_PASSWORD","value":"[secret]"}]}]',
    ],
    ["basicAuthCredentials", "x", SECRET],
    [
      "credentials",
      { accessKey: "x", private_key: "y" },
      { accessKey: SECRET, private_key: SECRET },
    ],
  ] as const satisfies readonly (readonly [string, unknown, unknown])[]) {
    it(`masks ${JSON.stringify(value)} at ${path}, on both sides`, () => {
      const { before, after } = masked({ path, before: value as Json, after: value as Json });

      assert.deepEqual([before, after], [shown, shown]);
    });
  }

  for (const [path, value] of [
    ["metadataOptions.httpTokens", "required"],
    ["masterUserSecrets[0].secretArn", "a"],
    ["masterUserSecret", "arn:aws:secretsmanager:eu-central-1:123456789012:secret:db"],
    ["tokenKeyId", "a"],
    ["allowCredentials", true],
    ["repositoryCredentials", { credentialsParameter: "a" }],
    ["containerDefinitions[app].secrets[DB_PASSWORD].valueFrom", "/shop/db"],
    [
      'policy.Statement[0].Condition.StringEquals["token.actions.githubusercontent.com:sub"]',
      ["a"],
    ],
    ["dbPassword", "${urn:pulumi:dev::shop::a:b:C::d#e}"],
    ["dbPassword", UNKNOWN],
    ["policy", '{ "a": [1] }'],
    ["value", "a"],
  ] as const) {
    it(`leaves ${JSON.stringify(value)} at ${path}`, () => {
      const { before, after } = masked({ path, before: value as Json, after: value as Json });

      assert.deepEqual([before, after], [value, value]);
    });
  }

  it("tells no line of a text that is a secret by its name", () => {
    const lines = [{ kind: "added" as const, text: "x" }];

    assert.equal(
      masked({ path: "clientSecret", before: "x", after: "x\ny", lines }).lines,
      undefined,
    );
    assert.deepEqual(masked({ before: "x", after: "x\ny", lines }).lines, lines);
  });

  it("leaves what the review itself has under such a name", () => {
    const change = { ...aChange(), secret: "x", token: 3 };
    const [review] = maskReviews([aReview({ changes: [change] })]);

    assert.deepEqual((review as ComparedStack).comparison.changes[0], change);
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
    word(16).map((text) => `DB_PASSWORD='${text} ${text}'`),
    word(16).map((text) => `curl -sku bob:'${text} ${text}'`),
    word(16).map((text) => `"password": "${text} ${text}"`),
  );

  it("are masked in a time that grows with the text alone", () => {
    const texts = [
      "curl ",
      " -u",
      " -u a:",
      "a:",
      "curl \\\n",
      " --password ",
      "mysql -p",
      ':"',
      "://a:b@",
      "-u",
      "a=",
      "TOKEN=",
      "TOKEN='",
      "\\\\",
      '"a',
      '"a":',
      '"token":"',
      "- ",
      "\ntoken: ",
      "a:a",
      "  ",
      ",",
    ];
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
