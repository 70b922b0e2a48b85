import { type AstNode, child, descendants, list, typeOf } from "../ast.ts";
import type { MutationOperator } from "./MutationOperator.ts";

/** The one after `current` among those of its type, in a circle. */
function nextOfType(current: unknown, candidates: readonly AstNode[]): AstNode | undefined {
  const index = candidates.findIndex(({ id }) => id === current);
  if (index < 0) return undefined;
  const type = typeOf(candidates[index]);
  const circle = [...candidates.slice(index + 1), ...candidates.slice(0, index)];
  return circle.find((candidate) => typeOf(candidate) === type && candidate.name !== "");
}

/** Another key: the next local variable of the same type. */
export const changeKey: MutationOperator = (node, source) => {
  if (node.nodeType !== "FunctionDefinition") return [];
  const nodes = [...descendants(node)];
  const locals = nodes.filter(({ nodeType }) => nodeType === "VariableDeclaration");
  return nodes
    .filter(({ nodeType, indexExpression }) => nodeType === "IndexAccess" && indexExpression !== undefined)
    .flatMap((access) => {
      const key = child(access, "indexExpression");
      const [start] = source.range(key);
      const inScope = locals.filter((local) => source.range(local)[0] < start);
      const other = nextOfType(key.referencedDeclaration, inScope);
      return other ? [source.replace(key, String(other.name))] : [];
    });
};

/** Another field: the next member of the same type in its struct. */
export const changeField: MutationOperator = (node, source, declarations) => {
  if (node.nodeType !== "MemberAccess") return [];
  const struct = declarations.get(declarations.get(node.referencedDeclaration)?.scope);
  const other = struct && nextOfType(node.referencedDeclaration, list(struct, "members"));
  return other ? [source.replace(node, `${source.of(child(node, "expression"))}.${other.name}`)] : [];
};

/** Two arguments of one type in the wrong order. */
export const swapArguments: MutationOperator = (node, source) => {
  if (node.nodeType !== "FunctionCall" || list(node, "arguments").length < 2) return [];
  const values = list(node, "arguments");
  return values.flatMap((first, index) => {
    const second = values.slice(index + 1).find((value) => typeOf(value) === typeOf(first));
    if (!second || source.of(first) === source.of(second)) return [];
    const [[start, firstEnd], [secondStart, end]] = [source.range(first), source.range(second)];
    return [{ start, end, after: source.of(second) + source.text(firstEnd, secondStart) + source.of(first) }];
  });
};
