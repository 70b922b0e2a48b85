import type { ServerResponse } from "node:http";
import { listServedModels } from "@joulemint/ledger/servedOfferings";
import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import type { GatewayContext } from "../GatewayContext.ts";
import { ledgerCall } from "../ledgerCall.ts";
import { sendJson } from "../sendJson.ts";

/** GET /v1/models and /v1/models/:name, in OpenAI's shape. No key is needed: what is sold is public. */
export async function models(context: GatewayContext, response: ServerResponse, name: string | null): Promise<void> {
  const served = await ledgerCall(listServedModels(context.ledger));
  const data = served.map((id) => ({ id, object: "model", created: 0, owned_by: "joulemint" }));
  if (name === null) return sendJson(response, 200, { object: "list", data });
  const model = data.find(({ id }) => id === name);
  if (model === undefined) throw new JoulemintError("MODEL_NOT_FOUND", { actual: name.slice(0, 200) });
  sendJson(response, 200, model);
}
