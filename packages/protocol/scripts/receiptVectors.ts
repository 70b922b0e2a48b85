import { writeFile } from "node:fs/promises";
import { RECEIPT_VECTORS, receiptVectors } from "../src/testing/receiptVectors.ts";

// After a change of what is signed: `node scripts/receiptVectors.ts`, then `npm run format`.
await writeFile(RECEIPT_VECTORS, JSON.stringify(await receiptVectors(), null, 2));
