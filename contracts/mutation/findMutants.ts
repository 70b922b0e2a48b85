import { type AstNode, descendants, text } from "./ast.ts";
import { dropOperand, roundUp, swapOperator, swapSign } from "./operators/arithmetic.ts";
import { swapInstruction } from "./operators/assembly.ts";
import { trustToken } from "./operators/calls.ts";
import { changeConstant, lowerMaximum } from "./operators/constants.ts";
import { dropModifier, fixCondition } from "./operators/guards.ts";
import { changeField, changeKey, swapArguments } from "./operators/names.ts";
import { deleteStatement, swapNeighbours } from "./operators/statements.ts";
import { type Edit, Source } from "./Source.ts";

const OPERATORS = {
  changeConstant,
  changeField,
  changeKey,
  deleteStatement,
  dropModifier,
  dropOperand,
  fixCondition,
  lowerMaximum,
  roundUp,
  swapArguments,
  swapInstruction,
  swapNeighbours,
  swapOperator,
  swapSign,
  trustToken,
};

/** A file with one mistake in it. */
export interface Mutant extends Edit {
  readonly file: string;
  readonly line: number;
  /** The function that it is in; empty outside of functions. */
  readonly within: string;
  readonly operator: string;
  readonly before: string;
}

/** All mutants of a file, in the order of the source. */
export function findMutants(
  file: string,
  content: string,
  ast: AstNode,
  declarations: ReadonlyMap<unknown, AstNode>,
): Mutant[] {
  const source = new Source(content);
  const functions = [...descendants(ast)].filter(({ nodeType }) => nodeType === "FunctionDefinition");
  const mutants = new Map<string, Mutant>();
  for (const node of descendants(ast)) {
    for (const [operator, mutate] of Object.entries(OPERATORS)) {
      for (const edit of mutate(node, source, declarations)) {
        const { start, end, after } = edit;
        const around = functions.find((one) => source.range(one)[0] <= start && end <= source.range(one)[1]);
        const within = around ? text(around, "name") || text(around, "kind") : "";
        const before = source.text(start, end);
        const key = `${start}:${end}:${after}`;
        if (!mutants.has(key))
          mutants.set(key, { file, line: source.line(start), within, operator, start, end, before, after });
      }
    }
  }
  return [...mutants.values()].sort((one, other) => one.start - other.start || one.end - other.end);
}
