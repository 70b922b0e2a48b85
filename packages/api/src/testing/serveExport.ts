import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createExport, type ExportOptions } from "../createExport.ts";
import type { ExportLine } from "../export/exportLines.ts";

/** GET /export on a free port of loopback; the manifest names chain 31337 and a contract. */
export async function serveExport(options: Omit<ExportOptions, "domain">) {
  const domain = { chainId: 31_337, credits: "0xC4ED17C4ED17C4ED17C4ED17C4ED17C4ED17C4ED" } as const;
  const exporter = createExport({ ...options, domain });
  const server = createServer((request, response) => {
    exporter.handle(request, response).then((handled) => {
      if (!handled) response.writeHead(404).end();
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/export`;
  return {
    url,
    /** The lines, or the error's code with none. */
    async read(query = "", init: RequestInit = {}) {
      const response = await fetch(`${url}${query}`, init);
      const text = await response.text();
      if (response.status !== 200) return { status: response.status, code: JSON.parse(text).error.code, lines: [] };
      const lines = text
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line) as ExportLine);
      return { status: 200, code: null, lines };
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
