import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseTable } from "../catalogue/parseTable.ts";
import { tokensPerSecond, tokensPerSecondPerUser } from "../units.ts";
import { monotoneSpline } from "./monotoneSpline.ts";
import { type FrontierPoint, paretoFrontier } from "./paretoFrontier.ts";
import { throughputAtInteractivity } from "./throughputAtInteractivity.ts";

const coordinate = fc.integer({ min: 1, max: 50 });
const somePoints = fc.array(
  fc.record({
    interactivity: coordinate.map(tokensPerSecondPerUser),
    throughput: coordinate.map(tokensPerSecond),
  }),
  { minLength: 1 },
);
const beats = (a: FrontierPoint, b: FrontierPoint) =>
  a.interactivity >= b.interactivity &&
  a.throughput >= b.throughput &&
  (a.interactivity > b.interactivity || a.throughput > b.throughput);

describe("C14: most tokens per unit of compute, at each speed that a user may ask for", () => {
  it("the frontier is what no point beats, whatever the order", () => {
    fc.assert(
      fc.property(somePoints, (points) => {
        const frontier = paretoFrontier(points);
        for (const point of points) {
          const onIt = frontier.some(
            (f) => f.interactivity === point.interactivity && f.throughput === point.throughput,
          );
          expect(onIt).toBe(!points.some((other) => beats(other, point)));
        }
        expect(paretoFrontier([...points].reverse())).toEqual(frontier);
      }),
    );
  });

  it("between measured points it falls smoothly, and inside of its interval", () => {
    fc.assert(
      fc.property(
        somePoints,
        fc.double({ min: 1, max: 50, noNaN: true }).map(tokensPerSecondPerUser),
        (points, speed) => {
          const { value, interval } = throughputAtInteractivity(points, speed);
          expect(value).toBeGreaterThanOrEqual(interval[0] - 1e-9);
          expect(value).toBeLessThanOrEqual(interval[1] + 1e-9);
          expect(throughputAtInteractivity(points, tokensPerSecondPerUser(speed + 0.5)).value).toBeLessThanOrEqual(
            value + 1e-9,
          );
        },
      ),
    );
  });

  it("InferenceX's sweep of GLM-5 on 8 x H200 has a frontier that goes through its best points", () => {
    const rows = parseTable(
      readFileSync(new URL("../../data/inferencex_h200_frontier_glm5.csv", import.meta.url), "utf8"),
    ).filter(({ isl }) => isl === "1024");
    const points = rows.map((row) => ({
      interactivity: tokensPerSecondPerUser(1 / Number(row.tpot_p50_s)),
      throughput: tokensPerSecond(Number(row.output_tokens_per_s) / 8),
    }));
    // Concurrency 48 makes less than 32 and is slower, too: the one point that is not on it.
    expect(paretoFrontier(points)).toHaveLength(points.length - 1);
    for (const { interactivity, throughput } of paretoFrontier(points)) {
      expect(throughputAtInteractivity(points, interactivity).value).toBeCloseTo(throughput, 6);
    }
  });

  it("beyond the fastest point nothing is known to be possible, and below the slowest only what it makes", () => {
    const at = (speed: number) => throughputAtInteractivity(points, tokensPerSecondPerUser(speed));
    const points = [
      { interactivity: tokensPerSecondPerUser(20), throughput: tokensPerSecond(100) },
      { interactivity: tokensPerSecondPerUser(50), throughput: tokensPerSecond(40) },
    ];
    expect(at(60)).toMatchObject({ value: 0, interval: [0, 40], extrapolated: true });
    expect(at(10)).toMatchObject({
      value: 100,
      interval: [100, 200],
      extrapolated: true,
    });
    expect(at(20)).toMatchObject({ value: 100, extrapolated: false, findings: [] });
    expect(at(60).findings).toMatchObject([{ code: "EXTRAPOLATED" }]);
  });

  it("refuses no points and no speed", () => {
    expect(() => throughputAtInteractivity([], tokensPerSecondPerUser(1))).toThrow(RangeError);
    const point = { interactivity: tokensPerSecondPerUser(1), throughput: tokensPerSecond(1) };
    expect(() => throughputAtInteractivity([point], tokensPerSecondPerUser(0))).toThrow(RangeError);
  });
});

describe("the spline", () => {
  it("reproduces a straight line and goes through its knots", () => {
    const line = monotoneSpline([
      [0, 1],
      [1, 3],
      [4, 9],
    ]);
    for (const x of [0, 0.3, 1, 2.7, 4]) expect(line(x)).toBeCloseTo(1 + 2 * x, 12);
  });

  it("does not overshoot where its knots turn", () => {
    const bend = monotoneSpline([
      [0, 0],
      [1, 1],
      [2, 1],
      [3, 0],
    ]);
    for (let x = 1; x <= 2; x += 0.1) expect(bend(x)).toBeCloseTo(1, 12);
  });

  it("refuses knots that do not ascend, and x outside of them", () => {
    const knots = [
      [1, 1],
      [1, 2],
    ] as const;
    expect(() => monotoneSpline(knots)).toThrow(RangeError);
    expect(() => monotoneSpline([[1, 1]])(2)).toThrow(RangeError);
    expect(() =>
      monotoneSpline([
        [0, 1],
        [1, 1],
      ])(2),
    ).toThrow(RangeError);
    expect(() =>
      monotoneSpline([
        [0, 1],
        [1, 1],
      ])(-1),
    ).toThrow(RangeError);
  });
});
