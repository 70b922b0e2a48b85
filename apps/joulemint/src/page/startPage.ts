import { readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { pathOf } from "../factory/Origin.ts";

const assets = new Map(
  [
    ["/", "index.html", "text/html; charset=utf-8"],
    ["/what-if", "whatIf.html", "text/html; charset=utf-8"],
    ["/live.js", "live.js", "text/javascript; charset=utf-8"],
    ["/whatIfPage.js", "whatIfPage.js", "text/javascript; charset=utf-8"],
    ["/whatIfRisk.js", "whatIfRisk.js", "text/javascript; charset=utf-8"],
    ["/element.js", "element.js", "text/javascript; charset=utf-8"],
    ["/icon.svg", "icon.svg", "image/svg+xml"],
    ["/style.css", "style.css", "text/css; charset=utf-8"],
  ].map(
    ([path, file, type]) => [path, { type, body: readFileSync(new URL(`assets/${file}`, import.meta.url)) }] as const,
  ),
);

/** Serves the start page with the live loop, and what-if. False when the path is neither's. */
export function startPage(req: IncomingMessage, res: ServerResponse): boolean {
  const asset = assets.get(pathOf(req));
  if (asset === undefined || (req.method !== "GET" && req.method !== "HEAD")) return false;
  res.writeHead(200, {
    "content-type": asset.type,
    "content-security-policy": "default-src 'self'; style-src 'self' 'unsafe-inline'",
    "x-content-type-options": "nosniff",
  });
  res.end(req.method === "HEAD" ? undefined : asset.body);
  return true;
}
