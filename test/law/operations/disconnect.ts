import type { SessionBook } from "../books/SessionBook.ts";
import { checkLedger } from "../checks/checkLedger.ts";
import type { World } from "../world/startWorld.ts";
import { callable } from "./call.ts";
import { callEnd } from "./callEnd.ts";
import { chargeOf, errorCode, expectRefusal, holdOf, post, requestOf, smallScript } from "./chat.ts";
import { closeWithConsent } from "./closeCooperatively.ts";
import type { Operation } from "./Operation.ts";
import { readChunks } from "./readChunks.ts";
import { requestCloseOf } from "./requestClose.ts";
import { settleAll } from "./settle.ts";
import { topUpSession } from "./topUp.ts";

/** What may happen to the session while the call is in flight. */
const meanwhile: readonly { weight: number; act: (world: World, session: SessionBook) => Promise<unknown> }[] = [
  { weight: 6, act: async () => {} },
  { weight: 1, act: requestCloseOf },
  { weight: 1, act: closeWithConsent },
  { weight: 1, act: topUpSession },
  { weight: 1, act: settleAll },
];

/**
 * The caller leaves in the middle of a stream, and is charged for what was produced until then. Sometimes the session
 * changes on chain first, or is closed; then the charge can no longer be collected.
 */
export const disconnect: Operation = {
  kind: "disconnect",
  weight: 6,
  async run(world) {
    await world.indexed();
    const chosen = callable(world);
    if (chosen === null) return null;
    const script = smallScript(world, "wait");
    const request = requestOf(chosen, script, true);
    const hold = holdOf(chosen, request);
    const refused = chosen.refuseCall(hold);
    const abort = new AbortController();
    const response = await post(world, chosen, request, abort.signal);
    if (refused !== null) {
      await expectRefusal(response, refused);
      return false;
    }
    if (!response.ok) throw new Error(`a stream that is paid for was refused: ${await errorCode(response)}`);
    await readChunks(response, script.chunks);

    chosen.held += hold;
    const { act } = world.random.weighted(meanwhile);
    await act(world, chosen);
    await world.indexed();
    if (world.random.chance(0.2)) await checkLedger(world);

    abort.abort();
    const end = await callEnd(world, response.headers.get("x-joulemint-receipt") ?? "");
    const charge = chargeOf(script, chosen.terms.offering.rateCard);
    if (end.charge !== charge || end.finishReason !== "disconnect") {
      throw new Error(`a disconnect must cost ${charge}, not ${end.charge} (${end.finishReason})`);
    }
    chosen.capture(charge, hold);
    return true;
  },
};
