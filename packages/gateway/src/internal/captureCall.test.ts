import type { CapturedCall } from "@joulemint/ledger/captures";
import type { ErrorCode } from "@joulemint/protocol/errorCatalogue";
import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import { describe, expect, it } from "vitest";
import { captureCall } from "./captureCall.ts";

const call = { holdId: "x" } as CapturedCall;

/** Captures that fail by these codes, one after the other, then succeed. */
function failing(...codes: [ErrorCode, string?][]) {
  let attempts = 0;
  const capture = async () => {
    const [code, state] = codes[attempts++] ?? [];
    if (code !== undefined) throw new JoulemintError(code, state === undefined ? {} : { state });
    return {} as never;
  };
  return { run: () => captureCall({ capture }, call), attempts: () => attempts };
}

describe("captureCall", () => {
  it.each<[string, [ErrorCode, string?][], number]>([
    ["at once", [], 1],
    ["after the database failed for a moment", [["LEDGER_UNAVAILABLE"], ["LEDGER_UNAVAILABLE"]], 3],
    ["when the answer to its commit was lost", [["LEDGER_UNAVAILABLE"], ["HOLD_NOT_OPEN", "captured"]], 2],
  ])("succeeds %s", async (_, codes, attempts) => {
    const captures = failing(...codes);
    await captures.run();
    expect(captures.attempts()).toBe(attempts);
  });

  it.each<[string, [ErrorCode, string?][], ErrorCode]>([
    ["was captured by somebody else", [["HOLD_NOT_OPEN", "captured"]], "HOLD_NOT_OPEN"],
    ["expired meanwhile", [["LEDGER_UNAVAILABLE"], ["HOLD_NOT_OPEN", "expired"]], "HOLD_NOT_OPEN"],
    ["cannot be written at all", [["RECEIPT_INVALID"]], "RECEIPT_INVALID"],
  ])("fails when the hold %s", async (_, codes, code) => {
    await expect(failing(...codes).run()).rejects.toMatchObject({ code });
  });

  it("gives up when the database stays away", async () => {
    const captures = failing(...Array.from({ length: 9 }, (): [ErrorCode] => ["LEDGER_UNAVAILABLE"]));
    await expect(captures.run()).rejects.toMatchObject({ code: "LEDGER_UNAVAILABLE" });
    expect(captures.attempts()).toBe(5);
  }, 15_000);
});
