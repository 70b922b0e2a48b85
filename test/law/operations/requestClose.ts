import type { SessionBook } from "../books/SessionBook.ts";
import { transactCredits } from "../transact.ts";
import type { World } from "../world/startWorld.ts";
import { session } from "./choose.ts";
import type { Operation } from "./Operation.ts";

/** The owner asks for the unused credits; no new call is served from then on. */
export const requestClose: Operation = {
  kind: "request close",
  weight: 4,
  async run(world) {
    const chosen = session(world, ({ state }) => state === "open");
    return chosen === null ? null : requestCloseOf(world, chosen);
  },
};

export async function requestCloseOf(world: World, chosen: SessionBook): Promise<boolean> {
  const { offering, owner, signer, salt } = chosen.terms;
  const refused =
    chosen.state === "closed" ? "Credits_SessionNotOpen" : chosen.state === "closing" ? "Credits_SessionClosing" : null;
  const events = await transactCredits(world, owner, "requestClose", offering, [signer.address, salt], refused);
  if (events === null) return false;
  const requested = events.find(({ name }) => name === "CloseRequested");
  if (requested?.name !== "CloseRequested") throw new Error("no event says when the session can be closed");
  chosen.state = "closing";
  chosen.closableAt = requested.args.closableAt;
  return true;
}
