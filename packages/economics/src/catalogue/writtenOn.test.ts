import { expect, it } from "vitest";
import { accelerator } from "./accelerators.ts";
import { capexPerGigawatt } from "./capexPerGigawatt.ts";
import { computeSystem } from "./systems.ts";
import { writtenOn } from "./writtenOn.ts";

it.each([
  ["launch article 2025-10-09 (a copy of 2026-01-01)", "2025-10-09"],
  ["Bernstein 2025-10", "2025-10"],
  ["a wiki, version 12026-10", "2026-11-20"],
])("%s is as of %s", (source, date) => {
  expect(writtenOn(source)).toBe(date);
});

it("figures are as old as the source of their value, which is the one named first", () => {
  const { memory } = accelerator("h200-sxm");
  expect(memory).toMatchObject({ asOf: "2026-04-03", source: expect.stringMatching(/^github .*; itkb.uw.cz/) });
  expect(accelerator("b100-sxm").memory?.asOf).toBe("2026-11-20");
  expect(computeSystem("groq3-lpx").accelerators).toMatchObject({
    asOf: "2026-03-20",
    source: expect.stringContaining("io-fund.com 2026-03-20"),
  });
  expect(capexPerGigawatt.map(({ asOf }) => asOf)).toEqual(["2025-10", "2025-08", "2026-03", "2026-07"]);
});

it("the price of a gigawatt that was said as a range keeps both ends, and nothing between them", () => {
  expect(capexPerGigawatt[1]).toMatchObject({ value: 50e9, range: [50e9, 60e9] });
});
