import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type ApiOptions, createApi } from "../createApi.ts";

interface Answer {
  readonly status: number;
  // Tests look into it with matchers.
  readonly data: unknown;
  readonly errors: readonly {
    readonly message: string;
    readonly path?: readonly string[];
    readonly extensions: { readonly code: string; readonly details?: unknown; readonly remedy?: string };
  }[];
  readonly extensions: { readonly cost: Record<string, number> };
}

/** The API on a free port of loopback, as its callers meet it. */
export async function serveApi(options: ApiOptions) {
  const api = createApi(options);
  const server = createServer((request, response) => {
    api.handle(request, response).then((handled) => {
      if (!handled) response.writeHead(404).end();
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
  return {
    url,
    async query(query: string, variables: Record<string, unknown> = {}, operationName?: string): Promise<Answer> {
      const response = await fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ query, variables, operationName }),
      });
      const { data, errors = [], extensions } = (await response.json()) as Answer;
      return { status: response.status, data, errors, extensions };
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
