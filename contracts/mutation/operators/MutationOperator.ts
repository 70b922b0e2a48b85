import type { AstNode } from "../ast.ts";
import type { Edit, Source } from "../Source.ts";

/** The mistakes that could have been made at a node; `declarations` are those of all files, by their id. */
export type MutationOperator = (
  node: AstNode,
  source: Source,
  declarations: ReadonlyMap<unknown, AstNode>,
) => readonly Edit[];
