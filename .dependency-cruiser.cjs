/** Who may import whom; the reasons are in CONTRIBUTING.md. */
module.exports = {
  forbidden: [
    {
      name: "no-cycles",
      comment: "a cycle means that two files are one idea",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "no-orphans",
      comment: "a file that nobody imports is an entry point or is gone",
      severity: "error",
      from: {
        orphan: true,
        pathNot: [
          "\\.spec\\.ts$",
          "^tools/[^/]+/start\\.cjs$",
          "^infra/index\\.ts$",
          "^app/src/(server|healthcheck)\\.ts$",
          "^bench/",
        ],
      },
      to: {},
    },
    {
      name: "not-to-unresolvable",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: "no-undeclared-packages",
      comment: "what is imported is declared in the workspace's own package.json",
      severity: "error",
      from: {},
      to: { dependencyTypes: ["npm-no-pkg", "npm-unknown"] },
    },
    {
      name: "app-is-alone",
      comment: "the app knows nothing of the infrastructure",
      severity: "error",
      from: { path: "^app/" },
      to: { path: "^(capacity|infra|policies|tools|tests|bench)/" },
    },
    {
      name: "capacity-is-pure",
      comment: "the model has no input or output and no Pulumi in it",
      severity: "error",
      from: { path: "^capacity/" },
      to: { path: "^(app|infra|policies|tools|tests|bench)/|@pulumi/" },
    },
    {
      name: "capacity-does-no-io",
      severity: "error",
      from: { path: "^capacity/" },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "plan-and-lib-are-pure",
      comment:
        "planning and building texts needs no resource: no Pulumi package, no file, no network",
      severity: "error",
      from: { path: "^infra/(plan|lib)/" },
      to: { path: "@pulumi/" },
    },
    {
      name: "plan-does-no-io",
      severity: "error",
      from: { path: "^infra/plan/" },
      to: { dependencyTypes: ["core"], pathNot: "^(node:)?(crypto|net)$" },
    },
    {
      name: "infra-stands-below-its-readers",
      severity: "error",
      from: { path: "^infra/" },
      to: { path: "^(app|policies|tools|tests|bench)/" },
    },
    {
      name: "components-do-not-meet",
      comment: "stack.ts wires components; a component takes Inputs, never another component",
      severity: "error",
      from: { path: "^infra/components/([^/]+)\\.ts$" },
      to: {
        path: "^infra/components/",
        pathNot: ["^infra/components/(type-token|known-after)\\.ts$"],
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "only-the-engine-imports-the-program",
      comment: "tools and tests declare the stack through declareStack",
      severity: "error",
      from: {},
      to: { path: "^(infra|policies)/index\\.ts$" },
    },
    {
      name: "tools-and-tests-only-downwards",
      severity: "error",
      from: { path: "^tools/" },
      to: { path: "^(app|tests|bench)/" },
    },
    {
      name: "nobody-imports-tests",
      severity: "error",
      from: { pathNot: "^tests/" },
      to: { path: "^tests/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^bench/preview/cdk-app/|/dist/" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["require", "node", "default"],
    },
  },
};
