import { isJoulemintError, JoulemintError } from "@joulemint/protocol/JoulemintError";
import { type ExecutionResult, execute } from "graphql";
import { createContext } from "../createContext.ts";
import type { RequestSnapshot } from "../createRequestSnapshot.ts";
import { UNKNOWN_COSTS } from "../FactoryCosts.ts";
import { schema } from "../schema.ts";
import type { Plain } from "./Plain.ts";
import { plainAnswer } from "./plainAnswer.ts";
import { readDocument } from "./readDocument.ts";

/** Executes one of the export's documents, and gives its answer as lines show it. Throws what the API would answer. */
export type Ask = (document: string, after: string | null) => Promise<Plain>;

/** Asks the API's own schema, always on the same snapshot. */
export function createAsk(snapshot: RequestSnapshot, asOf: string): Ask {
  const now = new Date();
  return async (name, after) => {
    const { document, plain } = prepared(name);
    const contextValue = createContext(snapshot, UNKNOWN_COSTS, now);
    const variableValues = { asOf, after };
    const { data, errors } = (await execute({ schema, document, variableValues, contextValue })) as ExecutionResult;
    const [error] = errors ?? [];
    if (error === undefined) return plain(data);
    const cause = error.originalError;
    throw isJoulemintError(cause) ? cause : new JoulemintError("INTERNAL", { document: name }, { cause: error });
  };
}

type Prepared = ReturnType<typeof prepare>;
const known = new Map<string, Prepared>();

function prepared(name: string): Prepared {
  const found = known.get(name) ?? prepare(name);
  known.set(name, found);
  return found;
}

function prepare(name: string) {
  const document = readDocument(name);
  return { document, plain: plainAnswer(schema, document) };
}
