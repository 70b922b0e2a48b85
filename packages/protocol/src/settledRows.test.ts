import fc from "fast-check";
import { concat, type Hex, numberToHex, pad } from "viem";
import { describe, expect, it } from "vitest";
import { decodeSettledRows, SETTLED_REASONS, type SettledRow } from "./settledRows.ts";
import { arbitraryBytes32 } from "./testing/arbitraryReceipt.ts";

const packed = (row: SettledRow): Hex =>
  concat([
    row.session,
    numberToHex(row.used, { size: 6 }),
    row.receiptsHead,
    numberToHex(SETTLED_REASONS.indexOf(row.reason), { size: 1 }),
  ]);

describe("decodeSettledRows", () => {
  it("gives any rows back in their order", () => {
    const row = fc.record({
      session: arbitraryBytes32,
      used: fc.bigInt({ min: 0n, max: 2n ** 48n - 1n }),
      receiptsHead: arbitraryBytes32,
      reason: fc.constantFrom(...SETTLED_REASONS),
    });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 10 }), (rows) => {
        expect(decodeSettledRows(concat(rows.map(packed)))).toEqual(rows);
      }),
    );
  });

  it.each([
    [0, "ok"],
    [1, "clamped"],
    [2, "stale"],
    [3, "bad_signature"],
    [4, "unknown_session"],
  ])("reads the reason %i as %s", (number, reason) => {
    const row = concat([pad("0x5e"), numberToHex(7n, { size: 6 }), pad("0x4e"), numberToHex(number, { size: 1 })]);
    expect(decodeSettledRows(row)).toEqual([{ session: pad("0x5e"), used: 7n, receiptsHead: pad("0x4e"), reason }]);
  });

  it("refuses rows that are cut short and reasons that there are not", () => {
    const row = packed({ session: pad("0x5e"), used: 7n, receiptsHead: pad("0x4e"), reason: "ok" });
    const internal = expect.objectContaining({ code: "INTERNAL" });
    expect(() => decodeSettledRows(row.slice(0, -2) as Hex)).toThrow(internal);
    expect(() => decodeSettledRows(`${row.slice(0, -2)}05` as Hex)).toThrow(internal);
  });
});
