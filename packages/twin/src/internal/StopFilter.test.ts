import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { StopFilter } from "./StopFilter.ts";

const pass = (filter: StopFilter, parts: readonly string[]) => {
  let text = "";
  for (const part of parts) if (!filter.matched) text += filter.push(part);
  return text + filter.flush();
};

describe("StopFilter", () => {
  it.each([
    { stops: [], parts: ["a", "b"], text: "ab" },
    { stops: ["STOP"], parts: ["go ST", "OP on"], text: "go " },
    { stops: ["STOP"], parts: ["go ST", "ART"], text: "go START" },
    { stops: ["STOP"], parts: ["go STO"], text: "go STO" },
    { stops: ["b", "ab"], parts: ["xab"], text: "x" },
    { stops: ["aab"], parts: ["a", "a", "a", "b", "c"], text: "a" },
  ])("passes $text of $parts with $stops", ({ stops, parts, text }) => {
    expect(pass(new StopFilter(stops), parts)).toBe(text);
  });

  it("releases at once what no stop sequence can begin with", () => {
    const filter = new StopFilter(["\n\n", "END"]);
    expect([filter.push("one E"), filter.push("N two\n"), filter.push("three")]).toEqual(["one ", "EN two", "\nthree"]);
  });

  it("cuts at the first stop sequence that is complete, however the text comes in characters", () => {
    const letters = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 30 });
    const stop = fc.string({ unit: fc.constantFrom("a", "b"), minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(letters, stop, (text, sequence) => {
        const found = text.indexOf(sequence);
        expect(pass(new StopFilter([sequence]), [...text])).toBe(found === -1 ? text : text.slice(0, found));
      }),
    );
  });
});
