import { errorCatalogue } from "@joulemint/protocol/errorCatalogue";
import { isJoulemintError, JoulemintError } from "@joulemint/protocol/JoulemintError";
import type { GraphQLError } from "graphql";
import { createGraphQLError } from "graphql-yoga";

/**
 * An error as it leaves: `extensions.code` is always one of the catalogue. Ours say all they know, GraphQL's own say
 * what is wrong with the document, and of everything else only that it happened; `log` gets what it was.
 */
export function toGraphQLError(error: unknown, log?: (error: unknown) => void): GraphQLError {
  const place = isGraphQLError(error) ? error : null;
  const cause = rootOf(error);
  if (place !== null && isGraphQLError(cause)) {
    const { code, http } = place.extensions;
    if (typeof code === "string" && Object.hasOwn(errorCatalogue, code)) return place;
    const { message: _, ...told } = new JoulemintError("BAD_REQUEST", { reason: place.message }).toJSON();
    return at(place, place.message, http === undefined ? told : { ...told, http });
  }
  if (isJoulemintError(cause) && cause.code !== "INTERNAL") {
    const { message, ...extensions } = cause.toJSON();
    return at(place, message, extensions);
  }
  log?.(cause);
  const { message, ...extensions } = new JoulemintError("INTERNAL").toJSON();
  return at(place, message, extensions);
}

/** What was thrown, below however many layers of graphql. */
function rootOf(error: unknown): unknown {
  return isGraphQLError(error) && error.originalError != null ? rootOf(error.originalError) : error;
}

/** By name: graphql ships a development and a production build, and a process may hold a class of each. */
export const isGraphQLError = (error: unknown): error is GraphQLError =>
  error instanceof Error && error.name === "GraphQLError";

const at = (place: GraphQLError | null, message: string, extensions: Record<string, unknown>): GraphQLError =>
  createGraphQLError(message, {
    nodes: place?.nodes ?? null,
    source: place?.source ?? null,
    positions: place?.positions ?? null,
    path: place?.path ?? null,
    extensions,
  });
