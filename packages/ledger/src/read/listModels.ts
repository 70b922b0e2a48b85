import { type ModelRecord, modelColumns } from "./ModelRecord.ts";
import { type Page, paging } from "./Page.ts";
import type { Reader } from "./Reader.ts";

/** All models by address. */
export function listModels(reader: Reader, page: Page<readonly [address: string]>): Promise<ModelRecord[]> {
  const { within, order } = paging(["address"], "asc", page);
  return reader.selectFrom("model").select(modelColumns).where(within).orderBy(order).limit(page.limit).execute();
}
