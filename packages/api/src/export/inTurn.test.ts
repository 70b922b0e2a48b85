import { expect, it } from "vitest";
import { inTurn } from "./inTurn.ts";

it("starts each piece of work when the one before it has ended, well or not", async () => {
  const turn = inTurn();
  const events: string[] = [];
  const work =
    (name: string, fails = false) =>
    async () => {
      events.push(`${name} starts`);
      await new Promise((resolve) => setImmediate(resolve));
      events.push(`${name} ends`);
      if (fails) throw new Error(name);
      return name;
    };
  const results = await Promise.allSettled([turn(work("a")), turn(work("b", true)), turn(work("c"))]);
  expect(events).toEqual(["a starts", "a ends", "b starts", "b ends", "c starts", "c ends"]);
  expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
});
