import { type OfferingRecord, offeringColumns } from "./OfferingRecord.ts";
import type { Reader } from "./Reader.ts";

/** The offerings with these ids, in any order; unknown ones are left out. */
export function readOfferings(reader: Reader, ids: readonly string[]): Promise<OfferingRecord[]> {
  return reader
    .selectFrom("offering")
    .leftJoin("served_offering", "served_offering.offering", "offering.id")
    .select(offeringColumns)
    .where("offering.id", "in", ids)
    .execute();
}
