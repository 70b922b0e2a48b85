import { expect, it } from "vitest";
import { provenanceOf } from "./provenanceOf.ts";
import { sourced } from "./testing/sourced.ts";

it.each(["2026-13-45", "2026-13", "2026-00-01", "2026-02-30", "2025-02-29"])(
  "%s, which no calendar has, is refused",
  (asOf) => {
    expect(() => provenanceOf({ a: sourced(1, "1", { asOf }) })).toThrow(`YYYY-MM-DD, got ${asOf}`);
  },
);

it.each(["2024-02-29", "2026-12", "2026"])("%s is a date", (asOf) => {
  expect(provenanceOf({ a: sourced(1, "1", { asOf }) }).asOf).toBe(asOf);
});
