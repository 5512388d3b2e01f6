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
          "\\.(spec|test)\\.ts$",
          "^tools/[^/]+/start\\.cjs$",
          "^(infra|policies|bootstrap)/start\\.js$",
          "^app/(build\\.mjs|src/(server|healthcheck)\\.ts)$",
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
      to: { path: "^(bootstrap|capacity|infra|policies|tools|tests|bench)/" },
    },
    {
      name: "capacity-is-pure",
      comment: "the model has no input or output and no Pulumi in it",
      severity: "error",
      from: { path: "^capacity/" },
      to: { path: "^(app|bootstrap|infra|policies|tools|tests|bench)/|@pulumi/" },
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
      name: "plan-and-lib-do-no-io",
      severity: "error",
      from: { path: "^infra/(plan|lib)/" },
      to: { dependencyTypes: ["core"], pathNot: "^(node:)?(crypto|net)$" },
    },
    {
      name: "plan-stands-below-the-program",
      comment: "the plan takes settings and container as data; who reads them is not its business",
      severity: "error",
      from: { path: "^infra/plan/" },
      to: { path: "^infra/(config|compose|components|stack|index)(\\.ts$|/)" },
    },
    {
      name: "components-read-no-settings",
      severity: "error",
      from: { path: "^infra/components/" },
      to: { path: "^infra/(config|compose|stack|index)(\\.ts$|/)" },
    },
    {
      name: "tools-declare-the-whole-stack",
      comment: "a tool that knew components would see another program than the engine",
      severity: "error",
      from: { path: "^tools/" },
      to: { path: "^infra/(components|lib)/" },
    },
    {
      name: "no-development-packages-at-run-time",
      severity: "error",
      from: { path: "^(app/src|bootstrap|capacity|infra|policies|tools)/" },
      to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"] },
    },
    {
      name: "infra-stands-below-its-readers",
      severity: "error",
      from: { path: "^infra/" },
      to: { path: "^(app|bootstrap|policies|tools|tests|bench)/" },
    },
    {
      name: "bootstrap-shares-what-needs-no-stack",
      comment:
        "the bootstrap reads settings and writes IAM documents as the program does; it runs before there is any stack",
      severity: "error",
      from: { path: "^bootstrap/" },
      to: {
        path: "^(app|capacity|infra|policies|tools|tests|bench)/",
        pathNot: [
          "^infra/(config|lib)/",
          "^infra/(setting-fault\\.ts|typescript\\.js|components/location\\.ts)$",
        ],
      },
    },
    {
      name: "policies-know-no-program",
      comment: "the pack judges any program: it shares the model with this one and nothing else",
      severity: "error",
      from: { path: "^policies/" },
      to: { path: "^(app|bootstrap|infra|tools|tests|bench)/" },
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
      from: { pathNot: "^(infra|policies|bootstrap)/start\\.js$" },
      to: { path: "^(infra|policies|bootstrap)/index\\.ts$" },
    },
    {
      name: "tools-and-tests-only-downwards",
      severity: "error",
      from: { path: "^tools/" },
      to: { path: "^(app|bootstrap|tests|bench)/" },
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
