import { createRequire } from "node:module";
import toolbox from "@nomicfoundation/hardhat-toolbox-mocha-ethers";
import { defineConfig } from "hardhat/config";
import type { HardhatPlugin } from "hardhat/types/plugins";

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

// A warning about another package's source is its authors' to answer; of ours, every warning is shown.
const ourWarnings: HardhatPlugin = {
  id: "our-warnings",
  hookHandlers: {
    solidity: async () => ({
      default: async () => ({
        getCompilationJobErrors: async (context, job, output, next) => {
          const errors = (output.errors ?? []).filter(
            ({ severity, formattedMessage }) => severity !== "warning" || !formattedMessage?.includes("--> npm/"),
          );
          return next(context, job, { ...output, errors });
        },
      }),
    }),
  },
};

export default defineConfig({
  plugins: [toolbox, ourWarnings],
  solidity: { profiles: { default: solc, production: solc } },
  // Where `npm run deploy` sends to, at the URL that it is given.
  networks: { remote: { type: "http", url: "http://127.0.0.1:8545" } },
  test: { solidity: { fuzz: { runs: 256 }, invariant: { runs: 100, depth: 100, failOnRevert: true } } },
});
