import type { Plugin } from "graphql-yoga";
import type { Context } from "./Context.ts";

/** Ends the request's snapshot with its execution: an answer on its way to a slow client must not hold the ledger. */
export const useSnapshot: Plugin<Context> = {
  onExecute({ executeFn, setExecuteFn }) {
    setExecuteFn(async (args) => {
      try {
        return await executeFn(args);
      } finally {
        await args.contextValue.snapshot.close();
      }
    });
  },
};
