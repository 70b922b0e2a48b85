import { child, list, text } from "../ast.ts";
import type { MutationOperator } from "./MutationOperator.ts";

/** A condition that always, or never, holds. */
export const fixCondition: MutationOperator = (node, source) => {
  const values = { IfStatement: ["true", "false"], Conditional: ["true", "false"], YulIf: ["1", "0"] }[node.nodeType];
  return (values ?? []).map((value) => source.replace(child(node, "condition"), value));
};

/** A function without one of its modifiers. */
export const dropModifier: MutationOperator = (node, source) =>
  node.nodeType === "FunctionDefinition"
    ? list(node, "modifiers")
        .filter((modifier) => text(modifier, "kind") === "modifierInvocation")
        .map((modifier) => source.replace(modifier, ""))
    : [];
