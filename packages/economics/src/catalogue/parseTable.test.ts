import { expect, it } from "vitest";
import { parseTable } from "./parseTable.ts";

it.each([
  ["a,b\n1,2\n", [{ a: "1", b: "2" }]],
  ['a,b\r\n"x, y",""\r\n', [{ a: "x, y", b: "" }]],
  ['a\n"say ""yes"""', [{ a: 'say "yes"' }]],
  ["a,b,c\n,,3", [{ a: "", b: "", c: "3" }]],
  ["\uFEFFa\n1\n\n", [{ a: "1" }]],
])("reads %j", (text, rows) => {
  expect(parseTable(text)).toEqual(rows);
});

it.each([
  ["shorter than the header", "a,b\n1,2\n1", "line 3: 1 fields under 2 columns"],
  ["longer", "a,b\n1,2,3", "line 2: 3 fields under 2 columns"],
  ["empty", "a,b\n\n1,2", "line 2: 1 fields under 2 columns"],
])("refuses a row that is %s, by its line", (_, text, message) => {
  expect(() => parseTable(text)).toThrow(message);
});
