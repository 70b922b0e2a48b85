import { describe, expect, it } from "vitest";
import { seedsFrom } from "../harness/seedsFrom.ts";
import { runCampaign } from "./gateways/runCampaign.ts";

describe("four gateways over one PostgreSQL, 100 parallel calls on a session good for 37", () => {
  const seeds = seedsFrom(process.env, { first: 1, last: 200 });

  it(
    `charge exactly 37 of them, whoever leaves, is killed, freezes or expires: ${seeds.length} seeds`,
    async () => {
      let told = 0;
      const losses = await runCampaign(seeds, (line) => {
        told++;
        process.stdout.write(`many gateways: ${line}\n`);
      });
      process.stdout.write(`many gateways: ${JSON.stringify(losses)}\n`);
      expect(told).toBe(seeds.length);
      // Enough seeds, and every kind of disturbance has hit something.
      if (seeds.length >= 100) expect(Math.min(losses.fenced, losses.expired, losses.tooLate)).toBeGreaterThan(0);
    },
    60_000 + seeds.length * 5_000,
  );
});
