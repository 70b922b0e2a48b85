import type { SessionBook } from "../books/SessionBook.ts";
import { creditsCall, perform } from "../chain/perform.ts";
import type { World } from "../world/startWorld.ts";
import { session } from "./choose.ts";
import type { Operation } from "./Operation.ts";

/** The owner asks for the unused credits; no new call is served from then on. */
export const requestClose: Operation = {
  kind: "request close",
  weight: 3,
  async run(world) {
    const chosen = session(world, ({ state }) => state === "open");
    return chosen === null ? null : requestCloseOf(world, chosen);
  },
};

export async function requestCloseOf(world: World, chosen: SessionBook): Promise<boolean> {
  const { offering, owner, signer, salt } = chosen.terms;
  return perform(world, {
    sender: owner,
    ...creditsCall(world, "requestClose", offering, [signer.address, salt]),
    refusal() {
      if (!chosen.live) return "Credits_SessionNotOpen";
      return chosen.state === "closing" ? "Credits_SessionClosing" : null;
    },
    book(events) {
      const requested = events.find(({ name }) => name === "CloseRequested");
      if (requested?.name !== "CloseRequested") throw new Error("no event says when the session can be closed");
      chosen.requestClose(requested.args.closableAt);
    },
  });
}
