import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { coverageTable } from "./coverageTable.ts";

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const table = await coverageTable(path("../src"));

it("docs/economics.md is what `npm run docs -w packages/economics` writes", async () => {
  expect(await readFile(path("../../../docs/economics.md"), "utf8")).toBe(table);
});

const numbered = (kind: string, numbers: number[]) => numbers.map((number) => `${kind}${number}`);
const rows = [
  ...numbered("C", [4, 7, 8, 9, 10, 11, 16, 17, 18, 19, 21, 24, 25]),
  ...numbered("T", [1, 2, 3, 4]),
  ...numbered("P", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]),
  ...numbered("R", [1, 2, 3, 4, 5, 6]),
];

it.each(rows)("%s has a test that is named for it", (id) => {
  expect(table).toContain(`| ${id} | `);
});
