import { callEnd } from "./callEnd.ts";
import { errorCode, expectRefusal, holdOf, limitOf, post, priceOf, requestOf, smallScript } from "./chat.ts";
import { session } from "./choose.ts";
import type { Operation } from "./Operation.ts";

/** More than any session here has. */
const LIMIT = 40_000;

/** An answer in one piece whose whole limit the balance cannot pay for: the limit is lowered to what it can. */
export const cutCall: Operation = {
  kind: "call that the balance cuts",
  weight: 2,
  async run(world) {
    await world.indexed();
    const script = { ...smallScript(world), end: "limit" as const };
    const chosen = session(world, (candidate) => candidate.refuseCall(400_000n) === null);
    if (chosen === null || (chosen.apiKey === null && chosen.state !== "open")) return null;
    const request = requestOf(chosen, script, false, LIMIT);
    const refused = chosen.refuseCall(holdOf(chosen, request));
    const response = await post(world, chosen, request);
    if (refused !== null) {
      await expectRefusal(response, refused);
      return false;
    }
    if (!response.ok) throw new Error(`a call that is paid for was refused: ${await errorCode(response)}`);
    await response.text();

    const { offering } = chosen.terms;
    const hold = chosen.available;
    const limit = limitOf(chosen, request);
    const used = { input: script.prompt - script.cached, cached: script.cached, output: limit, reasoning: 0 };
    const cost = priceOf(used, offering.rateCard);
    const end = await callEnd(world, response.headers.get("x-joulemint-receipt") ?? "");
    if (end.charge !== cost || end.finishReason !== "length" || !end.flags.includes("stopped_at_balance")) {
      throw new Error(`${limit} tokens cost ${cost}, not ${end.charge} (${end.finishReason}, ${end.flags})`);
    }
    chosen.held += hold;
    chosen.capture(cost, hold);
    return true;
  },
};
