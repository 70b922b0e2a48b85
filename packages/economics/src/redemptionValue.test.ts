import { expect, it } from "vitest";
import cases from "../vectors/redemptionValue.json" with { type: "json" };
import { redemptionValue } from "./redemptionValue.ts";
import { millicredits, pricePerMillion } from "./units.ts";

it.each(cases)("$name", ({ credits, pricePerMillion: price, amount }) => {
  expect(redemptionValue(millicredits(BigInt(credits)), pricePerMillion(BigInt(price)))).toBe(BigInt(amount));
});
