import fc from "fast-check";
import { expect, it } from "vitest";
import { type LinearProgram, solveLinearProgram } from "./linearProgram.ts";

const row = (coefficients: number[], limit: number) => ({ coefficients, limit });

it.each<[string, LinearProgram, number, number[], number[]]>([
  [
    "Dantzig's two plants and three products",
    { objective: [3, 5], rows: [row([1, 0], 4), row([0, 2], 12), row([3, 2], 18)] },
    36,
    [2, 6],
    [0, 1.5, 1],
  ],
  [
    "a floor, as a negative limit",
    { objective: [-2, -3], rows: [row([-1, -1], -10), row([1, 0], 6)] },
    -24,
    [6, 4],
    [3, 1],
  ],
  ["nothing worth doing", { objective: [-1], rows: [row([1], 5)] }, 0, [0], [0]],
  [
    "Beale's example, on which careless rules turn in a circle",
    {
      objective: [0.75, -150, 0.02, -6],
      rows: [row([0.25, -60, -0.04, 9], 0), row([0.5, -90, -0.02, 3], 0), row([0, 0, 1, 0], 1)],
    },
    0.05,
    [0.04, 0, 1, 0],
    [0, 1.5, 0.05],
  ],
])("%s", (_, program, value, x, shadowPrices) => {
  const close = (values: number[]) => values.map((number) => expect.closeTo(number, 9));
  const expected = {
    status: "optimal",
    value: expect.closeTo(value, 9),
    x: close(x),
    shadowPrices: close(shadowPrices),
  };
  expect(solveLinearProgram(program)).toEqual(expected);
});

it.each<[string, LinearProgram]>([
  ["infeasible", { objective: [1], rows: [row([1], 1), row([-1], -2)] }],
  ["unbounded", { objective: [1, 0], rows: [row([-1, 1], 1)] }],
])("says that a program is %s", (status, program) => {
  expect(solveLinearProgram(program)).toEqual({ status });
});

/** Programs with a finite optimum: all coefficients and limits are positive. */
const programs = fc.integer({ min: 1, max: 5 }).chain((size) => {
  const positive = fc.double({ min: 0.1, max: 10, noNaN: true });
  const capacity = fc.record({
    coefficients: fc.array(positive, { minLength: size, maxLength: size }),
    limit: fc.double({ min: 1, max: 1e6, noNaN: true }),
  });
  return fc.record({
    objective: fc.array(positive, { minLength: size, maxLength: size }),
    rows: fc.array(capacity, { minLength: 1, maxLength: 6 }),
  });
});

/** Two rows that nearly repeat each other, and differ in what a tie between them leaves. */
const nearlyTied: LinearProgram = {
  objective: [0.8904428375375676, 0.1, 0.1],
  rows: [
    row([9.988057597114757, 0.1, 0.1], 1),
    row([0.1, 0.1, 0.1], 74.03430909691441),
    row([0.1, 0.1, 7.545312499869369], 1),
    row([9.988001060485821, 7.545367188928492, 0.1], 1 - 1e-5),
  ],
};

it("is feasible, and optimal because its dual is feasible and worth the same", () => {
  fc.assert(
    fc.property(programs, (program) => {
      const solution = solveLinearProgram(program);
      if (solution.status !== "optimal") throw new Error(solution.status);
      const { x, value, shadowPrices } = solution;
      let dualValue = 0;
      for (const [i, { coefficients, limit }] of program.rows.entries()) {
        const used = coefficients.reduce((sum, a, j) => sum + a * (x[j] ?? 0), 0);
        expect(used).toBeLessThanOrEqual(limit * (1 + 1e-9));
        expect(shadowPrices[i]).toBeGreaterThanOrEqual(0);
        dualValue += limit * (shadowPrices[i] ?? 0);
      }
      for (const [j, c] of program.objective.entries()) {
        const charged = program.rows.reduce(
          (sum, { coefficients }, i) => sum + (coefficients[j] ?? 0) * (shadowPrices[i] ?? 0),
          0,
        );
        expect(charged).toBeGreaterThanOrEqual(c - 1e-7);
      }
      expect(Math.abs(dualValue / value - 1)).toBeLessThan(1e-7);
    }),
    { numRuns: 300, examples: [[nearlyTied]] },
  );
});

