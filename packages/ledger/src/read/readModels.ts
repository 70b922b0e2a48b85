import { type ModelRecord, modelColumns } from "./ModelRecord.ts";
import type { Reader } from "./Reader.ts";

/** The models at these addresses, in any order; unknown ones are left out. */
export function readModels(reader: Reader, addresses: readonly string[]): Promise<ModelRecord[]> {
  return reader.selectFrom("model").select(modelColumns).where("address", "in", addresses).execute();
}
