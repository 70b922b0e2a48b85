import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { coverageTable } from "./coverageTable.ts";

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
await writeFile(path("../../../docs/economics.md"), await coverageTable(path("../src")));
