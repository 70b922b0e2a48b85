import type { AddressInfo } from "node:net";
import { connect, createServer, type Socket } from "node:net";

export interface Network {
  /** The server's URL, by way of the proxy. */
  readonly url: string;
  /** From now on nothing passes on the connections that are open, and neither side is told. New ones work. */
  silence(): void;
  close(): Promise<void>;
}

/** A network between a ledger and its PostgreSQL that can fail silently. */
export async function openNetwork(server: string): Promise<Network> {
  const target = new URL(server);
  const sockets = new Set<Socket>();
  const proxy = createServer((near) => {
    const far = connect(Number(target.port), target.hostname);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on("error", () => to.destroy()).on("close", () => to.destroy());
      from.pipe(to);
    }
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  const url = new URL(server);
  url.host = `127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  return {
    url: url.href,
    silence() {
      for (const socket of sockets) socket.unpipe().pause();
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => proxy.close(resolve));
    },
  };
}
