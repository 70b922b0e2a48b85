import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { descendants } from "../../mutation/ast.ts";
import { Compiler } from "../../mutation/Compiler.ts";
import { findMutants } from "../../mutation/findMutants.ts";
import { Source } from "../../mutation/Source.ts";

/** What each kind of mutant makes of a contract with these members, as `what stood there => what stands there`. */
const CASES: Readonly<Record<string, readonly [members: string, ...mutants: string[]]>> = {
  "an operator by its inverse and a comparison by its boundary": [
    "function f(uint a, uint b) external pure returns (bool c) { c = a < b && a + b == a; }",
    "swapOperator: a < b && a + b == a => a < b || a + b == a",
    "swapOperator: a < b => a <= b",
    "swapOperator: a < b => a >= b",
    "swapOperator: a + b == a => a + b != a",
    "swapOperator: a + b => a - b",
  ],
  "an operand by nothing": [
    "function f(uint a, uint b) external pure returns (bool c) { c = a - b > b || b > a; }",
    "dropOperand: a - b > b || b > a => a - b > b",
    "dropOperand: a - b > b || b > a => b > a",
    "dropOperand: a - b => a",
  ],
  "rounding down by rounding up": [
    "function f(uint a, int b) external pure returns (uint c, int d) { c = a / 7; d = b / 7; }",
    "roundUp: a / 7 => (a + 7 - 1) / 7",
  ],
  "a sign by none": [
    "function f(bool a, uint b) external pure returns (bool c) { c = !a; ++b; }",
    "swapSign: !a => a",
    "swapSign: ++b => --b",
  ],
  "a constant by its neighbours": [
    "uint constant A = 1_000; uint constant B = 2 hours; bytes2 constant C = 0x0100;",
    "changeConstant: 1_000 => 1001",
    "changeConstant: 1_000 => 999",
    "changeConstant: 1_000 => 0",
    "changeConstant: 2 hours => 3 hours",
    "changeConstant: 2 hours => 1 hours",
    "changeConstant: 2 hours => 0 hours",
    "changeConstant: 0x0100 => 0x0101",
    "changeConstant: 0x0100 => 0x00ff",
    "changeConstant: 0x0100 => 0x0000",
  ],
  "the bound of a type by one less": [
    "uint constant A = type(uint8).max;",
    "lowerMaximum: type(uint8).max => (type(uint8).max - 1)",
  ],
  "a condition by a constant": [
    "function f(bool a) external pure returns (bool c) { if (a) revert(); c = a ? a : c; }",
    "fixCondition: a => true",
    "fixCondition: a => false",
    "fixCondition: a => true",
    "fixCondition: a => false",
  ],
  "a modifier by nothing": ["modifier m() { _; } function f() external m {}", "dropModifier: m => "],
  "a statement by nothing": [
    "event E(); uint a; function f() external returns (uint) { a = 1; emit E(); return a; }",
    "deleteStatement: a = 1; => {}",
    "deleteStatement: emit E(); => {}",
    "deleteStatement: return a; => {}",
  ],
  "the order of neighbours that share what one of them changes, but not of a declaration and its use": [
    "uint a; uint b; function f(uint c) external { uint d = c; a = d; b = d; b = a; g(b); h(b); } function g(uint) private { a = b; } function h(uint c) private pure {}",
    "swapNeighbours: b = d; b = a; => b = a; b = d;",
    "swapNeighbours: b = a; g(b); => g(b); b = a;",
    "swapNeighbours: g(b); h(b); => h(b); g(b);",
  ],
  "a key by another of its type": [
    "mapping(address => uint) a; function f(address b, uint c, address d) external { a[b] = c; a[d] = c; }",
    "changeKey: b => d",
    "changeKey: d => b",
  ],
  "a field by another of its type": [
    "struct S { uint8 a; uint b; uint8 c; } function f(S memory s) external pure returns (uint8) { return s.c; }",
    "changeField: s.c => s.a",
  ],
  "arguments by one another": [
    "function f(uint a, bool b, uint c) public { f(a, b, c); }",
    "swapArguments: a, b, c => c, b, a",
  ],
  "a safe call by a plain one": [
    "function safeTransfer(address a) public {} function transfer(address a) public {} function f() external { this.safeTransfer(address(0)); }",
    "trustToken: this.safeTransfer => this.transfer",
  ],
  "an instruction of assembly": [
    "function f(uint a) external pure returns (uint b) { assembly { if lt(a, 3) { b := add(a, b) } b := sub(b, 4) } }",
    "fixCondition: lt(a, 3) => 1",
    "fixCondition: lt(a, 3) => 0",
    "swapInstruction: lt(a, 3) => gt(a, 3)",
    "swapInstruction: lt(a, 3) => iszero(gt(a, 3))",
    "changeConstant: 3 => 4",
    "changeConstant: 3 => 2",
    "changeConstant: 3 => 0",
    "deleteStatement: b := add(a, b) => {}",
    "swapInstruction: add(a, b) => sub(a, b)",
    "swapInstruction: add(a, b) => a",
    "deleteStatement: b := sub(b, 4) => {}",
    "swapInstruction: sub(b, 4) => add(b, 4)",
    "swapInstruction: sub(b, 4) => b",
    "swapInstruction: sub(b, 4) => sub(4, b)",
    "changeConstant: 4 => 5",
    "changeConstant: 4 => 3",
    "changeConstant: 4 => 0",
  ],
};

describe("findMutants replaces", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "mutants-"));
  });
  after(() => rmSync(folder, { recursive: true }));

  /** All mutants of a contract with such members. */
  function mutantsOf(members: string) {
    const content = `// SPDX-License-Identifier: MIT\npragma solidity 0.8.34;\ncontract Tiny { ${members} }\n`;
    writeFileSync(join(folder, "Tiny.sol"), content);
    const compiler = new Compiler(folder);
    const tree = compiler.trees(["Tiny.sol"]).get("Tiny.sol");
    if (!tree) throw new Error("no tree");
    const declarations = new Map([...descendants(tree)].map((node) => [node.id, node]));
    return { content, compiler, mutants: findMutants("Tiny.sol", content, tree, declarations) };
  }

  for (const [what, [members, ...expected]] of Object.entries(CASES))
    it(what, () => {
      const { mutants } = mutantsOf(members);
      const operators = new Set(expected.map((mutant) => mutant.split(":")[0]));
      const found = mutants.filter(({ operator }) => operators.has(operator));
      expect(found.map(({ operator, before, after }) => `${operator}: ${before} => ${after}`)).to.have.members(
        expected,
      );
    });

  it("what it says, where it says", () => {
    const { content, compiler, mutants } = mutantsOf("string constant A = unicode'é'; uint constant B = 1; ");
    const { line, within, ...edit } = mutants.filter(({ operator }) => operator === "changeConstant")[0];
    expect([line, within]).to.deep.equal([3, ""]);
    const changed = new Source(content).edited(edit);
    expect(changed).to.equal(content.replace("B = 1", "B = 2"));
    expect(compiler.compile(["Tiny.sol:Tiny"], { "Tiny.sol": changed })).not.to.equal(undefined);
  });
});
