import { randomUUID } from "node:crypto";
import { open, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";

export interface Spooled {
  readonly bytes: number;
  /** Reads it from the start; the file is gone once the stream ends or is destroyed. */
  readonly stream: () => Readable;
  readonly discard: () => Promise<void>;
}

const CHUNK = 256 * 1024;

/** Writes lines into a file without a name in `directory`, so that they wait for their reader outside of memory. */
export async function spool(lines: AsyncIterable<string>, directory: string): Promise<Spooled> {
  const path = join(directory, `joulemint-${randomUUID()}.tmp`);
  const file = await open(path, "wx+", 0o600);
  try {
    await rm(path);
    let [bytes, waiting] = [0, ""];
    const flush = async () => {
      await file.appendFile(waiting);
      bytes += Buffer.byteLength(waiting);
      waiting = "";
    };
    for await (const line of lines) {
      waiting += `${line}\n`;
      if (waiting.length >= CHUNK) await flush();
    }
    await flush();
    return { bytes, stream: () => file.createReadStream({ start: 0 }), discard: () => file.close() };
  } catch (error) {
    await file.close();
    throw error;
  }
}
