import { expect, it } from "vitest";
import cases from "../vectors/purchaseCost.json" with { type: "json" };
import { purchaseCost } from "./purchaseCost.ts";
import { millicredits, pricePerMillion } from "./units.ts";

it.each(cases)("$name", ({ credits, pricePerMillion: price, cost }) => {
  expect(purchaseCost(millicredits(BigInt(credits)), pricePerMillion(BigInt(price)))).toBe(BigInt(cost));
});
