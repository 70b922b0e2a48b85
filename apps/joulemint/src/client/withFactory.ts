import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stateDirectory } from "../factory/stateDirectory.ts";
import { connectFactory, type FactoryClient } from "./FactoryClient.ts";

/**
 * Works with the factory that runs from `state`, or, without one, with a fresh factory of its own: in a folder that is
 * deleted afterwards, its twin as fast as it can.
 */
export async function withFactory<T>(
  state: string | undefined,
  progress: (text: string) => void,
  work: (client: FactoryClient) => Promise<T>,
): Promise<T> {
  if (state !== undefined) return work(await connectFactory(stateDirectory(state)));
  // Loaded here only: commands that speak to a running factory start without the weight of one.
  const [{ startFactory }, { twinUpstream }] = await Promise.all([
    import("../factory/startFactory.ts"),
    import("../factory/Upstream.ts"),
  ]);
  const directory = mkdtempSync(join(tmpdir(), "joulemint-"));
  const fresh = stateDirectory(directory);
  const factory = await startFactory({
    state: fresh,
    port: 0,
    upstream: () => twinUpstream({ tokensPerSecond: 0 }),
    settleEveryMs: 1000,
    statusWhenStopped: 130,
    progress,
    forget: () => rmSync(directory, { recursive: true, force: true }),
  });
  try {
    return await Promise.race([work(await connectFactory(fresh)), factory.failed]);
  } finally {
    await factory.close();
  }
}
