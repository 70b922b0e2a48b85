import { v7 } from "uuid";

/**
 * A new UUIDv7 in lower case: unique for ever, ordered by time, and increasing within one process even in the same
 * millisecond. It is the id of a hold, of the usage event that the hold becomes, and of the receipt for it.
 */
export function newEventId(): string {
  return v7();
}
