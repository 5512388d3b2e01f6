import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { UNKNOWN } from "../../../tools/preview/graph";
import { listStacks, loadStackFiles } from "../../../tools/preview/stack-files";

const projectFile = `name: shop
runtime: nodejs
config:
  title:
    type: string
    default: Shop
  replicas:
    type: integer
    default: 2
  open:
    type: boolean
    default: false
  sizes:
    type: array
    items:
      type: string
    default: [small, large]
  labels:
    type: object
    default: {}
`;

describe("loadStackFiles", () => {
  const directories: string[] = [];
  after(() => {
    for (const directory of directories) rmSync(directory, { recursive: true });
  });

  function project(files: Record<string, string>): string {
    const directory = mkdtempSync(join(tmpdir(), "stack-files-"));
    directories.push(directory);
    for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
    return directory;
  }

  function load(stackFile: string, declarations = projectFile): ReturnType<typeof loadStackFiles> {
    return loadStackFiles(
      project({ "Pulumi.yaml": declarations, "Pulumi.dev.yaml": stackFile }),
      "dev",
    );
  }

  function faultsOf(run: () => unknown): string[] {
    try {
      run();
    } catch (error) {
      assert.ok(error instanceof Error);
      assert.equal(error.name, "StackFilesError");
      return error.message.split("\n");
    }
    return [];
  }

  it("gives every declared default as the text that the SDK reads", () => {
    assert.deepEqual(load(""), {
      project: "shop",
      stack: "dev",
      config: {
        "shop:title": "Shop",
        "shop:replicas": "2",
        "shop:open": "false",
        "shop:sizes": '["small","large"]',
        "shop:labels": "{}",
      },
      secretKeys: [],
    });
  });

  it("lets the stack's values win, with and without namespace, and keeps other namespaces", () => {
    const { config } = load(`config:
  title: Corner shop
  shop:replicas: 7
  shop:config:open: true
  shop:sizes: []
  labels: { tier: { level: 1, hot: true } }
  aws:region: eu-central-1
  undeclared: 1.5
`);

    assert.deepEqual(config, {
      "shop:title": "Corner shop",
      "shop:replicas": "7",
      "shop:open": "true",
      "shop:sizes": "[]",
      "shop:labels": '{"tier":{"hot":true,"level":1}}',
      "aws:region": "eu-central-1",
      "shop:undeclared": "1.5",
    });
  });

  it("takes the project's values for other namespaces and bare values as defaults", () => {
    const declarations = `name: shop
runtime: nodejs
config:
  aws:region: us-east-1
  aws:profile: { value: shop }
  aws:defaultTags: { value: { tags: { Project: shop } } }
  limit: 10
  level: { type: integer, value: 3 }
  zones: [a, b]
`;

    assert.deepEqual(load("config: { aws:region: eu-west-1 }", declarations).config, {
      "aws:region": "eu-west-1",
      "aws:profile": "shop",
      "aws:defaultTags": '{"tags":{"Project":"shop"}}',
      "shop:limit": "10",
      "shop:level": "3",
      "shop:zones": '["a","b"]',
    });
  });

  it("sorts the keys of maps, at every depth, as the engine does", () => {
    const { config } = load(
      `config: { labels: { b: 1, a: [{ d: x, c: y }] }, aws:defaultTags: { tags: { T: 1, A: 2 } } }`,
    );

    assert.equal(config["shop:labels"], '{"a":[{"c":"y","d":"x"}],"b":1}');
    assert.equal(config["aws:defaultTags"], '{"tags":{"A":2,"T":1}}');
  });

  it("takes texts that read as the declared type, as the engine does", () => {
    const { config } = load(`config: { replicas: "3", open: "true", title: 12 }`);

    assert.equal(config["shop:replicas"], "3");
    assert.equal(config["shop:open"], "true");
    assert.equal(config["shop:title"], "12");
  });

  it("makes encrypted values unknown, whole or in part, and lists their keys", () => {
    const { config, secretKeys } = load(`secretsprovider: passphrase
encryptionsalt: v1:2mEgBMoTt8k=:v1:JkNkvPfRR8dDCN2U:+gTQIrWdVKiTGhS6N2DmHg==
config:
  title: { secure: AAABADA5 }
  labels:
    plain: text
    nested: [{ password: { secure: AAABADA6 } }]
  other:key: { secure: AAABADA7 }
  shop:transport: { secure: strict, port: 443 }
`);

    assert.equal(config["shop:title"], UNKNOWN);
    assert.equal(config["shop:labels"], `{"nested":[{"password":"${UNKNOWN}"}],"plain":"text"}`);
    assert.equal(config["other:key"], UNKNOWN);
    assert.equal(config["shop:transport"], '{"port":443,"secure":"strict"}');
    assert.deepEqual(secretKeys, ["other:key", "shop:labels", "shop:title"]);
    assert.doesNotMatch(JSON.stringify(config), /AAABADA/);
  });

  it("resolves anchors and merge keys", () => {
    const { config } = load(`config:
  labels: &base { a: one }
  shop:more: { <<: *base, b: two }
  shop:same: *base
`);

    assert.equal(config["shop:more"], '{"a":"one","b":"two"}');
    assert.equal(config["shop:same"], '{"a":"one"}');
  });

  it("reads the stack files of this project", () => {
    const root = resolve(__dirname, "../../..");

    for (const stack of ["dev", "prod"]) {
      const files = loadStackFiles(root, stack);
      assert.equal(files.stack, stack);
      assert.ok(files.config["aws:region"]);
    }
  });

  it("reads Pulumi.yml with Pulumi.<stack>.yml, and no other ending beside it", () => {
    const directory = project({
      "Pulumi.yml": projectFile,
      "Pulumi.dev.yml": "config: { replicas: 3 }",
      "Pulumi.prod.yaml": "config: {}",
    });

    assert.equal(loadStackFiles(directory, "dev").config["shop:replicas"], "3");
    assert.deepEqual(
      faultsOf(() => loadStackFiles(directory, "prod")),
      ["Pulumi.prod.yaml: is not read beside Pulumi.yml; rename it to Pulumi.prod.yml"],
    );
  });

  it("names the stacks there are, and the nearest, for an unknown one", () => {
    const directory = project({
      "Pulumi.yaml": projectFile,
      "Pulumi.dev.yaml": "",
      "Pulumi.prod.yaml": "",
    });

    assert.deepEqual(
      faultsOf(() => loadStackFiles(directory, "prd")),
      ["Pulumi.prd.yaml: is missing for stack 'prd', stacks here: dev, prod; did you mean 'prod'?"],
    );
    assert.deepEqual(
      faultsOf(() => loadStackFiles(directory, "../secret")),
      [
        "'../secret': is no stack name, must be 1 to 100 letters, digits, '-', '_' or '.'; stacks here: dev, prod",
      ],
    );
    assert.deepEqual(
      faultsOf(() => loadStackFiles(project({ "Pulumi.yaml": projectFile }), "a")),
      ["Pulumi.a.yaml: is missing for stack 'a', stacks here: none"],
    );
  });

  it("says that a folder is no project", () => {
    const empty = project({});

    assert.deepEqual(
      faultsOf(() => loadStackFiles(empty, "dev")),
      [`Pulumi.yaml: is missing in ${empty}; run the preview in the folder of the project`],
    );
  });

  it("refuses an empty name of a stack", () => {
    assert.deepEqual(
      faultsOf(() => loadStackFiles(project({ "Pulumi.yaml": projectFile }), "")),
      [
        "'': is no stack name, must be 1 to 100 letters, digits, '-', '_' or '.'; stacks here: none",
      ],
    );
  });

  it("refuses a namespace with its keys below it, and says how they are written", () => {
    assert.deepEqual(
      faultsOf(() => load("config:\n  shop: { replicas: 2, open: true }\n  aws: {}\n")),
      [
        "Pulumi.dev.yaml:2: shop: is a namespace, not a key; write shop:replicas, shop:open",
        "Pulumi.dev.yaml:3: aws: is a namespace, not a key; write aws:<name>",
      ],
    );
    assert.deepEqual(
      faultsOf(() => load("config: { shop: { a: 1 } }", "name: shop\nconfig: { shop: {} }\n")),
      [],
    );
  });

  it("points at the line of broken YAML, in either file", () => {
    assert.deepEqual(
      faultsOf(() => load("config:\n  shop:title: 'open\n")),
      ["Pulumi.dev.yaml:3: broken YAML: missing closing 'quote"],
    );
    assert.deepEqual(
      faultsOf(() => load("config:\n  a: 1\n  a: 2\n")),
      ["Pulumi.dev.yaml:3: a: is given a second time, first in line 2; keep one"],
    );
    assert.deepEqual(
      faultsOf(() => load("", "name: shop\nconfig: [\n")),
      [
        "Pulumi.yaml:3: broken YAML: flow sequence in block collection must be sufficiently indented and end with a ]",
      ],
    );
  });

  it("lists every value that is wrong, with its line", () => {
    const stackFile = `confg: {}
config:
  shop:replicas: three
  open: maybe
  sizes: small
  labels: [a]
  title:
  shop:sizes: [1]
  a:b:c: 1
  other: { x: { secure: AAABADA5 } }
environment: [shared]
`;

    assert.deepEqual(
      faultsOf(() => load(stackFile)),
      [
        "Pulumi.dev.yaml:1: confg: is none of a stack file's keys config, secretsprovider, encryptedkey, encryptionsalt, environment; did you mean 'config'?",
        "Pulumi.dev.yaml:3: shop:replicas: got 'three', must be of type 'integer'; write a whole number",
        "Pulumi.dev.yaml:4: open: got 'maybe', must be of type 'boolean'; write true or false",
        "Pulumi.dev.yaml:5: sizes: got 'small', must be of type 'array<string>'; write a list of such items",
        "Pulumi.dev.yaml:6: labels: got [\"a\"], must be of type 'object'; write a map of keys to values",
        'Pulumi.dev.yaml:7: title: got nothing, must have a value; write "" or remove the line',
        "Pulumi.dev.yaml:8: shop:sizes: is given a second time, first in line 5; keep one",
        "Pulumi.dev.yaml:9: a:b:c: is no configuration key; write <namespace>:<name>",
        "Pulumi.dev.yaml:11: environment: is read with an account only; write the values to config",
      ],
    );
  });

  it("refuses a stack file whose config or whole text is no map", () => {
    assert.deepEqual(
      faultsOf(() => load("config: [a]")),
      ["Pulumi.dev.yaml:1: config: got a list, must be a map of keys to values"],
    );
    assert.deepEqual(
      faultsOf(() => load("\nhello")),
      ["Pulumi.dev.yaml:2: the whole file: got 'hello', must be a map of keys to values"],
    );
  });

  it("refuses fractions, texts in parts and values out of a list's type", () => {
    assert.deepEqual(
      faultsOf(() => load("config: { replicas: 1.5, sizes: [1, a], title: [x] }")),
      [
        "Pulumi.dev.yaml:1: title: got [\"x\"], must be of type 'string'; write one text",
        "Pulumi.dev.yaml:1: replicas: got '1.5', must be of type 'integer'; write a whole number",
        "Pulumi.dev.yaml:1: sizes: got [1,\"a\"], must be of type 'array<string>'; write a list of such items",
      ],
    );
  });

  it("names every value that a stack has to set", () => {
    const declarations = `name: shop
runtime: nodejs
config:
  email: { type: string }
  region: { type: string }
  apiKey: { type: string, secret: true }
`;

    assert.deepEqual(
      faultsOf(() => load("config: { region: here }", declarations)),
      [
        "Pulumi.dev.yaml: shop:email: got nothing, must be set, as Pulumi.yaml has no default; run `pulumi config set shop:email <value> --stack dev`",
        "Pulumi.dev.yaml: shop:apiKey: got nothing, must be set, as Pulumi.yaml has no default; run `pulumi config set shop:apiKey <value> --stack dev`",
      ],
    );
  });

  it("refuses a secret in plain text and leaves the type of an encrypted one to the program", () => {
    const declarations = `name: shop
runtime: nodejs
config:
  apiKey: { type: string, secret: true }
  replicas: { type: integer, default: 1 }
`;
    const stackFile = "config: { apiKey: hello, replicas: { secure: AAABADA5 } }";

    assert.deepEqual(
      faultsOf(() => load(stackFile, declarations)),
      [
        "Pulumi.dev.yaml:1: apiKey: got plain text, must be encrypted as it's secret; set it with 'pulumi config set --secret apiKey'",
      ],
    );
  });

  it("refuses declarations that the engine refuses", () => {
    const declarations = `name: shop
runtime: nodejs
config:
  a: { type: number, default: 1 }
  b: { type: integer, default: one }
  c: { type: array, default: [] }
  d: { type: string, default: x, value: y }
  e: { type: string, secret: true, default: x }
  f: { type: string, default: x, descripton: typo }
  aws:region: { type: string, default: here }
  aws:profile: { description: none }
`;

    assert.deepEqual(
      faultsOf(() => load("", declarations)),
      [
        "Pulumi.yaml:4: config a: got type 'number', must be one of string, integer, boolean, array, object",
        "Pulumi.yaml:5: config b: got \"one\" as default, must be of type 'integer'; make them agree",
        "Pulumi.yaml:6: config c: is an array without 'items'; write the type of its items there",
        "Pulumi.yaml:7: config d: has both 'default' and 'value'; keep one",
        "Pulumi.yaml:8: config e: is a secret and has a default; set it encrypted in each stack",
        "Pulumi.yaml:9: config f: 'descripton' is none of a declaration's type, items, description, secret, default, value; did you mean 'description'?",
        "Pulumi.yaml:10: config aws:region: is of another namespace and has a type or a default; give it a 'value' only",
        "Pulumi.yaml:11: config aws:profile: is of another namespace and has no value; give it a 'value'",
      ],
    );
  });

  it("refuses a project without a name", () => {
    assert.deepEqual(
      faultsOf(() => load("", "runtime: nodejs\n")),
      [
        "Pulumi.yaml: name: got nothing, must be the name of the project, which its keys begin with",
      ],
    );
  });

  it("lists faults of both files together", () => {
    const declarations = projectFile.replace("default: 2", "default: two");

    assert.deepEqual(
      faultsOf(() => load("config: { open: 3 }", declarations)),
      [
        "Pulumi.yaml:7: config replicas: got \"two\" as default, must be of type 'integer'; make them agree",
        "Pulumi.dev.yaml:1: open: got '3', must be of type 'boolean'; write true or false",
      ],
    );
  });
});

describe("listStacks", () => {
  it("lists the stacks of this project", () => {
    const stacks = listStacks(resolve(__dirname, "../../.."));

    assert.deepEqual(
      stacks.filter((stack) => ["dev", "prod"].includes(stack)),
      ["dev", "prod"],
    );
  });

  it("is empty where there is no project", () => {
    assert.deepEqual(listStacks(__dirname), []);
    assert.deepEqual(listStacks(join(__dirname, "missing")), []);
  });
});
