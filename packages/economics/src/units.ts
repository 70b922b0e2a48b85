/**
 * The units that Joulemint never mixes. Each is a plain `bigint` or `number` at run time and its own type at compile
 * time, so that adding joules to dollars or paying a price as if it were an amount does not compile. A conversion is
 * always a function with a name (`purchaseCost`, `tokensPerJoule`, ...). Arithmetic on a branded value gives a bare
 * one: brand the result again where its unit is decided.
 *
 * Every constructor throws `RangeError` for a value that the unit cannot hold.
 */
declare const unit: unique symbol;
type Branded<Value, Unit extends string> = Value & { readonly [unit]: Unit };

/** Inference credits in thousandths: the unit on chain and in the ledger. 1 credit = 1000 millicredits. */
export type Millicredits = Branded<bigint, "Millicredits">;
/** Inference credits in millionths: the unit of rate card weights. 1 millicredit = 1000 micro-credits. */
export type MicroCredits = Branded<bigint, "MicroCredits">;
/** The smallest unit of a payment token, for example 0.000001 USDC. */
export type BaseUnits = Branded<bigint, "BaseUnits">;
/** Payment-token base units for 1,000,000 credits, which are 10^9 millicredits. */
export type PricePerMillion = Branded<bigint, "PricePerMillion">;
/** The smallest unit of a model's shares. */
export type ShareUnits = Branded<bigint, "ShareUnits">;
/** Language-model tokens; never a crypto asset. */
export type LlmTokens = Branded<bigint, "LlmTokens">;
/** Basis points, 0 to 10000 for 0 % to 100 %. */
export type Bps = Branded<bigint, "Bps">;
export type Joules = Branded<number, "Joules">;
export type Watts = Branded<number, "Watts">;
export type Seconds = Branded<number, "Seconds">;
/** US dollars as a measured or planned quantity (costs, prices of power). Settled money is `BaseUnits`. */
export type Usd = Branded<number, "Usd">;
/** US dollars that may be negative: a profit, or a loss. */
export type SignedUsd = Branded<number, "SignedUsd">;
export type UsdPerHour = Branded<number, "UsdPerHour">;
export type UsdPerKilowattHour = Branded<number, "UsdPerKilowattHour">;
export type UsdPerMillionTokens = Branded<number, "UsdPerMillionTokens">;
/** US dollars for a million tokens that may be negative: what a price leaves beyond a cost. No amount of money. */
export type SignedUsdPerMillionTokens = Branded<number, "SignedUsdPerMillionTokens">;
/** Throughput: always say of which tokens (input, output or both). */
export type TokensPerSecond = Branded<number, "TokensPerSecond">;
export type RequestsPerSecond = Branded<number, "RequestsPerSecond">;
/** Interactivity: the speed at which one user gets output tokens, however many are served beside. */
export type TokensPerSecondPerUser = Branded<number, "TokensPerSecondPerUser">;
export type JoulesPerToken = Branded<number, "JoulesPerToken">;
export type TokensPerSecondPerMegawatt = Branded<number, "TokensPerSecondPerMegawatt">;
export type KilowattHoursPerMillionTokens = Branded<number, "KilowattHoursPerMillionTokens">;
export type TokensPerUsd = Branded<number, "TokensPerUsd">;
export type UsdPerYear = Branded<number, "UsdPerYear">;
export type UsdPerGigawatt = Branded<number, "UsdPerGigawatt">;
/** A length of time; a calendar year is a plain number. */
export type Years = Branded<number, "Years">;
export type Bytes = Branded<number, "Bytes">;
export type BytesPerSecond = Branded<number, "BytesPerSecond">;
/** Keys and values of one token of context. */
export type BytesPerToken = Branded<number, "BytesPerToken">;
export type FlopPerSecond = Branded<number, "FlopPerSecond">;
/** A part of a whole, 0 to 1: of capacity, of the time, of all requests. What may exceed 1 is a plain number. */
export type Fraction = Branded<number, "Fraction">;

/**
 * A number that has no unit (a count, a factor) or that is named for it (months, a rate a year, tokens of a mean
 * request). Takes a bare number, but none that is branded with a unit.
 */
export type PlainNumber = number & { readonly [unit]?: never };

/** The millicredits that a price per million is for. */
export const MILLICREDITS_PER_MILLION = 1_000_000_000n;

