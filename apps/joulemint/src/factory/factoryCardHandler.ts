import { type FactoryCard, factoryCardJson } from "./FactoryCard.ts";
import { type Handler, pathOf } from "./Origin.ts";

/** `GET /factory`. */
export function factoryCardHandler(card: FactoryCard): Handler {
  const body = factoryCardJson(card);
  return (req, res) => {
    if (req.method !== "GET" || pathOf(req) !== "/factory") return false;
    res.writeHead(200, { "content-type": "application/json" }).end(body);
    return true;
  };
}
