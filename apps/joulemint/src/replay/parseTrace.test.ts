import { describe, expect, it } from "vitest";
import { parseTrace } from "./parseTrace.ts";

const azure = "TIMESTAMP,ContextTokens,GeneratedTokens\n";
const ours = "timestamp_ms,input_tokens,output_tokens\n";
const cached = "timestamp_ms,input_tokens,output_tokens,cached_tokens\n";

describe("parseTrace", () => {
  it("reads Azure's columns", () => {
    const text = `${azure}2023-11-16 18:15:46.6805900,374,44\n2023-11-16 18:15:50.9951690,396,109\n`;
    expect(parseTrace(text)).toEqual([
      { atMs: 0, inputTokens: 374, cachedTokens: 0, outputTokens: 44 },
      { atMs: 4315, inputTokens: 396, cachedTokens: 0, outputTokens: 109 },
    ]);
  });

  it("reads our columns, with and without cached tokens, and CRLF", () => {
    expect(parseTrace(`${ours}1000,5,6\r\n1250,7,8`)).toEqual([
      { atMs: 0, inputTokens: 5, cachedTokens: 0, outputTokens: 6 },
      { atMs: 250, inputTokens: 7, cachedTokens: 0, outputTokens: 8 },
    ]);
    expect(parseTrace(`${cached}0,50,6,40\n`)[0]).toMatchObject({ inputTokens: 50, cachedTokens: 40 });
  });

  it("stops at the limit", () => {
    expect(parseTrace(`${ours}0,1,1\n1,1,1\n2,1,1\n`, 2)).toHaveLength(2);
  });

  it.each([
    ["an unknown header", "a,b,c\n1,2,3\n", 1, "header"],
    ["an empty file", "", 1, "header"],
    ["an extra column in the header", "timestamp_ms,input_tokens,output_tokens,price\n", 1, "header"],
    ["a missing column", `${ours}0,1,1\n5,6\n`, 3, "row"],
    ["a negative count", `${ours}0,1,-1\n`, 2, "output_tokens"],
    ["a fraction", `${ours}0,1.5,1\n`, 2, "input_tokens"],
    ["a word", `${azure}2023-11-16 18:15:46.68,many,44\n`, 2, "ContextTokens"],
    ["an empty count", `${ours}0,,1\n`, 2, "input_tokens"],
    ["a bad timestamp", `${azure}yesterday,1,1\n`, 2, "TIMESTAMP"],
    ["a day that does not exist", `${azure}2023-02-30 10:00:00,1,1\n`, 2, "TIMESTAMP"],
    ["an hour that does not exist", `${azure}2023-02-01 24:00:00,1,1\n`, 2, "TIMESTAMP"],
    ["a timestamp beyond counting", `${ours}99999999999999999999,1,1\n`, 2, "timestamp_ms"],
    ["time running backwards", `${ours}5,1,1\n4,1,1\n`, 3, "timestamp_ms"],
    ["more cached than input", `${cached}0,5,1,6\n`, 2, "cached_tokens"],
    ["an unclosed quote", `${ours}0,1,1\n"5,6,7\n`, 3, "row"],
  ])("refuses %s by its line", (_, text, line, field) => {
    expect(() => parseTrace(text)).toThrowError(
      expect.objectContaining({ code: "TRACE_MALFORMED", details: expect.objectContaining({ line, field }) }),
    );
  });
});
