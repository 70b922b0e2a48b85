import type { Hex } from "viem";
import type { SessionBook } from "../books/SessionBook.ts";
import { creditsCall, perform } from "../chain/perform.ts";
import type { World } from "../world/startWorld.ts";
import { consumers } from "./choose.ts";

/** Closes a session with the operator's signature, or with none; the unused credits are paid out to anybody. */
export async function closeSession(
  world: World,
  chosen: SessionBook,
  operatorSignature: Hex,
  refusal: (now: bigint) => string | null,
): Promise<boolean> {
  const { books, random } = world;
  const { offering, owner, signer, salt } = chosen.terms;
  const to = random.pick(consumers(world)).address;
  return perform(world, {
    sender: owner,
    ...creditsCall(world, "close", offering, [signer.address, salt, to, operatorSignature]),
    refusal: (now) => (chosen.live ? refusal(now) : "Credits_SessionNotOpen"),
    book() {
      books.pay(books.credits, to, offering.retire(chosen.cap - chosen.used));
      chosen.close();
    },
  });
}
