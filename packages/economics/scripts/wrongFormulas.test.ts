import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { testOf } from "./WrongFormula.ts";
import { WRONG_FORMULAS } from "./wrongFormulas.ts";

const source = (file: string) => fileURLToPath(new URL(`../src/${file}`, import.meta.url));

it("every formula to get wrong stands in its file exactly once", () => {
  const there = ({ file, search }: (typeof WRONG_FORMULAS)[number]) =>
    readFileSync(source(file), "utf8").split(search).length - 1;
  expect(WRONG_FORMULAS.filter((formula) => there(formula) !== 1)).toEqual([]);
});

it("and has a test", () => {
  expect(WRONG_FORMULAS.filter((formula) => !existsSync(source(testOf(formula))))).toEqual([]);
});
