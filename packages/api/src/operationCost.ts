import { complexityFromQuery } from "@pothos/plugin-complexity";
import {
  type DocumentNode,
  type GraphQLSchema,
  getOperationAST,
  Kind,
  type OperationDefinitionNode,
  visit,
} from "graphql";
import { isGraphQLError } from "./toGraphQLError.ts";

export interface OperationCost {
  /** One for each field; what is below a list counts once for each of its items, a connection's by its page size. */
  readonly requested: number;
  readonly depth: number;
  readonly aliases: number;
}

/**
 * What an operation asks for, known before it runs. `null` where there is nothing to count: the operation does not
 * exist, or its variables do not fit, which executing it will say.
 */
export function operationCost(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null | undefined,
  variables: Record<string, unknown> | null | undefined,
): OperationCost | null {
  const operation = getOperationAST(document, operationName);
  if (operation == null) return null;
  // The plugin counts the first operation of a document, whichever is going to run.
  const alone = { ...document, definitions: document.definitions.filter((definition) => runs(definition, operation)) };
  let aliases = 0;
  visit(alone, {
    Field({ alias }) {
      if (alias !== undefined) aliases += 1;
    },
  });
  try {
    const { complexity, depth } = complexityFromQuery(alone, { schema, variables: variables ?? {} });
    return { requested: complexity, depth, aliases };
  } catch (error) {
    if (isGraphQLError(error)) return null;
    throw error;
  }
}

const runs = (definition: DocumentNode["definitions"][number], operation: OperationDefinitionNode) =>
  definition === operation || definition.kind === Kind.FRAGMENT_DEFINITION;
