import { isJoulemintError } from "@joulemint/protocol/JoulemintError";

/** The code and details a promise failed with, flat for `toEqual`; `null` when it did not fail. */
export async function failure(promise: Promise<unknown>): Promise<Record<string, unknown> | null> {
  try {
    await promise;
    return null;
  } catch (error) {
    if (isJoulemintError(error)) return { code: error.code, ...error.details };
    throw error;
  }
}
