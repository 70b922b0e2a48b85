import { child, list, text } from "../ast.ts";
import type { MutationOperator } from "./MutationOperator.ts";

type Call = (...values: string[]) => string;
const call =
  (name: string): Call =>
  (...values) =>
    `${name}(${values.join(", ")})`;
const not =
  (name: string): Call =>
  (...values) =>
    `iszero(${call(name)(...values)})`;
const left: Call = (first) => first;
const right: Call = (_, second) => second;

const OTHERS: Readonly<Record<string, readonly Call[]>> = {
  add: [call("sub"), left],
  sub: [call("add"), left, (first, second) => call("sub")(second, first)],
  and: [call("or"), left],
  shl: [call("shr"), right],
  shr: [call("shl"), right],
  lt: [call("gt"), not("gt")],
  gt: [call("lt"), not("lt")],
  eq: [not("eq")],
};

/** Another instruction in its place, or one of its values. */
export const swapInstruction: MutationOperator = (node, source) => {
  if (node.nodeType !== "YulFunctionCall") return [];
  const values = list(node, "arguments").map((value) => source.of(value));
  return (OTHERS[text(child(node, "functionName"), "name")] ?? []).map((other) =>
    source.replace(node, other(...values)),
  );
};
