import { describe, expect, it } from "vitest";
import { errorCatalogue } from "./errorCatalogue.ts";
import { isJoulemintError, JoulemintError } from "./JoulemintError.ts";

describe("JoulemintError", () => {
  const error = new JoulemintError("INSUFFICIENT_CREDIT", { needed: 12_000n, available: 7n });

  it("says what happened, with which values, and what to do", () => {
    expect(error.message).toBe(
      `${errorCatalogue.INSUFFICIENT_CREDIT.title} (needed: 12000, available: 7). ${errorCatalogue.INSUFFICIENT_CREDIT.remedy}`,
    );
    expect(error.httpStatus).toBe(402);
  });

  it("has no empty parentheses without details", () => {
    expect(new JoulemintError("SESSION_CLOSING").message).not.toContain("(");
  });

  it("travels as JSON with amounts as decimal strings and without its inner cause", () => {
    const inner = new JoulemintError(
      "INTERNAL",
      { at: "x", retried: true, left: null },
      { cause: new Error("secret") },
    );
    expect(JSON.parse(JSON.stringify(error))).toMatchObject({
      code: "INSUFFICIENT_CREDIT",
      details: { needed: "12000", available: "7" },
    });
    expect(JSON.stringify(inner)).not.toContain("secret");
    expect(inner.toJSON().details).toEqual({ at: "x", retried: true, left: null });
    expect((inner.cause as Error).message).toBe("secret");
  });

  it("is told apart by code", () => {
    expect(isJoulemintError(error)).toBe(true);
    expect(isJoulemintError(error, "INSUFFICIENT_CREDIT")).toBe(true);
    expect(isJoulemintError(error, "CREDIT_ON_HOLD")).toBe(false);
    expect(isJoulemintError(new Error("INSUFFICIENT_CREDIT"))).toBe(false);
  });
});
