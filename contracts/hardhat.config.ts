import { createRequire } from "node:module";
import toolbox from "@nomicfoundation/hardhat-toolbox-mocha-ethers";
import { defineConfig, overrideTask } from "hardhat/config";
import { ownSources } from "./testing/ownSources.ts";

// The compiler comes from npm by path, so that a build needs no network. Its settings leave no metadata in the
// bytecode: the same source gives the same address on every chain.
const solc = {
  version: "0.8.34",
  path: createRequire(import.meta.url).resolve("solc/soljson.js"),
  settings: {
    viaIR: true,
    optimizer: { enabled: true, runs: 1_000_000 },
    evmVersion: "cancun",
    metadata: { bytecodeHash: "none", appendCBOR: false },
  },
};

/** Every invariant is played as many games as there are seeds; JOULEMINT_OPERATIONS is the length of a game. */
const [first = 1, last = first] = (process.env.JOULEMINT_SEEDS ?? "1-64").split("-").map(Number);
const depth = Number(process.env.JOULEMINT_OPERATIONS ?? 50);

/** Where `npm run coverage` puts instrumented contracts, and what comes of them. */
const instrumented = process.env.JOULEMINT_INSTRUMENTED;

export default defineConfig({
  plugins: [toolbox, ownSources],
  // Users wait for the contracts alone: what tests play with is compiled when they run.
  solidity: { splitTestsCompilation: true, profiles: { default: solc, production: solc } },
  paths: {
    tests: { solidity: "test/solidity" },
    ...(instrumented && {
      sources: `${instrumented}/contracts`,
      artifacts: `${instrumented}/artifacts`,
      cache: `${instrumented}/cache`,
    }),
  },
  // Where `npm run deploy` sends to, at the URL that it is given.
  networks: { remote: { type: "http", url: "http://127.0.0.1:8545" } },
  tasks: [
    overrideTask(["test", "solidity"])
      .setAction(() => import("./testing/countOperations.ts"))
      .build(),
  ],
  test: {
    solidity: {
      fsPermissions: { readFile: ["testing/data/permit2.json"], writeFile: ["cache/operations.txt"] },
      fuzz: { runs: 256, seed: `0x${first.toString(16).padStart(64, "0")}` },
      invariant: {
        runs: last - first + 1,
        depth,
        failOnRevert: true,
        // What the runner collects from state it takes in an order that differs from run to run.
        dictionaryWeight: 0,
        includeStorage: false,
        includePushBytes: false,
      },
    },
  },
});
