import { describe, expect, it } from "vitest";
import type { Delta } from "./Delta.ts";
import { ProducedText } from "./ProducedText.ts";

const payload = (text: string, choice = 0): Delta[] => (text === "" ? [] : [{ choice, kind: "output", text }]);

describe("ProducedText", () => {
  it("counts tokens that cross the borders of chunks once, and each choice by itself", async () => {
    const text = new ProducedText();
    for (const part of ["th", "e qu", "ick"]) text.append(payload(part));
    expect(await text.count()).toEqual({ output: 2n, reasoning: 0n });
    for (const part of ["th", "e qu", "ick"]) text.append(payload(part, 1));
    expect(await text.count()).toEqual({ output: 4n, reasoning: 0n });
  });

  it("counts the first events alone", async () => {
    const text = new ProducedText();
    for (const word of ["one", " two", " three"]) text.append(payload(word));
    expect(await text.count(2)).toEqual({ output: 2n, reasoning: 0n });
    expect(await text.count(0)).toEqual({ output: 0n, reasoning: 0n });
  });

  it("knows whether text came after an event", () => {
    const text = new ProducedText();
    text.append(payload("one"));
    text.append(payload(""));
    expect(text.hasTextAfter(0)).toBe(true);
    expect(text.hasTextAfter(1)).toBe(false);
  });

  it("counts the same when a long stream was folded on its way", async () => {
    const kept = new ProducedText();
    const folded = new ProducedText();
    for (let n = 0; n < 900; n++) {
      const item = payload(` word${n}`, n % 2);
      kept.append(item);
      folded.append(item);
      // The last ten are not delivered yet, and must stay apart.
      folded.release(Math.max(0, n - 10));
    }
    expect(folded.length).toBe(900);
    expect(await folded.count()).toEqual(await kept.count());
    expect(await folded.count(895)).toEqual(await kept.count(895));
    expect([folded.hasTextAfter(5), folded.hasTextAfter(899), folded.hasTextAfter(900)]).toEqual([true, true, false]);
  });
});
