import { JoulemintError } from "@joulemint/protocol/JoulemintError";

export interface ChatAnswer {
  readonly receiptId: string;
  readonly text: string;
  readonly usage: { prompt_tokens: number; completion_tokens: number };
}

/** One chat completion through the meter. UPSTREAM_ERROR with the code of the answer when it was refused. */
export async function chat(
  url: string,
  apiKey: string,
  body: { model: string; messages: { role: string; content: string }[] } & Record<string, unknown>,
): Promise<ChatAnswer> {
  const response = await fetch(`${url}/v1/chat/completions`, {
    method: "POST",
    headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const answer = (await response.json()) as {
    choices?: { message: { content: string } }[];
    usage?: ChatAnswer["usage"];
    error?: { code: string; message: string };
  };
  const receiptId = response.headers.get("x-joulemint-receipt");
  if (!response.ok || receiptId === null || answer.usage === undefined) {
    throw new JoulemintError("UPSTREAM_ERROR", {
      code: answer.error?.code ?? null,
      message: answer.error?.message ?? null,
    });
  }
  return { receiptId, text: answer.choices?.[0]?.message.content ?? "", usage: answer.usage };
}
