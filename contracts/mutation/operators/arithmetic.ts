import { child, text, typeOf } from "../ast.ts";
import type { MutationOperator } from "./MutationOperator.ts";

/** What each operator is easily mistaken for: its inverse, and for a comparison also the next boundary. */
const OTHERS: Readonly<Record<string, readonly string[]>> = {
  "+": ["-"],
  "-": ["+"],
  "*": ["/"],
  "/": ["*"],
  "%": ["*"],
  "<<": [">>"],
  ">>": ["<<"],
  "&": ["|"],
  "|": ["&"],
  "<": ["<=", ">="],
  "<=": ["<", ">"],
  ">": [">=", "<="],
  ">=": [">", "<"],
  "==": ["!="],
  "!=": ["=="],
  "&&": ["||"],
  "||": ["&&"],
  "+=": ["-="],
  "-=": ["+="],
};
const LOGIC = new Set(["&&", "||", "|", "&"]);
const COMPARISONS = new Set(["<", "<=", ">", ">=", "==", "!="]);

/** Another operator in its place. */
export const swapOperator: MutationOperator = (node, source) => {
  const sides = SIDES[node.nodeType];
  if (!sides) return [];
  const [left, right] = sides.map((side) => child(node, side));
  const operator = text(node, "operator");
  const between = source.text(source.range(left)[1], source.range(right)[0]);
  return (OTHERS[operator] ?? []).map((other) =>
    source.replace(node, source.of(left) + between.replace(operator, other) + source.of(right)),
  );
};
const SIDES: Readonly<Record<string, readonly string[]>> = {
  BinaryOperation: ["leftExpression", "rightExpression"],
  Assignment: ["leftHandSide", "rightHandSide"],
};

/** One operand without the other. */
export const dropOperand: MutationOperator = (node, source) => {
  if (node.nodeType !== "BinaryOperation" || COMPARISONS.has(text(node, "operator"))) return [];
  const kept = LOGIC.has(text(node, "operator")) ? ["leftExpression", "rightExpression"] : ["leftExpression"];
  return kept.map((side) => source.replace(node, source.of(child(node, side))));
};

/** A division that rounds up. */
export const roundUp: MutationOperator = (node, source) => {
  if (node.nodeType !== "BinaryOperation" || node.operator !== "/" || !typeOf(node).startsWith("uint")) return [];
  const [left, right] = [child(node, "leftExpression"), child(node, "rightExpression")].map((side) => source.of(side));
  return [source.replace(node, `(${left} + ${right} - 1) / ${right}`)];
};

/** `!x`, `~x` and `-x` without their sign; `++x` and `--x` the other way. */
export const swapSign: MutationOperator = (node, source) => {
  if (node.nodeType !== "UnaryOperation" || node.operator === "delete") return [];
  const operand = source.of(child(node, "subExpression"));
  const after = { "++": `--${operand}`, "--": `++${operand}` }[text(node, "operator")] ?? operand;
  return [source.replace(node, after)];
};
