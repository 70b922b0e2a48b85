import type { Kysely } from "kysely";
import type { Database } from "../schema.ts";

/** What a read runs on: a ledger's `db` for one read, or the transaction of a snapshot for several that must agree. */
export type Reader = Kysely<Database>;
