import { type Bytes, type BytesPerToken, bytes, type LlmTokens } from "../units.ts";

/**
 * The key-value cache that a context occupies while it is served. It is what context of 100,000 to a million tokens
 * asks of a machine: concurrency, not arithmetic, sets its price. `each` is the model's (327,680 for a 70B Llama
 * in bf16).
 */
export const contextMemory = (context: LlmTokens, each: BytesPerToken): Bytes => bytes(Number(context) * each);
