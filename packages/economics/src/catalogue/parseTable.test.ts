import { expect, it } from "vitest";
import { parseTable } from "./parseTable.ts";

it.each([
  ["a,b\n1,2\n", [{ a: "1", b: "2" }]],
  ['a,b\r\n"x, y",""\r\n', [{ a: "x, y", b: "" }]],
  ['a\n"say ""yes"""', [{ a: 'say "yes"' }]],
  ["a,b,c\n,,3", [{ a: "", b: "", c: "3" }]],
])("reads %j", (text, rows) => {
  expect(parseTable(text)).toEqual(rows);
});

it("refuses a row that is shorter or longer than the header", () => {
  expect(() => parseTable("a,b\n1")).toThrow(RangeError);
  expect(() => parseTable("a,b\n1,2,3")).toThrow(RangeError);
});
