import { parse, visit } from "@solidity-parser/parser";

/** One outcome of a condition, and the line of the instrumented source that runs when it comes out so. */
export interface Branch {
  /** Of the condition, in the original source. */
  readonly line: number;
  readonly outcome: boolean;
  readonly instrumentedLine: number;
}

/**
 * A source in which every condition, operand of `&&` and `||` and argument of `require` goes through a function of its own, which
 * has a line for each outcome: what counts lines then counts branches, too. The lines of the original stay where they are.
 * Conditions in assembly are not among them.
 */
export function instrumentBranches(source: string): { readonly source: string; readonly branches: readonly Branch[] } {
  const conditions: { readonly start: number; readonly end: number; readonly line: number }[] = [];
  const add = (node: { range?: [number, number]; loc?: { start: { line: number } } } | null | undefined) => {
    if (node?.range && node.loc)
      conditions.push({ start: node.range[0], end: node.range[1] + 1, line: node.loc.start.line });
  };
  visit(parse(source, { range: true, loc: true }), {
    IfStatement: ({ condition }) => add(condition),
    Conditional: ({ condition }) => add(condition),
    WhileStatement: ({ condition }) => add(condition),
    ForStatement: ({ conditionExpression }) => add(conditionExpression),
    BinaryOperation: ({ operator, left, right }) => {
      if (operator !== "&&" && operator !== "||") return;
      add(left);
      add(right);
    },
    FunctionCall: ({ expression, arguments: [condition] }) => {
      if (expression.type === "Identifier" && expression.name === "require") add(condition);
    },
  });

  const insertions = conditions.flatMap(({ start, end }, at) => [
    // At one place, what ends there comes before what begins, and the longer condition, which was met first, begins first.
    { position: end, order: -1, text: ")" },
    { position: start, order: at, text: `_condition${at}(` },
  ]);
  insertions.sort((a, b) => a.position - b.position || a.order - b.order);
  let instrumented = "";
  let done = 0;
  for (const { position, text } of insertions) {
    instrumented += source.slice(done, position) + text;
    done = position;
  }
  instrumented += source.slice(done);

  const branches: Branch[] = [];
  let lines = instrumented.split("\n").length;
  for (const [at, { line }] of conditions.entries()) {
    const added = ["", `function _condition${at}(bool holds) pure returns (bool) {`, "if (holds) {", "return true;"];
    instrumented += `${added.join("\n")}\n}\nreturn false;\n}\n`;
    branches.push({ line, outcome: true, instrumentedLine: lines + 3 });
    branches.push({ line, outcome: false, instrumentedLine: lines + 5 });
    lines += 7;
  }
  return { source: instrumented, branches };
}
