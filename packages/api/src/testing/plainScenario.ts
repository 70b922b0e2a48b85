/** One machine for $26.28 that makes a token a second: at $1 a million, a month of 2,628,000 s brings $2.628. */
export const plainScenario = {
  months: 20,
  capex: "26.28",
  residual: 0,
  accelerators: 1,
  tokensPerSecond: 1,
  availability: 1,
  demandTokensPerSecond: 1,
  demandFactorPerYear: 1,
  pricePerMillion: 1,
  priceFactorPerYear: 1,
  opexPerYear: 0,
  electricityPerKilowattHour: 0,
  discountRatePerYear: 0,
};
