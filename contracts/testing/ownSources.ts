import type { HardhatPlugin } from "hardhat/types/plugins";

/**
 * Asks the compiler for the code of the tests alone when it compiles them, and not to optimise it: they take the contracts
 * as they were built, and are compiled more often than they run.
 * A warning about another package's source is its authors' to answer; of ours, every warning is shown.
 */
export const ownSources: HardhatPlugin = {
  id: "own-sources",
  hookHandlers: {
    solidity: async () => ({
      default: async () => ({
        invokeSolc: async (context, compiler, input, config, next) => {
          const tests = Object.keys(input.sources).filter((name) => name.startsWith("project/test/"));
          if (tests.length === 0) return next(context, compiler, input, config);
          const outputs = input.settings.outputSelection["*"] ?? {};
          const outputSelection = Object.fromEntries(tests.map((name) => [name, outputs]));
          const settings = { ...input.settings, optimizer: { enabled: false }, outputSelection };
          return next(context, compiler, { ...input, settings }, config);
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
