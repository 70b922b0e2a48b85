import { JoulemintError } from "@joulemint/protocol/JoulemintError";

/** Asks a local anvil, once. CHAIN_UNAVAILABLE { rpc, method } when it does not answer in time, or refuses. */
export async function anvilRpc<Answer>(
  rpc: string,
  method: string,
  params: readonly unknown[] = [],
  timeoutMs = 60_000,
): Promise<Answer> {
  try {
    const response = await fetch(rpc, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    const { result, error } = (await response.json()) as { result?: Answer; error?: { message: string } };
    if (result === undefined) throw new Error(error?.message ?? "an answer without a result");
    return result;
  } catch (cause) {
    throw new JoulemintError("CHAIN_UNAVAILABLE", { rpc, method }, { cause });
  }
}
