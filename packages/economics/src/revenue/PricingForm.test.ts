import { expect, it } from "vitest";
import { PRICING_FAMILIES } from "./PricingForm.ts";

it("1c Count: ten forms in four families, where the seed counts nine", () => {
  const families = Object.values(PRICING_FAMILIES);
  const sizes = ["usage", "value", "subscription", "hybrid"].map(
    (family) => families.filter((one) => one === family).length,
  );
  expect(sizes).toEqual([5, 2, 2, 1]);
});
