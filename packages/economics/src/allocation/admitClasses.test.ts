import fc from "fast-check";
import { expect, it } from "vitest";
import { requestsPerSecond, seconds, usdPerHour } from "../units.ts";
import { admitClasses, type CallClass } from "./admitClasses.ts";

/** Offered in erlangs: so many calls a second of a second each. */
const calls = (name: string, rate: number, erlangs: number): CallClass => ({
  name,
  rate: usdPerHour(rate),
  arrivals: requestsPerSecond(erlangs),
  duration: seconds(1),
});

it("T1: one place for two classes: the dearer one comes first, and half of what no policy beats comes in", () => {
  // 0.8 erlang of the dear class and a fifth of the other fill the place: 8 + 0.8, of which every second call is blocked.
  expect(admitClasses(1, [calls("standard", 4, 1), calls("priority", 10, 0.8)])).toEqual({
    classes: [
      { name: "priority", admitted: expect.closeTo(1, 12) },
      { name: "standard", admitted: expect.closeTo(0.2, 12) },
    ],
    upperBound: expect.closeTo(8.8, 12),
    revenue: expect.closeTo(4.4, 12),
    blocked: expect.closeTo(0.5, 12),
    guarantee: 0.5,
    perPlace: expect.closeTo(4, 12),
  });
});

it("with more places the bound comes within reach, and what is left of them goes to the next class in part", () => {
  const of = (places: number) => admitClasses(places, [calls("dear", 10, places / 2), calls("cheap", 4, places)]);
  expect(of(100).classes).toEqual([
    { name: "cheap", admitted: expect.closeTo(0.5, 9) },
    { name: "dear", admitted: expect.closeTo(1, 9) },
  ]);
  const reached = [1, 10, 100, 1000].map((places) => of(places).revenue / of(places).upperBound);
  // Erlang's table: full loads of 10 and 100 erlangs lose 21.46 % and 7.57 %.
  expect(reached).toEqual([0.5, 0.7854, 0.9243, 0.9752].map((share) => expect.closeTo(share, 4)));
});

it("where places are spare it loses what Erlang's table says of the load, and not of a full one", () => {
  // 5 places for 2 erlangs: 3.67 %.
  const { blocked, revenue, upperBound, perPlace } = admitClasses(5, [calls("all", 10, 2)]);
  expect([upperBound, perPlace, blocked, revenue / upperBound]).toEqual(
    [20, 0, 0.0367, 0.9633].map((value) => expect.closeTo(value, 4)),
  );
});

it("a short call and a long one weigh by the time that they hold a place", () => {
  const long = { ...calls("long", 5, 0.1), duration: seconds(10) };
  expect(admitClasses(1, [long])).toEqual(admitClasses(1, [calls("long", 5, 1)]));
});

/** What the best of all policies brings that look at how many places are busy: each one tried. Durations are a second. */
function optimum(places: number, classes: readonly CallClass[]): number {
  const subsets = 2 ** classes.length;
  let best = 0;
  for (let policy = 0; policy < subsets ** places; policy += 1) {
    let [weight, total, earned] = [1, 1, 0];
    for (let busy = 0; busy < places; busy += 1) {
      const letIn = Math.floor(policy / subsets ** busy) % subsets;
      const flow = classes.filter((_, i) => (letIn >> i) & 1);
      earned += weight * flow.reduce((sum, { arrivals, rate }) => sum + arrivals * rate, 0);
      weight *= flow.reduce((sum, { arrivals }) => sum + arrivals, 0) / (busy + 1);
      total += weight;
    }
    best = Math.max(best, earned / total);
  }
  return best;
}

const anyClasses = fc
  .array(fc.tuple(fc.double({ min: 0.1, max: 50, noNaN: true }), fc.double({ min: 0.05, max: 5, noNaN: true })), {
    minLength: 1,
    maxLength: 3,
  })
  .map((all) => all.map(([rate, erlangs], i) => calls(`class ${i}`, rate, erlangs)));

it("no policy beats the bound, and this one brings at least half of the best", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 3 }), anyClasses, (places, classes) => {
      const { upperBound, revenue, guarantee } = admitClasses(places, classes);
      const best = optimum(places, classes);
      expect(best).toBeLessThanOrEqual(upperBound * (1 + 1e-9));
      expect(revenue).toBeLessThanOrEqual(best * (1 + 1e-9));
      expect(revenue).toBeGreaterThanOrEqual(guarantee * best * (1 - 1e-9));
      expect(guarantee).toBeGreaterThanOrEqual(0.5);
      expect(admitClasses(places, [...classes].reverse())).toEqual(admitClasses(places, classes));
    }),
  );
});

it("the price of a place is what another one adds to the bound", () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 30 }), anyClasses, (places, classes) => {
      const bound = (count: number) => admitClasses(count, classes).upperBound;
      const { perPlace } = admitClasses(places, classes);
      expect(perPlace).toBeGreaterThanOrEqual(bound(places + 1) - bound(places) - 1e-6);
      expect(perPlace).toBeLessThanOrEqual(bound(places) - bound(places - 1) + 1e-6);
    }),
  );
});

it.each([
  ["no place", 0, [calls("a", 1, 1)]],
  ["half a place", 1.5, [calls("a", 1, 1)]],
  ["no arrivals", 1, [calls("a", 1, 0)]],
  ["two classes of one name", 1, [calls("a", 1, 1), calls("a", 2, 1)]],
])("refuses %s", (_, places, classes) => {
  expect(() => admitClasses(places, classes)).toThrow(RangeError);
});
