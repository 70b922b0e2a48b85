import type { Plugin } from "graphql-yoga";
import { toGraphQLError } from "./toGraphQLError.ts";

/** Errors of validation never pass the mask; this gives them their code. */
export const useErrorCodes: Plugin = {
  onResultProcess({ result, setResult }) {
    if (Array.isArray(result) || Symbol.asyncIterator in result || result.errors === undefined) return;
    setResult({ ...result, errors: result.errors.map((error) => toGraphQLError(error)) });
  },
};
