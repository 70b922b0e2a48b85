import type { FactoryProcess } from "../../harness/startFactoryProcess.ts";

/**
 * Asks for a streamed answer and reads it for as long as the factory lives. Gives the id of the receipt that the head of
 * the answer promised; `null` when not even that came.
 */
export async function askStream(factory: FactoryProcess, outputTokens: number): Promise<string | null> {
  let receipt: string | null = null;
  try {
    const response = await fetch(`${factory.url}/v1/chat/completions`, {
      method: "POST",
      headers: { authorization: `Bearer ${factory.apiKey}`, "content-type": "application/json" },
      body: JSON.stringify({
        model: factory.model,
        messages: [{ role: "user", content: "Count what a kilowatt-hour makes." }],
        stream: true,
        max_tokens: outputTokens,
        twin: { outputTokens },
      }),
    });
    receipt = response.headers.get("x-joulemint-receipt");
    await response.text();
  } catch (error) {
    // Undici's word for a connection that ended before its answer did: the process is gone.
    if (!(error instanceof TypeError)) throw error;
  }
  return receipt;
}
