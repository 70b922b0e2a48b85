import type { IncomingMessage, ServerResponse } from "node:http";
import { renderGraphiQL } from "@graphql-yoga/render-graphiql";
import type { Ledger } from "@joulemint/ledger/Ledger";
import type { GraphQLSchema } from "graphql";
import { createYoga } from "graphql-yoga";
import type { Context } from "./Context.ts";
import { createContext } from "./createContext.ts";
import { createRequestSnapshot } from "./createRequestSnapshot.ts";
import { type FactoryCosts, UNKNOWN_COSTS } from "./FactoryCosts.ts";
import { handleNode } from "./handleNode.ts";
import { DEFAULT_LIMITS, type Limits } from "./Limits.ts";
import { savedQueries } from "./savedQueries.ts";
import { schema } from "./schema.ts";
import { toGraphQLError } from "./toGraphQLError.ts";
import { useErrorCodes } from "./useErrorCodes.ts";
import { useLimits } from "./useLimits.ts";
import { useSnapshot } from "./useSnapshot.ts";

export interface ApiOptions {
  readonly ledger: Ledger;
  /** What running the factory costs; everything is unknown unless it is given. */
  readonly costs?: Partial<FactoryCosts>;
  readonly limits?: Partial<Limits>;
  readonly now?: () => Date;
  /** Hears of errors that a caller is told nothing about. */
  readonly onError?: (error: unknown) => void;
}

export interface Api {
  readonly schema: GraphQLSchema;
  /** Answers a request for /graphql. `false`: it is for somebody else, and nothing was read or written. */
  readonly handle: (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;
}

/** GraphQL over one ledger, read only, public: GET and POST of /graphql, and GraphiQL for browsers. */
export function createApi(options: ApiOptions): Api {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const costs = { ...UNKNOWN_COSTS, ...options.costs };
  const now = options.now ?? (() => new Date());

  const yoga = createYoga<object, Context>({
    schema,
    context: () => createContext(createRequestSnapshot(options.ledger), costs, now()),
    plugins: [useLimits(limits), useSnapshot, useErrorCodes],
    parserAndValidationCache: true,
    maskedErrors: { maskError: (error) => toGraphQLError(error, options.onError) },
    cors: { origin: "*", credentials: false, methods: ["GET", "POST", "OPTIONS"] },
    graphiql: {
      title: "Joulemint GraphQL",
      defaultTabs: savedQueries().map(({ query }) => ({ query })),
    },
    renderGraphiQL,
    landingPage: false,
    logging: false,
  });
  return { schema, handle: (request, response) => handleNode(yoga, limits.bodyBytes, request, response) };
}
