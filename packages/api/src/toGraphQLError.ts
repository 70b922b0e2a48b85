import { errorCatalogue } from "@joulemint/protocol/errorCatalogue";
import { isJoulemintError, JoulemintError } from "@joulemint/protocol/JoulemintError";
import type { GraphQLError } from "graphql";
import { createGraphQLError } from "graphql-yoga";

/**
 * An error as it leaves: `extensions.code` is always one of the catalogue. Ours say all they know, GraphQL's own say
 * what is wrong with the document, and of everything else only that it happened; `log` gets what it was.
 */
export function toGraphQLError(error: unknown, log?: (error: unknown) => void): GraphQLError {
  if (isGraphQLError(error) && isLast(error)) {
    const { code } = error.extensions;
    if (typeof code === "string" && Object.hasOwn(errorCatalogue, code)) return error;
    return at(error, error.message, { ...error.extensions, code: "BAD_REQUEST" });
  }
  const place = isGraphQLError(error) ? error : undefined;
  const cause = place?.originalError ?? error;
  if (isJoulemintError(cause) && cause.code !== "INTERNAL") {
    const { message, ...extensions } = cause.toJSON();
    return at(place, message, extensions);
  }
  log?.(cause);
  const { message, ...extensions } = new JoulemintError("INTERNAL").toJSON();
  return at(place, message, extensions);
}

/** By name: graphql ships a development and a production build, and a process may hold a class of each. */
export const isGraphQLError = (error: unknown): error is GraphQLError =>
  error instanceof Error && error.name === "GraphQLError";

const isLast = (error: GraphQLError): boolean =>
  error.originalError == null || (isGraphQLError(error.originalError) && isLast(error.originalError));

const at = (place: GraphQLError | undefined, message: string, extensions: Record<string, unknown>): GraphQLError =>
  createGraphQLError(message, {
    nodes: place?.nodes ?? null,
    source: place?.source ?? null,
    positions: place?.positions ?? null,
    path: place?.path ?? null,
    extensions,
  });
