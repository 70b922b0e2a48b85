import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson } from "./canonicalJson.ts";

describe("canonicalJson", () => {
  // The values, the order of keys and the texts are those of RFC 8785, sections 3.2.2 to 3.2.4 and appendix B.
  it.each<[string, unknown, string]>([
    [
      "numbers",
      [Number("333333333.33333329"), 1e30, 4.5, 2e-3, 1e-27, -0],
      "[333333333.3333333,1e+30,4.5,0.002,1e-27,0]",
    ],
    ["escapes", "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"/", '"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"'],
    ["literals", [null, true, false], "[null,true,false]"],
    [
      "order of keys by UTF-16 code units",
      { "\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\ud83d\ude00": 5, "\u0080": 6, "\u00f6": 7 },
      '{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}',
    ],
    ["bigints as decimal strings", { b: 2n ** 64n, a: [-1n] }, '{"a":["-1"],"b":"18446744073709551616"}'],
    ["undefined members left out", { a: undefined, b: 1 }, '{"b":1}'],
    ["toJSON", { at: new Date(0) }, '{"at":"1970-01-01T00:00:00.000Z"}'],
  ])("writes %s", (_, value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });

  it.each<[unknown, string]>([
    [{ a: [0, Number.NaN] }, "$.a[1]"],
    [Number.POSITIVE_INFINITY, "$"],
    [[undefined], "$[0]"],
    [{ f: () => 1 }, "$.f"],
    ["\ud800", "$"],
  ])("refuses %o and says where", (value, path) => {
    expect(() => canonicalJson(value)).toThrow(
      expect.objectContaining({ code: "INTERNAL", details: expect.objectContaining({ path }) }),
    );
  });

  it("means what JSON means, whatever the order of the keys", () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: "grapheme" }), (value) => {
        const text = canonicalJson(value);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(reversed(value))).toBe(text);
      }),
    );
  });
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, reversed(member)]),
  );
}
