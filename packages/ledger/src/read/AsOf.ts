/** How final the block is that a read tells of: the newest one, or the newest that the chain calls safe or finalized. */
export type AsOf = "LATEST" | "SAFE" | "FINALIZED";
