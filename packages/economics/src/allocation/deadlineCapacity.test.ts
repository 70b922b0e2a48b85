import fc from "fast-check";
import { expect, it } from "vitest";
import { tokensPerSecond } from "../units.ts";
import { deadlineCapacity } from "./deadlineCapacity.ts";

const profile = (...spare: number[]) => spare.map(tokensPerSecond);
/** Twelve hours of night with 100 tok/s to spare, and twelve of day with so many. */
const day = (spare: number) => profile(...Array<number>(12).fill(100), ...Array<number>(12).fill(spare));

it.each([
  ["T3: due within a day, half of the night's can be taken around the clock", day(0), 24, 50],
  ["T3: nor does a week help: more than what is spare nobody can do", day(0), 24 * 7, 50],
  // What comes in the last hour of the night has its 13 hours in the day, and none of the next night.
  ["T3: due within 13 hours, nothing can be promised", day(0), 13, 0],
  ["T3: due within 14 hours, it lasts until the next night", day(0), 14, 50],
  // What comes in 6 hours of the day, from the last of the night on, is due within its 12: 12 x 10 for 6 hours.
  ["T3: due within 8 hours, the little that the day has limits it", day(10), 8, 20],
  ["a steady spare has no trough", profile(70, 70, 70), 2, 70],
  ["and nothing spare is nothing", profile(0, 0), 24, 0],
])("%s", (_, spare, deadline, expected) => {
  expect(deadlineCapacity(spare, deadline)).toBeCloseTo(expected, 9);
});

/** Serves `rate` of work until a backlog would be too long, earliest deadline first; whether nothing came too late. */
function inTime(spare: readonly number[], deadline: number, rate: number): boolean {
  let queue: { due: number; left: number }[] = [];
  for (let now = 0; now < spare.length * 8 + deadline * 20; now += 1) {
    let room = spare[now % spare.length] as number;
    for (const piece of queue) {
      const done = Math.min(room, piece.left);
      room -= done;
      piece.left -= done;
    }
    queue = queue.filter(({ left }) => left > 1e-9 * rate);
    // Due by the end of interval `due`.
    if (queue.some(({ due }) => due <= now)) return false;
    queue.push({ due: now + deadline - 1, left: rate });
  }
  return true;
}

it("is what an hour-by-hour schedule keeps, and a tenth more it does not", () => {
  const spares = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(spares, fc.integer({ min: 2, max: 30 }), (spare, deadline) => {
      const rate = deadlineCapacity(profile(...spare), deadline);
      if (rate > 0) expect(inTime(spare, deadline, rate)).toBe(true);
      expect(inTime(spare, deadline, rate * 1.1 + 0.1)).toBe(false);
    }),
  );
});

it.each([
  ["no intervals", [], 24],
  ["a deadline within the interval in which it came", day(0), 1],
  ["half an interval", day(0), 2.5],
])("refuses %s", (_, spare, deadline) => {
  expect(() => deadlineCapacity(spare, deadline)).toThrow(RangeError);
});
