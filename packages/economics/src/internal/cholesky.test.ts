import fc from "fast-check";
import { expect, it } from "vitest";
import { cholesky, dot, solveLower } from "./cholesky.ts";

const SIZE = 4;
const entry = fc.double({ min: -1, max: 1, noNaN: true });
const vector = fc.array(entry, { minLength: SIZE, maxLength: SIZE });

it("a matrix is its triangle times the triangle's transpose", () => {
  fc.assert(
    fc.property(fc.array(vector, { minLength: SIZE, maxLength: SIZE }), (rows) => {
      const matrix = rows.map((a, i) => rows.map((b, j) => dot(a, b) + (i === j ? 1 : 0)));
      const factor = cholesky(matrix).map((row) => [...row, ...new Array<number>(SIZE - row.length).fill(0)]);
      const product = factor.map((a) => factor.map((b) => dot(a, b)));
      expect(product).toEqual(matrix.map((row) => row.map((value) => expect.closeTo(value, 12))));
    }),
  );
});

it("solving undoes multiplying", () => {
  const factor = [[2], [3, 4], [-1, 5, 7]];
  expect(solveLower(factor, [2, 11, 30])).toEqual([1, 2, 3]);
});

it.each([
  [
    [
      [1, 2],
      [2, 1],
    ],
  ],
  [[[0]]],
])("refuses %j, which is not positive definite", (matrix) => {
  expect(() => cholesky(matrix)).toThrow("positive definite");
});
