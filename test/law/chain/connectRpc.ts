import { RpcRequestError } from "viem";

/** JSON-RPC over one connection. */
export interface Rpc {
  /** Fails with viem's RpcRequestError when the node answers with an error. */
  request(method: string, params?: readonly unknown[]): Promise<unknown>;
  close(): void;
}

interface Answer {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string; readonly data?: unknown };
}

/** Over a WebSocket a request takes a quarter of what it takes over HTTP, and this test makes hundreds of thousands. */
export async function connectRpc(httpUrl: string): Promise<Rpc> {
  const url = httpUrl.replace(/^http/, "ws");
  const socket = new WebSocket(url);
  type Body = Record<string, unknown>;
  const waiting = new Map<number, { body: Body; resolve(result: unknown): void; reject(error: Error): void }>();
  let lastId = 0;
  const end = (reason: string) => {
    for (const { reject } of waiting.values()) reject(new Error(reason));
    waiting.clear();
  };
  socket.addEventListener("close", () => end(`${url} closed the connection`));
  socket.addEventListener("message", ({ data }) => {
    const { id, result, error } = JSON.parse(String(data)) as Answer;
    const request = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) request?.resolve(result);
    else request?.reject(new RpcRequestError({ body: request.body, error, url }));
  });
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener("open", () => resolve());
    socket.addEventListener("error", () => reject(new Error(`${url} does not answer`)));
  });
  return {
    request(method, params = []) {
      if (socket.readyState !== WebSocket.OPEN) return Promise.reject(new Error(`${url} is closed`));
      const body = { jsonrpc: "2.0", id: ++lastId, method, params };
      return new Promise((resolve, reject) => {
        waiting.set(body.id, { body, resolve, reject });
        socket.send(JSON.stringify(body));
      });
    },
    close: () => socket.close(),
  };
}
