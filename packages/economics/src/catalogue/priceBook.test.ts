import { expect, it } from "vitest";
import list from "../../data/token_prices.json" with { type: "json" };
import { pricesOn } from "../revenue/PriceBook.ts";
import { priceBook } from "./priceBook.ts";

it("says who published the prices, and when", () => {
  expect(priceBook("fireworks", "glm-5p1")).toMatchObject({
    unit: "USD/M tokens",
    source: "pydantic/genai-prices@47df840; genai-prices fireworks.yml 2026-08-04",
    asOf: "2026-08-21",
    confidence: "quoted",
  });
});

it("a vendor's batch is the batch tier; a flex tier only where there is none", () => {
  expect(pricesOn(priceBook("openai", "gpt-5").value, "2026-08-21", "batch").cachedInput).toBeNull();
  expect(pricesOn(priceBook("google", "gemini-3.7-flash").value, "2026-08-21", "batch").input).toBe(0.375);
});

it("an announced ratio holds for the prices that it was announced for, not for later ones", () => {
  const { value } = priceBook("google", "gemini-3.7-flash");
  expect(pricesOn(value, "2026-12-31", "priority").output).toBe(6.75);
  expect(pricesOn(value, "2027-01-01", "standard").output).toBe(7.5);
  expect(() => pricesOn(value, "2027-01-01", "priority")).toThrow("no priority price");
});

it("above a threshold only those classes have a price that a source names", () => {
  const { longContext } = pricesOn(priceBook("google", "gemini-2.5-pro").value, "2026-08-21", "standard");
  expect(longContext).toMatchObject({ above: 200_000n, prices: { input: 2.5, cachedInput: null, output: null } });
});

it("every model of the list has a book, but for those whose price depends on the hour", () => {
  const refused = list.filter(({ provider, model }) => {
    try {
      return priceBook(provider, model).value.versions.length === 0;
    } catch {
      return true;
    }
  });
  expect(new Set(refused.map(({ model }) => model))).toEqual(new Set(["deepseek-chat", "deepseek-reasoner"]));
});

it.each([
  ["openai", "abacus", "no list price of openai abacus"],
  ["deepseek", "deepseek-chat", "depends on the hour"],
])("refuses %s %s", (provider, model, message) => {
  expect(() => priceBook(provider, model)).toThrow(message);
});