export const millicredits = (value: bigint): Millicredits => count(value, "millicredits") as Millicredits;
export const microCredits = (value: bigint): MicroCredits => count(value, "micro-credits") as MicroCredits;
export const baseUnits = (value: bigint): BaseUnits => count(value, "base units") as BaseUnits;
export const pricePerMillion = (value: bigint): PricePerMillion => count(value, "price per million") as PricePerMillion;
export const shareUnits = (value: bigint): ShareUnits => count(value, "share units") as ShareUnits;
export const llmTokens = (value: bigint): LlmTokens => count(value, "LLM tokens") as LlmTokens;
export const bps = (value: bigint): Bps => {
  if (count(value, "basis points") > 10_000n) throw new RangeError(`basis points must be at most 10000, got ${value}`);
  return value as Bps;
};
export const joules = (value: number): Joules => quantity(value, "joules") as Joules;
export const watts = (value: number): Watts => quantity(value, "watts") as Watts;
export const seconds = (value: number): Seconds => quantity(value, "seconds") as Seconds;
export const usd = (value: number): Usd => quantity(value, "US dollars") as Usd;
export const signedUsd = (value: number): SignedUsd => finite(value, "US dollars") as SignedUsd;
export const usdPerHour = (value: number): UsdPerHour => quantity(value, "US dollars per hour") as UsdPerHour;
export const usdPerKilowattHour = (value: number): UsdPerKilowattHour =>
  quantity(value, "US dollars per kilowatt-hour") as UsdPerKilowattHour;
export const usdPerMillionTokens = (value: number): UsdPerMillionTokens =>
  quantity(value, "US dollars per million tokens") as UsdPerMillionTokens;
export const signedUsdPerMillionTokens = (value: number): SignedUsdPerMillionTokens =>
  finite(value, "US dollars per million tokens") as SignedUsdPerMillionTokens;
export const tokensPerSecond = (value: number): TokensPerSecond =>
  quantity(value, "tokens per second") as TokensPerSecond;
export const requestsPerSecond = (value: number): RequestsPerSecond =>
  quantity(value, "requests per second") as RequestsPerSecond;
export const tokensPerSecondPerUser = (value: number): TokensPerSecondPerUser =>
  quantity(value, "tokens per second per user") as TokensPerSecondPerUser;
export const tokensPerSecondPerMegawatt = (value: number): TokensPerSecondPerMegawatt =>
  quantity(value, "tokens per second per megawatt") as TokensPerSecondPerMegawatt;
export const kilowattHoursPerMillionTokens = (value: number): KilowattHoursPerMillionTokens =>
  quantity(value, "kilowatt-hours per million tokens") as KilowattHoursPerMillionTokens;
export const tokensPerUsd = (value: number): TokensPerUsd => quantity(value, "tokens per US dollar") as TokensPerUsd;
export const usdPerYear = (value: number): UsdPerYear => quantity(value, "US dollars per year") as UsdPerYear;
export const usdPerGigawatt = (value: number): UsdPerGigawatt =>
  quantity(value, "US dollars per gigawatt") as UsdPerGigawatt;
export const years = (value: number): Years => quantity(value, "years") as Years;
export const bytes = (value: number): Bytes => quantity(value, "bytes") as Bytes;
export const bytesPerSecond = (value: number): BytesPerSecond => quantity(value, "bytes per second") as BytesPerSecond;
export const bytesPerToken = (value: number): BytesPerToken => quantity(value, "bytes per token") as BytesPerToken;
export const flopPerSecond = (value: number): FlopPerSecond => quantity(value, "FLOP per second") as FlopPerSecond;
export const fraction = (value: number): Fraction => {
  if (quantity(value, "a fraction") > 1) throw new RangeError(`a fraction must be at most 1, got ${value}`);
  return value as Fraction;
};
export const joulesPerToken = (value: number): JoulesPerToken => quantity(value, "joules per token") as JoulesPerToken;

function count(value: bigint, name: string): bigint {
  // A caller without types may hand over a number; 10n ** 18n and 1e18 must not be confused silently.
  if (typeof value !== "bigint") throw new RangeError(`${name} must be a bigint, got ${typeof value}`);
  if (value < 0n) throw new RangeError(`${name} must not be negative, got ${value}`);
  return value;
}

function quantity(value: number, name: string): number {
  if (finite(value, name) < 0) throw new RangeError(`${name} must not be negative, got ${value}`);
  return value;
}

function finite(value: number, name: string): number {
  if (!Number.isFinite(value)) throw new RangeError(`${name} must be a finite number, got ${value}`);
  return value;
}

/** Tokens for each joule, at a power boundary that its owner states; x 10^6 it is tokens per second per megawatt. */
export type TokensPerJoule = Branded<number, "TokensPerJoule">;
/** An amount of any crypto asset: a payment token, credits or shares. Never language-model tokens. */
export type CryptoAmount = BaseUnits | Millicredits | ShareUnits;

/** Brands a number; `tokensPerJoule` of the file with that name computes it. */
export const tokensPerJouleOf = (value: number): TokensPerJoule =>
  quantity(value, "tokens per joule") as TokensPerJoule;
