import { child, text } from "../ast.ts";
import type { MutationOperator } from "./MutationOperator.ts";

const ADDRESS_CHARACTERS = 42;

/** A number, as it is written, made one more, one less, and zero. */
function neighbours(literal: string): string[] {
  const [written = "", unit = ""] = literal.split(/(?<=\w)(?=\s)/);
  // The compiler checks the capitals of an address.
  if (written.length === ADDRESS_CHARACTERS && written.startsWith("0x")) return [];
  const digits = written.replaceAll("_", "");
  const value = digits.includes("e") ? BigInt(Number(digits)) : BigInt(digits);
  const show = (changed: bigint) =>
    digits.startsWith("0x") ? `0x${changed.toString(16).padStart(digits.length - 2, "0")}` : changed.toString();
  const changed = [value + 1n, value - 1n, 0n].filter((other) => other >= 0n && other !== value);
  return [...new Set(changed.map((other) => show(other) + unit))];
}

/** Another constant in its place. */
export const changeConstant: MutationOperator = (node, source) => {
  const written = source.of(node);
  if (node.nodeType === "Literal" || node.nodeType === "YulLiteral") {
    const afters: Readonly<Record<string, () => string[]>> = {
      number: () => neighbours(written),
      bool: () => [written === "true" ? "false" : "true"],
      string: () => (text(node, "value") === "" ? [] : ['""']),
    };
    return (afters[text(node, "kind")]?.() ?? []).map((after) => source.replace(node, after));
  }
  return [];
};

/** The largest value of a type, less one. */
export const lowerMaximum: MutationOperator = (node, source) => {
  if (node.nodeType !== "MemberAccess" || node.memberName !== "max") return [];
  return source.of(child(node, "expression")).startsWith("type(")
    ? [source.replace(node, `(${source.of(node)} - 1)`)]
    : [];
};
