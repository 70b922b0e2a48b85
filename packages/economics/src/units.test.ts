import { describe, expect, expectTypeOf, it } from "vitest";
import { electricityCost } from "./electricityCost.ts";
import { purchaseCost } from "./purchaseCost.ts";
import { redemptionValue } from "./redemptionValue.ts";
import { splitRevenue } from "./splitRevenue.ts";
import { tokensPerDollar } from "./tokensPerDollar.ts";
import { tokensPerJoule } from "./tokensPerJoule.ts";
import type { BaseUnits, CryptoAmount, Joules, LlmTokens, TokensPerJoule, Usd } from "./units.ts";
import * as units from "./units.ts";

// Every constructor is in one of the three kinds: a new one is a quantity until it is named here.
const { MILLICREDITS_PER_MILLION: _, signedUsd, signedUsdPerMillionTokens, ...unsigned } = units;
const { millicredits, microCredits, baseUnits, pricePerMillion, shareUnits, llmTokens, bps, ...quantities } = unsigned;
const counts = { millicredits, microCredits, baseUnits, pricePerMillion, shareUnits, llmTokens, bps };
const signed = { signedUsd, signedUsdPerMillionTokens };
const { fraction, joules, tokensPerSecond, usd, usdPerKilowattHour, watts } = quantities;

describe.each(Object.entries(counts))("%s", (_, unit) => {
  it("takes whole numbers from 0 and nothing else", () => {
    expect(unit(0n)).toBe(0n);
    expect(unit(10_000n)).toBe(10_000n);
    expect(() => unit(-1n)).toThrow(RangeError);
    expect(() => unit(1 as never)).toThrow(RangeError);
  });
});

describe.each(Object.entries(quantities))("%s", (_, unit) => {
  it("takes finite numbers from 0 and nothing else", () => {
    expect(unit(0)).toBe(0);
    expect(unit(0.5)).toBe(0.5);
    for (const wrong of [-1, Number.NaN, Number.POSITIVE_INFINITY, 1n as never, "1" as never]) {
      expect(() => unit(wrong)).toThrow(RangeError);
    }
  });
});

it("basis points end at 10000", () => {
  expect(() => bps(10_001n)).toThrow(RangeError);
});

it("a fraction ends at 1", () => {
  expect(fraction(1)).toBe(1);
  expect(() => fraction(1.01)).toThrow(RangeError);
});

it.each(Object.entries(signed))("%s may be a loss, but not a nothing", (_, unit) => {
  expect(unit(-2.5)).toBe(-2.5);
  expect(() => unit(Number.NaN)).toThrow(RangeError);
});

type Constructors = typeof counts & typeof quantities & typeof signed;
type Unit = { readonly [Name in keyof Constructors]: ReturnType<Constructors[Name]> };
/** Pairs of units of which one passes for the other. */
type Mixed = {
  [A in keyof Unit]: { [B in Exclude<keyof Unit, A>]: Unit[A] extends Unit[B] ? `${A} as ${B}` : never }[Exclude<
    keyof Unit,
    A
  >];
}[keyof Unit];

it("no unit passes for another, nor a bare number for any: tsc holds that of every pair", () => {
  expectTypeOf<Mixed>().toBeNever();
  expectTypeOf<number | bigint>().not.toExtend<Unit[keyof Unit]>();
});

it("C24: an AI token is no crypto token: neither type passes for the other, and tsc holds that", () => {
  expectTypeOf<LlmTokens>().not.toExtend<CryptoAmount>();
  expectTypeOf<CryptoAmount>().not.toExtend<LlmTokens>();
  expectTypeOf<BaseUnits>().toExtend<CryptoAmount>();
  // What costs by the token takes tokens alone, and what is bought by the credit takes credits alone.
  expectTypeOf<CryptoAmount>().not.toExtend<Parameters<typeof tokensPerDollar>[0]>();
  expectTypeOf<LlmTokens>().not.toExtend<Parameters<typeof purchaseCost>[0]>();
  expectTypeOf<LlmTokens>().not.toExtend<Parameters<typeof redemptionValue>[0]>();
  expect(tokensPerDollar(llmTokens(1_000_000n), usd(2))).toBe(500_000);
  expect(purchaseCost(millicredits(1_000_000_000n), pricePerMillion(2_000_000n))).toBe(2_000_000n);
});

it("C20: that tokens are the new electricity is an analogy: energy, compute and tokens are units of their own", () => {
  expectTypeOf<Joules>().not.toExtend<LlmTokens>();
  expectTypeOf<LlmTokens>().not.toExtend<Joules>();
  expectTypeOf<Parameters<typeof tokensPerJoule>>().toEqualTypeOf<[LlmTokens | null, Joules | null]>();
  expectTypeOf<LlmTokens>().not.toExtend<Parameters<typeof electricityCost>[0]>();
  // A kilowatt-hour has a price, and how many tokens it makes is nobody's constant but a measurement.
  const energy = joules(3.6e6);
  expect(electricityCost(energy, usdPerKilowattHour(0.1))).toBeCloseTo(0.1, 12);
  expect([1n, 9n].map((millions) => tokensPerJoule(llmTokens(millions * 1_800_000n), energy))).toEqual([0.5, 4.5]);
});

/**
 * Each of these lines must fail to compile; `tsc` reports a line that does not. The function is never called: the values
 * would pass at run time, which is what the types are for.
 */
export function mixingUnitsDoesNotCompile() {
  const credits = millicredits(1n);
  const price = pricePerMillion(1n);
  const money = baseUnits(1n);
  const tokens = llmTokens(1n);

  // @ts-expect-error credits and price are the wrong way round
  purchaseCost(price, credits);
  // @ts-expect-error an amount is not a price
  purchaseCost(credits, money);
  // @ts-expect-error a bare bigint has no unit
  purchaseCost(1n, price);
  // @ts-expect-error LLM tokens are not credits: rate() converts
  redemptionValue(tokens, price);
  // @ts-expect-error micro-credits are not millicredits
  redemptionValue(microCredits(1n), price);
  // @ts-expect-error credits are not money: releasedRevenue() converts
  splitRevenue(credits, { holdersBps: bps(1n), treasuryBps: bps(1n) });
  // @ts-expect-error a share is not basis points
  splitRevenue(money, { holdersBps: shareUnits(1n), treasuryBps: bps(1n) });
  // @ts-expect-error watts are not joules: energyUsed() converts
  tokensPerJoule(tokens, watts(1));
  // @ts-expect-error payment-token base units are not dollars: toUsd() converts
  tokensPerDollar(tokens, money);
  // @ts-expect-error crypto amounts are not LLM tokens
  tokensPerDollar(money, usd(1));
  // @ts-expect-error C24: a crypto asset's amount, whichever it is, is not a count of LLM tokens
  const counted: LlmTokens = millicredits(1n) as CryptoAmount;
  // @ts-expect-error C24: nor the other way round
  const asset: CryptoAmount = tokens;
  // @ts-expect-error tokens a second are not tokens a joule
  const yielded: TokensPerJoule = tokensPerSecond(1);
  // @ts-expect-error dollars are not a price of electricity
  electricityCost(joules(1), usd(1));
  // @ts-expect-error a sum of two units is a bare number until somebody says what it is
  const sum: Joules = joules(1) + joules(2);
  // @ts-expect-error a loss is not an amount of dollars
  const amount: Usd = signedUsd(-1);

  return [sum, amount, counted, asset, yielded, electricityCost(joules(1), usdPerKilowattHour(1))];
}
