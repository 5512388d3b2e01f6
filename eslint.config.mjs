import js from "@eslint/js";
import pulumi from "@pulumi/eslint-plugin";
import tseslint from "typescript-eslint";

const component = "ClassDeclaration[superClass.property.name='ComponentResource']";
const resource = "NewExpression[callee.object.object.name=/^(aws|awsx)$/]";
const dockerResource = "NewExpression[callee.object.name='docker']";

const anyResource = `:matches(${resource}, ${dockerResource})`;
const stackName = ":matches([name='stack'], [property.name='stack'])";

/** What Pulumi accepts and a reviewer should not: one selector a rule. */
const pulumiRules = [
  {
    selector: `CallExpression[callee.property.name=/^(apply|then)$/] ${anyResource}`,
    message: "declare resources outside apply: a preview cannot see what an apply would make",
  },
  {
    selector: `${component}:not(:has(CallExpression[callee.property.name='registerOutputs']))`,
    message: "end a component's constructor with registerOutputs",
  },
  {
    selector:
      "CallExpression[callee.property.name='apply'] CallExpression[callee.object.name='JSON'][callee.property.name='stringify']",
    message: "use pulumi.jsonStringify",
  },
  {
    selector: "NewExpression[callee.property.name='Config']",
    message: "read the configuration in config.ts only",
  },
  ...[
    "CallExpression[callee.property.name='getStack']",
    `BinaryExpression[operator=/^[!=]==$/]:has(> ${stackName}):has(> Literal)`,
    `SwitchStatement > ${stackName}.discriminant`,
    `CallExpression[callee.property.name=/^(startsWith|endsWith|includes|match)$/] > MemberExpression.callee > ${stackName}.object`,
  ].map((selector) => ({
    selector,
    message: "environments differ by values in Pulumi.<stack>.yaml only",
  })),
  ...[
    "ImportDeclaration[importKind!='type'][source.value=/^@pulumi\\u002F(aws|awsx|docker|pulumi)$/] > :matches(ImportDefaultSpecifier, ImportSpecifier)",
    "ImportDeclaration[importKind!='type'][source.value=/^@pulumi\\u002F(aws|awsx|docker)\\u002F/]",
  ].map((selector) => ({
    selector,
    message:
      'import the whole package, which the other rules count on: import * as aws from "@pulumi/aws"',
  })),
];

/** What holds wherever a component's children are made, in its class or in a function beside it. */
const childRules = [
  {
    selector: `${anyResource}[arguments.length<3]`,
    message: "give every child its options, at least { parent: this }",
  },
  {
    selector: `${anyResource} > ObjectExpression:nth-child(3):not(:has(> :matches(Property[key.name='parent'], SpreadElement)))`,
    message: "give every child its parent",
  },
  {
    selector: `${anyResource} > :matches(Literal, TemplateLiteral[expressions.length=0]):first-child`,
    message: "derive a child's name from the component's name",
  },
];

export default tseslint.config(
  {
    ignores: ["**/dist/", "**/node_modules/", "coverage/", "bench/preview/cdk-app/"],
  },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ["eslint.config.mjs"] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    plugins: { "@pulumi": pulumi },
    rules: {
      "@pulumi/no-output-in-template-literal": "error",
      "@pulumi/no-output-instance-in-template-literal": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "max-lines": ["error", { max: 250, skipBlankLines: true, skipComments: true }],
      "no-console": "error",
      "@typescript-eslint/no-invalid-void-type": ["error", { allowAsThisParameter: true }],
      eqeqeq: "error",
    },
  },
  {
    files: ["{infra,bootstrap}/**/*.ts"],
    rules: {
      "no-restricted-syntax": ["error", ...pulumiRules],
      "max-lines-per-function": ["error", { max: 80, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ["{infra,bootstrap}/components/*.ts"],
    rules: { "no-restricted-syntax": ["error", ...pulumiRules, ...childRules] },
  },
  {
    // The one reader of the configuration of each program.
    files: ["{infra,bootstrap}/config.ts"],
    rules: {
      "no-restricted-syntax": [
        "error",
        ...pulumiRules.filter(
          ({ selector }) => !selector.includes("'Config'") && !selector.includes("'getStack'"),
        ),
      ],
    },
  },
  {
    files: ["tests/**/*.ts"],
    rules: {
      "@typescript-eslint/no-non-null-assertion": "off",
      "max-lines": "off",
    },
  },
  {
    files: ["**/*.{js,cjs,mjs}"],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: {
      globals: {
        require: "readonly",
        module: "writable",
        process: "readonly",
        __dirname: "readonly",
      },
    },
    rules: {
      "@typescript-eslint/no-require-imports": "off",
      "@pulumi/no-output-in-template-literal": "off",
      "@pulumi/no-output-instance-in-template-literal": "off",
    },
  },
);
