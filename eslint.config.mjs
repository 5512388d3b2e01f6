import js from "@eslint/js";
import pulumi from "@pulumi/eslint-plugin";
import tseslint from "typescript-eslint";

const component = "ClassDeclaration[superClass.property.name='ComponentResource']";
const resource = "NewExpression[callee.object.object.name=/^(aws|awsx)$/]";
const dockerResource = "NewExpression[callee.object.name='docker']";

/** What Pulumi accepts and a reviewer should not: one selector a rule. */
const pulumiRules = [
  {
    selector: `CallExpression[callee.property.name=/^(apply|then)$/] :matches(${resource}, ${dockerResource})`,
    message: "declare resources outside apply: a preview cannot see what an apply would make",
  },
  {
    selector: `${component} :matches(${resource}, ${dockerResource})[arguments.length<3]`,
    message: "give every child its options, at least { parent: this }",
  },
  {
    selector: `${component} :matches(${resource}, ${dockerResource}) > Literal:first-child`,
    message: "derive a child's name from the component's name",
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
    message: "read the configuration in infra/config.ts only",
  },
  {
    selector: "BinaryExpression[operator='==='][left.name='stack'][right.type='Literal']",
    message: "environments differ by values in Pulumi.<stack>.yaml only",
  },
  {
    selector: "CallExpression[callee.property.name='getStack']",
    message: "environments differ by values in Pulumi.<stack>.yaml only",
  },
  {
    selector:
      "ImportDeclaration[source.value=/^@pulumi\\u002F(aws|awsx|docker|pulumi)$/] > ImportDefaultSpecifier",
    message: 'import the whole package: import * as aws from "@pulumi/aws"',
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
    files: ["infra/**/*.ts"],
    rules: {
      "no-restricted-syntax": ["error", ...pulumiRules],
      "max-lines-per-function": ["error", { max: 80, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    // The one reader of the configuration.
    files: ["infra/config.ts"],
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
