import type { LlmTokens } from "../units.ts";

/**
 * Bytes of key-value cache that a context occupies while it is served. It is what context of 100,000 to a million tokens
 * asks of a machine: concurrency, not arithmetic, sets its price. `bytesPerToken` is the model's (327,680 for a 70B Llama
 * in bf16).
 */
export const contextMemory = (context: LlmTokens, bytesPerToken: number): number => Number(context) * bytesPerToken;