/** The best corner of a plane program, of all points where two of its lines meet; `null` if none satisfies all rows. */
function bestCorner({ objective: [p = 0, q = 0], rows }: LinearProgram): number | null {
  const lines = [...rows, row([-1, 0], 0), row([0, -1], 0)].map(({ coefficients: [a = 0, b = 0], limit }) => ({
    a,
    b,
    limit,
  }));
  const values = lines.flatMap((one, i) =>
    lines.slice(i + 1).flatMap((two) => {
      const determinant = one.a * two.b - one.b * two.a;
      if (determinant === 0) return [];
      const x = (one.limit * two.b - one.b * two.limit) / determinant;
      const y = (one.a * two.limit - one.limit * two.a) / determinant;
      return lines.every(({ a, b, limit }) => a * x + b * y <= limit + 1e-7) ? [p * x + q * y] : [];
    }),
  );
  return values.length === 0 ? null : Math.max(...values);
}

it("finds the best corner of a plane, floors and all, or that there is none", () => {
  const integer = fc.integer({ min: -9, max: 9 });
  const any = fc.tuple(integer, integer, fc.integer({ min: -40, max: 40 })).map(([a, b, limit]) => row([a, b], limit));
  fc.assert(
    fc.property(fc.tuple(integer, integer), fc.array(any, { maxLength: 5 }), (objective, rows) => {
      const program = { objective, rows: [...rows, row([1, 0], 100), row([0, 1], 100)] };
      const expected = bestCorner(program);
      const solution = solveLinearProgram(program);
      if (expected === null) expect(solution).toEqual({ status: "infeasible" });
      else expect(solution).toMatchObject({ status: "optimal", value: expect.closeTo(expected, 5) });
    }),
    { numRuns: 1000 },
  );
});

it("a shadow price is what the value changes by when its limit moves a little", () => {
  fc.assert(
    fc.property(programs, fc.nat(), (program, pick) => {
      const index = pick % program.rows.length;
      const valueAt = (step: number) => {
        const rows = program.rows.map((each, i) =>
          i === index ? row([...each.coefficients], each.limit + step) : each,
        );
        const solution = solveLinearProgram({ ...program, rows });
        return solution.status === "optimal" ? solution.value : Number.NaN;
      };
      const solution = solveLinearProgram(program);
      const price = solution.status === "optimal" ? (solution.shadowPrices[index] ?? Number.NaN) : Number.NaN;
      const step = 1e-5 * (program.rows[index]?.limit ?? 0);
      const less = (valueAt(0) - valueAt(-step)) / step;
      const more = (valueAt(step) - valueAt(0)) / step;
      // The value is concave: at a corner the two slopes differ, and the price lies between them.
      const tolerance = 1e-5 * Math.max(1, price);
      expect(price).toBeLessThanOrEqual(less + tolerance);
      expect(price).toBeGreaterThanOrEqual(more - tolerance);
    }),
    { numRuns: 300 },
  );
});

it("does not depend on the order of rows and variables", () => {
  fc.assert(
    fc.property(programs, (program) => {
      const turned = {
        objective: [...program.objective].reverse(),
        rows: program.rows.map(({ coefficients, limit }) => row([...coefficients].reverse(), limit)).reverse(),
      };
      const [a, b] = [solveLinearProgram(program), solveLinearProgram(turned)];
      if (a.status !== "optimal" || b.status !== "optimal") throw new Error("no optimum");
      expect(Math.abs(a.value / b.value - 1)).toBeLessThan(1e-9);
    }),
  );
});

it.each<[string, LinearProgram]>([
  ["a row that is too short", { objective: [1, 2], rows: [row([1], 1)] }],
  ["a limit that is not a number", { objective: [1], rows: [row([1], Number.NaN)] }],
  ["an endless objective", { objective: [Number.POSITIVE_INFINITY], rows: [] }],
])("refuses %s", (_, program) => {
  expect(() => solveLinearProgram(program)).toThrow(RangeError);
});
