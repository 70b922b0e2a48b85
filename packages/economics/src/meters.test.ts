import { expect, it } from "vitest";
import { METERS } from "./meters.ts";

it("is the rate card of every offering ever hashed: neither names nor order may change", () => {
  const type = `RateCard(${METERS.map((meter) => `uint64 ${meter}`).join(",")})`;
  expect(type).toBe(
    "RateCard(uint64 input,uint64 cachedInput,uint64 cacheWrite,uint64 output,uint64 reasoning,uint64 image,uint64 audio," +
      "uint64 video,uint64 action,uint64 computeSecond,uint64 conversation,uint64 outcome,uint64 workflow,uint64 seat," +
      "uint64 spare1,uint64 spare2)",
  );
});
