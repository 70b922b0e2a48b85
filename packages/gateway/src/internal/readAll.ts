import { JoulemintError } from "@joulemint/protocol/JoulemintError";

/** Reads the body of an upstream's answer up to a cap. Throws UPSTREAM_ERROR over it, and what the stream throws. */
export async function readAll(body: AsyncIterable<Buffer>, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > limit)
      throw new JoulemintError("UPSTREAM_ERROR", { reason: `its answer is larger than ${limit} bytes` });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}
