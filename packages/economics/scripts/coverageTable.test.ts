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
const range = (count: number) => Array.from({ length: count }, (_, i) => i + 1);
const system = (name: string) => `1b ${name}`;
const rows = [
  ...numbered("trap ", range(11)),
  ...numbered("C", range(28)),
  ...["H100", "H200", "GH200", "B100", "B200", "GB200", "NVLink", "NVL72", "Rubin", "Feynman", "Vera Rubin"].map(
    system,
  ),
  ...["Quantum-2", "Quantum-X", "Spectrum-X", "Spectrum-4", "BlueField-3", "CPO", "SuperPOD", "Omniverse"].map(system),
  ...["OVX", "NIM", "Dynamo", "TensorRT-LLM", "CUDA", "Base Command", "Mission Control", "RAS"].map(system),
  "1c Count",
  ...numbered("T", range(4)),
  ...numbered("P", range(10)),
  ...numbered("R", range(7)),
];

it.each(rows)("%s has a test that is named for it", (id) => {
  expect(table).toContain(`| ${id} | `);
});

it("shows no placeholder, and names an export in every row", () => {
  expect(table).not.toMatch(/%[sdij]|\$[a-z]/);
  expect(table).not.toContain("|  |");
});
