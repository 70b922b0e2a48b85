import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { claim } from "./Claim.ts";
import { checkClaim } from "./checkClaim.ts";
import { solveFor } from "./solveFor.ts";

const product = claim({
  id: "EXAMPLE",
  source: "nobody",
  statement: "a x b is 12.",
  stated: 12,
  unit: "1",
  tolerance: 0.05,
  inputs: { a: 3, b: null },
  compute: ({ a, b }) => a * b,
});

describe("a claim", () => {
  it.each([
    ["consistent", 4],
    ["rounded", 4.1],
    ["rounded", 3.9],
    ["inconsistent", 4.3],
    ["inconsistent", -4],
    // 5 % are of the stated 12: 12.615 is out, though within 5 % of itself, and 11.415 is in.
    ["inconsistent", 4.205],
    ["rounded", 3.805],
  ] as const)("is %s with b = %d", (verdict, b) => {
    const checked = checkClaim(product, { b });
    expect(checked).toMatchObject({ verdict, stated: 12, missing: [] });
    expect(checked.computed).toBeCloseTo(3 * b, 12);
    expect(checked.findings[0]).toMatchObject({ code: "ASSUMED", message: "EXAMPLE with b = 4.".replace("4", `${b}`) });
  });

  it("is under-specified without it, and says what is missing", () => {
    expect(checkClaim(product)).toMatchObject({
      verdict: "under-specified",
      computed: null,
      missing: ["b"],
      findings: [{ code: "UNDER_SPECIFIED" }],
    });
  });

  it.each([
    ["0/0", 0, 0],
    ["1/0", 1, 0],
  ])("of %s is under-specified: nothing confirms or contradicts it", (_, a, b) => {
    const share = { ...product, inputs: { a, b }, compute: (of: { a: number; b: number }) => of.a / of.b };
    const undefinedFigure = {
      verdict: "under-specified",
      computed: null,
      missing: [],
      findings: [{ code: "FIGURE_UNDEFINED" }],
    };
    expect(checkClaim(share)).toMatchObject(undefinedFigure);
    expect(checkClaim({ ...share, stated: null })).toMatchObject(undefinedFigure);
  });

  it("that cannot be interpreted is under-specified, however well it computes", () => {
    const unclear = { ...product, inputs: { a: 3, b: 4 }, unstated: ["of what"] };
    expect(checkClaim(unclear)).toMatchObject({ verdict: "under-specified", computed: 12, missing: ["of what"] });
  });

  it("that is not what it computes to is found with both numbers, and with the reason if one is known", () => {
    const wrong = { ...product, inputs: { a: 3, b: 5 } };
    expect(checkClaim(wrong).findings).toMatchObject([
      { code: "STATED_IS_NOT_COMPUTED", severity: "error", stated: 12, computed: 15 },
    ]);
    const known = { ...wrong, cause: { code: "TYPO", message: "5 is a typo." } };
    expect(checkClaim(known).findings).toMatchObject([
      { code: "TYPO", message: expect.stringContaining("5 is a typo.") },
    ]);
  });

  it("that states only inputs is contradicted by nothing", () => {
    expect(checkClaim({ ...product, stated: null }, { b: 7 })).toMatchObject({ verdict: "consistent", computed: 21 });
  });

  it("refuses assumptions about what it states, or about anything else", () => {
    expect(() => checkClaim(product, { a: 4, b: 3 })).toThrow("no a to be assumed");
    expect(() => checkClaim(product, { c: 4 } as never)).toThrow("no c to be assumed");
  });
});

describe("solving", () => {
  it("gives the input with which the claim would be true, of rising and of falling figures", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 1e9, noNaN: true }), fc.boolean(), (a, falls) => {
        const some = {
          ...product,
          inputs: { a, b: null },
          compute: (of: { a: number; b: number }) => (falls ? a / of.b : a * of.b),
        };
        const b = solveFor(some, "b");
        expect(checkClaim(some, { b: b ?? Number.NaN }).computed).toBeCloseTo(12, 6);
      }),
    );
  });

  it("gives nothing where no value does it, and refuses where more than one input is missing", () => {
    expect(solveFor({ ...product, compute: () => 1 }, "b")).toBeNull();
    expect(() => solveFor({ ...product, inputs: { a: null, b: null } }, "b")).toThrow("lacks a");
    expect(() => solveFor({ ...product, stated: null }, "b")).toThrow("states no figure");
  });
});
