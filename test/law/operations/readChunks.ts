/** Reads a stream up to that many chunks of text. Leaves the body open: a loop over it would hang up at its end. */
export async function readChunks(response: Response, chunks: number): Promise<void> {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = "";
  for (;;) {
    const read = await reader?.read();
    if (read === undefined || read.done) throw new Error("the stream ended before its caller left");
    text += decoder.decode(read.value, { stream: true });
    if (text.split("tok ").length > chunks) return;
  }
}
