import fc from "fast-check";
import { expect, it } from "vitest";
import { tokensPerSecond } from "../units.ts";
import { interruptible } from "./interruptible.ts";

it("T1: capacity that real-time may pre-empt earns only when it is left", () => {
  // Of 100 tok/s, real-time takes 90 in 8 hours, 60 in 8 and 10 in 8.
  const spare = [10, 40, 90].flatMap((left) => Array(8).fill(tokensPerSecond(left)));
  expect(interruptible(spare, tokensPerSecond(50))).toEqual({
    served: expect.closeTo((10 + 40 + 50) / 3, 12),
    availability: expect.closeTo(2 / 3, 12),
    uninterrupted: expect.closeTo(1 / 3, 12),
  });
  expect(interruptible(spare, tokensPerSecond(10))).toEqual({ served: 10, availability: 1, uninterrupted: 1 });
});

it("who asks for more gets more of it, and a smaller share", () => {
  const spares = fc.array(fc.double({ min: 0, max: 100, noNaN: true }).map(tokensPerSecond), { minLength: 1 });
  const asks = fc.double({ min: 0.1, max: 100, noNaN: true });
  fc.assert(
    fc.property(spares, asks, asks, (spare, a, b) => {
      const [few, many] = [Math.min(a, b), Math.max(a, b)].map((asked) => interruptible(spare, tokensPerSecond(asked)));
      if (few === undefined || many === undefined) throw new Error("two are asked for");
      expect(many.served).toBeGreaterThanOrEqual(few.served);
      expect(many.availability).toBeLessThanOrEqual(few.availability + 1e-12);
      expect(many.uninterrupted).toBeLessThanOrEqual(few.uninterrupted);
    }),
  );
});

it.each([
  ["no intervals", [], 1],
  ["nothing that is asked for", [tokensPerSecond(1)], 0],
] as const)("refuses %s", (_, spare, asked) => {
  expect(() => interruptible(spare, tokensPerSecond(asked))).toThrow(RangeError);
});
