// The direction of dependencies (docs/architecture.md): economics <- protocol <- ledger <- { chain, gateway, api } <- apps.
const layers = {
  economics: [],
  protocol: ["economics"],
  ledger: ["economics", "protocol"],
  chain: ["economics", "protocol", "ledger"],
  gateway: ["economics", "protocol", "ledger"],
  twin: ["economics"],
  api: ["economics", "protocol", "ledger"],
  // Apart from the ledger on purpose: an audit that shares code with what it checks repeats its mistakes.
  audit: ["economics", "protocol"],
};

const direction = Object.entries(layers).map(([name, allowed]) => ({
  name: `${name}-depends-on-lower-layers-only`,
  severity: "error",
  from: { path: `^packages/${name}/` },
  to: { path: "^(packages|apps|test)/", pathNot: `^packages/(${[name, ...allowed].join("|")})/` },
}));

export default {
  forbidden: [
    ...direction,
    // A file may take a type from the file that calls it; at run time there are no cycles.
    {
      name: "no-cycles",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "internal-is-private",
      severity: "error",
      from: { path: "^(packages|apps)/([^/]+)/" },
      to: { path: "/src/internal/", pathNot: "^$1/$2/" },
    },
    {
      name: "sql-lives-in-the-ledger",
      severity: "error",
      from: { pathNot: "^packages/ledger/|^test/" },
      to: { path: "node_modules/(kysely|pg|@electric-sql)/" },
    },
    {
      name: "tests-are-not-imported",
      severity: "error",
      from: { pathNot: "\\.test\\.ts$" },
      to: { path: "\\.test\\.ts$" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "node_modules|/artifacts/|/cache/|/generated/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.base.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "default"] },
  },
};
