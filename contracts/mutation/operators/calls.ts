import { child, text } from "../ast.ts";
import type { MutationOperator } from "./MutationOperator.ts";

/** A token's own function, which says nothing, or lies, with some tokens. */
export const trustToken: MutationOperator = (node, source) => {
  const name = text(node, "memberName");
  const own = name.replace(/^(safe|trySafe)Transfer/, "transfer");
  return own === name ? [] : [source.replace(node, `${source.of(child(node, "expression"))}.${own}`)];
};
