import { JoulemintError } from "@joulemint/protocol/JoulemintError";

/** What economics makes of a caller's figures. Its `RangeError`, which names the wrong one, leaves as BAD_REQUEST. */
export function valid<Result>(field: string, compute: () => Result): Result {
  try {
    return compute();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new JoulemintError("BAD_REQUEST", { field, reason: error.message });
  }
}
