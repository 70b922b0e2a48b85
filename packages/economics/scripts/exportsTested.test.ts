import { expect, it } from "vitest";
import { exportsTested } from "./exportsTested.ts";

const file = `import { expect, it } from "vitest";
import { type Card, rate } from "./rate.ts";
import { split } from "./split.ts";
import { example } from "./testing/example.ts";
import { bps } from "./units.ts";

const helper = () => rate(example);

it("one", () => {
  expect(rate(bps(1n))).toBe(1);
});

describe("both", () => {
  it("inner", () => {
    expect(split(rate(1))).toBe(1);
  });
});

it("helped", () => {
  expect(helper()).toBe(1);
});
`;

it.each([
  ["what the test names, and no unit", "one", "rate", ["rate"]],
  ["of several tests, what any names", "both", "rate", ["rate", "split"]],
  ["what the file is named for, if a helper calls it", "helped", "rate", ["rate"]],
  ["all that the file imports, if it is named for none", "helped", "flows", ["rate", "split"]],
])("%s", (_, title, fileName, expected) => {
  expect(exportsTested(file, file.indexOf(`"${title}"`), fileName)).toEqual(expected);
});
