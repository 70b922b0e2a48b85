import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Continuation } from "./Continuation.ts";
import { Random } from "./Random.ts";
import { loadTokenizer } from "./Tokenizer.ts";
import { trainModel } from "./trainModel.ts";

const tokenizer = await loadTokenizer();
const idOf = (text: string, model: ReturnType<typeof trainModel>) =>
  model.vocabulary.find([...tokenizer.words(text)].flat());

describe("trainModel", () => {
  const model = trainModel(["a cat sat, a cat ran, a cat sat, a dog ran", "the dog sat"], tokenizer);
  const next = (before: string, last: string, temperature: number, random: Random) =>
    model.vocabulary.texts[model.next(idOf(before, model), idOf(last, model), temperature, random)];
  const share = (wanted: string, before: string, last: string, temperature: number) => {
    const random = new Random(7);
    const draws = Array.from({ length: 4000 }, () => next(before, last, temperature, random));
    return draws.filter((word) => word === wanted).length / draws.length;
  };

  it("is greedy at temperature 0: the most frequent word after two, else after one", () => {
    expect(next(" a", " cat", 0, new Random())).toBe(" sat");
    expect(next(" the", " cat", 0, new Random())).toBe(" sat");
    expect(next(" a", " dog", 0, new Random())).toBe(" ran");
    expect(next("the", " dog", 0, new Random())).toBe(" sat");
  });

  it("draws by frequency, with Witten-Bell weight on the two words", () => {
    // " cat" is followed by " sat" twice in three; so it is after " a cat" twice in two.
    expect(share(" sat", " a", " cat", 1)).toBeCloseTo((2 / 4) * (1 / 2) + (2 / 4) * (2 / 3), 1);
    // After "the dog" came " sat" only: half of the weight; after " dog" alone half of the time.
    expect(share(" sat", "the", " dog", 1)).toBeCloseTo(1 / 2 + 1 / 4, 1);
  });

  it("prefers the frequent at low temperature, and the rare at high", () => {
    const at = (temperature: number) => share(" sat", " cat", " cat", temperature);
    expect(at(1)).toBeCloseTo(2 / 3, 1);
    // Frequencies 2 and 1 to the power of 1 / temperature.
    expect(at(0.5)).toBeCloseTo(4 / 5, 1);
    expect(at(2)).toBeCloseTo(Math.SQRT2 / (1 + Math.SQRT2), 1);
    expect(at(0.05)).toBeGreaterThan(0.98);
  });

  it("goes on anywhere after a word that it does not know", () => {
    const word = next(" cat", " zebra", 1, new Random(1));
    expect(word).toMatch(/^ [a-z]+$/);
  });

  it("refuses a corpus without text", () => {
    expect(() => trainModel([" \n ", ""], tokenizer)).toThrow(RangeError);
  });

  it("learns white space of one character only, since longer runs would be split in another way", () => {
    const { vocabulary } = trainModel(["1  2   3 \t 4\r\n\n  5.\n\nA"], tokenizer);
    expect(vocabulary.texts).toEqual(["", "1", " ", "2", "3", "4", "\n", "5", ".\n", "A", " and"]);
  });

  it("makes texts whose tokens are counted as they were made, whatever it has learnt", () => {
    const text = fc.oneof(
      fc.string({ unit: "grapheme", minLength: 1, maxLength: 200 }),
      fc.string({ unit: fc.constantFrom(..."ab'sS1 .,(\n\t é電🙂".split(/(?:)/u)), minLength: 1, maxLength: 200 }),
      fc.lorem({ mode: "sentences" }),
    );
    const limit = fc.integer({ min: 1, max: 60 });
    fc.assert(
      fc.property(
        fc.array(text, { minLength: 1, maxLength: 4 }),
        text,
        limit,
        fc.nat(),
        (texts, prompt, tokens, seed) => {
          fc.pre(texts.join("").trim() !== "");
          const continuation = new Continuation(trainModel(texts, tokenizer), tokenizer, {
            prompt,
            temperature: 1,
            seeds: [seed],
            limit: tokens,
            exact: true,
          });
          let answer = "";
          for (let piece = continuation.next(); piece !== null; piece = continuation.next()) answer += piece;
          expect(continuation.produced).toBe(tokens);
          expect({ answer, tokens: tokenizer.count(answer) }).toEqual({ answer, tokens });
        },
      ),
      { numRuns: 1000 },
    );
  });
});
