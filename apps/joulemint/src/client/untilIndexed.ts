import type { FactoryClient } from "./FactoryClient.ts";
import { until } from "./until.ts";

/** Waits until the factory's books contain a block of the chain. */
export async function untilIndexed(client: FactoryClient, block: bigint): Promise<void> {
  await until(`block ${block} to be indexed`, async () => {
    const { meta } = await client.query<{ meta: { block: string } | null }>("{ meta { block } }");
    return meta !== null && BigInt(meta.block) >= block;
  });
}
