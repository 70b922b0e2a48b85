import { type FactoryCard, factoryCardJson } from "./FactoryCard.ts";
import type { Handler } from "./httpServer.ts";

/** `GET /factory`. */
export function factoryCardHandler(card: FactoryCard): Handler {
  const body = factoryCardJson(card);
  return (req, res) => {
    if (req.method !== "GET" || new URL(req.url ?? "/", "http://localhost").pathname !== "/factory") return false;
    res.writeHead(200, { "content-type": "application/json" }).end(body);
    return true;
  };
}
