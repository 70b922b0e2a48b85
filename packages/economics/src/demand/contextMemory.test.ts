import { expect, it } from "vitest";
import { modelShape } from "../catalogue/modelShapes.ts";
import { bytesPerToken, llmTokens } from "../units.ts";
import { contextMemory } from "./contextMemory.ts";

// Keys and values, 80 layers, 8 heads of 128, two bytes each.
const fromLayers = bytesPerToken(2 * 80 * 8 * 128 * 2);

it.each([
  [100_000n, 32.768],
  [1_000_000n, 327.68],
])("C16: a context of %d tokens of a 70B model in bf16 holds %d GB", (context, gigabytes) => {
  const { kvBytesPerToken } = modelShape("llama-3.1-70b");
  expect(contextMemory(llmTokens(context), kvBytesPerToken) / 1e9).toBeCloseTo(gigabytes, 9);
  expect(kvBytesPerToken).toBe(fromLayers);
});
