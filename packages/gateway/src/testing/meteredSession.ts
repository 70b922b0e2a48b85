import { rateCard } from "@joulemint/economics/RateCard";
import type { SignedReceipt } from "@joulemint/protocol/SignedReceipt";
import { verifyReceipt } from "@joulemint/protocol/verifyReceipt";
import { expect } from "vitest";
import type { TestGateway } from "./openTestGateway.ts";

/** One millicredit for each token of any class, so that charges can be read off the usage. */
export const flatCard = rateCard({
  input: 1_000n,
  cachedInput: 1_000n,
  cacheWrite: 1_000n,
  output: 1_000n,
  reasoning: 1_000n,
});

export interface MeteredSession {
  readonly session: string;
  readonly apiKey: string;
  /** Asks for a streamed answer of at most 50 tokens. */
  ask(body?: object): Promise<Response>;
  /** Expects that this receipt is valid, is all that was charged, costs what its tokens cost, and that nothing is on hold. */
  expectSettled(document: SignedReceipt): Promise<void>;
}

export async function openMeteredSession(test: TestGateway, credits = 10_000n): Promise<MeteredSession> {
  const { apiKey, session } = await test.openSession({ credits, rateCard: flatCard });
  return {
    session,
    apiKey,
    ask: (body = {}) => test.chat(apiKey, { stream: true, max_tokens: 50, ...body }),
    async expectSettled(document) {
      const { charge, input, cachedInput, cacheWrite, output, reasoning } = document.receipt;
      expect(charge).toBe(input + cachedInput + cacheWrite + output + reasoning);
      expect(await test.meter(session)).toMatchObject({ held: 0n, charged: charge, available: credits - charge });
      expect(await verifyReceipt(document)).toEqual({ ok: true });
    },
  };
}

/** The meter of a session of 10,000 millicredits that paid nothing. */
export const untouched = { available: 10_000n, held: 0n, charged: 0n, sequence: 0n };
