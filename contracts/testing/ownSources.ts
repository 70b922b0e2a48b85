import type { HardhatPlugin } from "hardhat/types/plugins";

const TESTS = "project/test/";

/**
 * Asks the compiler for the code of our own sources alone: of the contracts, or of the tests, which take the contracts as they were built.
 * A warning about another package's source is its authors' to answer; of ours, every warning is shown.
 */
export const ownSources: HardhatPlugin = {
  id: "own-sources",
  hookHandlers: {
    solidity: async () => ({
      default: async () => ({
        invokeSolc: async (context, compiler, input, config, next) => {
          const names = Object.keys(input.sources).filter((name) => name.startsWith("project/"));
          const tests = names.filter((name) => name.startsWith(TESTS));
          const outputs = input.settings.outputSelection["*"] ?? {};
          const outputSelection = Object.fromEntries((tests.length > 0 ? tests : names).map((name) => [name, outputs]));
          return next(context, compiler, { ...input, settings: { ...input.settings, outputSelection } }, config);
        },
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
