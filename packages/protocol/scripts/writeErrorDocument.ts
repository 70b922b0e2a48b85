import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { errorDocument } from "../src/errorDocument.ts";

await writeFile(join(import.meta.dirname, "../../../docs/errors.md"), errorDocument());
