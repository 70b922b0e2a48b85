import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import type { ExecutionResult } from "graphql";
import type { Plugin } from "graphql-yoga";
import type { Limits } from "./Limits.ts";
import { operationCost } from "./operationCost.ts";
import { toGraphQLError } from "./toGraphQLError.ts";

/** Refuses operations that ask for too much before any of their fields runs, and puts `extensions.cost` on answers. */
export function useLimits(limits: Limits): Plugin {
  return {
    onParse({ parseFn, setParseFn }) {
      setParseFn((source, options) => parseFn(source, { ...options, maxTokens: limits.tokens }));
    },
    onExecute({ args, setResultAndStopExecution }) {
      const cost = operationCost(args.schema, args.document, args.operationName, args.variableValues);
      if (cost === null) return;
      const extensions = {
        cost: {
          ...cost,
          maximum: limits.cost,
          maximumDepth: limits.depth,
          maximumAliases: limits.aliases,
        },
      };
      const over =
        exceeded("cost", cost.requested, limits.cost) ??
        exceeded("depth", cost.depth, limits.depth) ??
        exceeded("aliases", cost.aliases, limits.aliases);
      if (over !== null) {
        setResultAndStopExecution({ errors: [toGraphQLError(over)], extensions } satisfies ExecutionResult);
        return;
      }
      return {
        onExecuteDone({ result, setResult }) {
          if (Symbol.asyncIterator in result) return;
          setResult({ ...result, extensions: { ...result.extensions, ...extensions } });
        },
      };
    },
  };
}

const exceeded = (field: string, needed: number, available: number): JoulemintError | null =>
  needed > available ? new JoulemintError("BAD_REQUEST", { field, needed, available }) : null;
