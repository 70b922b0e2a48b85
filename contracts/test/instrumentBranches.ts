import { expect } from "chai";
import { instrumentBranches } from "../testing/instrumentBranches.ts";

describe("instrumentBranches", () => {
  it("counts both outcomes of every condition and of the operands of which it is made", () => {
    const original = [
      "contract One {",
      "  function f(uint256 a) external pure returns (uint256) {",
      "    if (a == 1 || a == 2 && a != 3) return 1;",
      "    for (uint256 i; i < a; ++i) require(a > i, E());",
      "    return a < 9 ? 1 : 0;",
      "  }",
      "}",
      "",
    ];
    const { source, branches } = instrumentBranches(original.join("\n"));
    const lines = source.split("\n");
    expect(lines[2]).to.equal(
      "    if (_condition0(_condition1(a == 1) || _condition2(_condition3(a == 2) && _condition4(a != 3)))) return 1;",
    );
    expect(lines[3]).to.equal("    for (uint256 i; _condition5(i < a); ++i) require(_condition6(a > i), E());");
    expect(lines[4]).to.equal("    return _condition7(a < 9) ? 1 : 0;");
    expect(branches.map(({ line, outcome }) => `${line} ${outcome}`)).to.deep.equal(
      [3, 3, 3, 3, 3, 4, 4, 5].flatMap((line) => [`${line} true`, `${line} false`]),
    );
    for (const { outcome, instrumentedLine } of branches)
      expect(lines[instrumentedLine - 1]).to.equal(`return ${outcome};`);
  });
});
