import { type AstNode, child, descendants, list, text, typeOf } from "../ast.ts";
import type { MutationOperator } from "./MutationOperator.ts";

const DELETED = new Set(["ExpressionStatement", "EmitStatement", "Return", "YulExpressionStatement", "YulAssignment"]);

/** No statement in its place. */
export const deleteStatement: MutationOperator = (node, source) => {
  if (!DELETED.has(node.nodeType)) return [];
  const [start, end] = source.statement(node);
  return [{ start, end, after: "{}" }];
};

const DECLARATIONS = new Set(["VariableDeclaration", "YulTypedName"]);
const IDENTIFIERS = new Set(["Identifier", "YulIdentifier"]);

/** What variables are told apart by: solc's ids, and names in Yul. */
const variable = (node: AstNode) => node.referencedDeclaration ?? node.id ?? text(node, "name");
const variables = (nodes: Iterable<AstNode>, types: ReadonlySet<string>) =>
  new Set([...nodes].filter(({ nodeType }) => types.has(nodeType)).map(variable));

/** The variable of which `target` is a part; of a tuple, those of all its members. */
function roots(target: AstNode): unknown[] {
  if (IDENTIFIERS.has(target.nodeType)) return [variable(target)];
  const parts = [...list(target, "components"), target.baseExpression ?? target.expression];
  return parts.filter((part) => part !== undefined).flatMap((part) => roots(part as AstNode));
}

/** The variables that a statement assigns. */
const assigned = (statement: AstNode) =>
  [...descendants(statement)].flatMap((node) => {
    const changed = node.nodeType === "UnaryOperation" ? node.subExpression : node.leftHandSide;
    return [...list(node, "variableNames"), changed].flatMap((target) => (target ? roots(target as AstNode) : []));
  });

/** Whether a statement is a call that may change something. */
function isCall({ nodeType, expression }: AstNode): boolean {
  if (nodeType === "YulExpressionStatement") return true;
  const call = expression as AstNode;
  if (nodeType !== "ExpressionStatement" || call.nodeType !== "FunctionCall") return false;
  return !/ (view|pure)\b/.test(typeOf(child(call, "expression")));
}

/**
 * Whether the order of two neighbours may matter: they name a variable that one of them assigns or gives to a call. The
 * place of an event among others does not.
 */
function related(first: AstNode, second: AstNode): boolean {
  const [names, others] = [first, second].map((statement) => variables(descendants(statement), IDENTIFIERS));
  const common = [...names].filter((name) => others.has(name));
  const declared = variables(descendants(first), DECLARATIONS);
  if ([...others].some((name) => declared.has(name))) return false;
  const changed = new Set([...assigned(first), ...assigned(second)]);
  const statements = [first, second];
  const calls = statements.some(isCall) && !statements.some(({ nodeType }) => nodeType === "EmitStatement");
  return common.some((name) => calls || changed.has(name));
}

/** Two neighbours in the wrong order. */
export const swapNeighbours: MutationOperator = (node, source) => {
  const statements = list(node, "statements");
  return statements.slice(1).flatMap((second, index) => {
    const first = statements[index];
    if (!related(first, second)) return [];
    const [start, firstEnd] = source.statement(first);
    const [secondStart, end] = source.statement(second);
    const after = source.text(secondStart, end) + source.text(firstEnd, secondStart) + source.text(start, firstEnd);
    return [{ start, end, after }];
  });
};
