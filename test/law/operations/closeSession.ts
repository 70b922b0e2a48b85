import type { Hex } from "viem";
import type { SessionBook } from "../books/SessionBook.ts";
import { transactCredits } from "../transact.ts";
import type { World } from "../world/startWorld.ts";
import { consumers } from "./choose.ts";

/** Closes a session with the operator's signature, or with none; the unused credits are paid out to anybody. */
export async function closeSession(
  world: World,
  chosen: SessionBook,
  operatorSignature: Hex,
  refused: string | null,
): Promise<boolean> {
  const { books, random } = world;
  const { offering, owner, signer, salt } = chosen.terms;
  const to = random.pick(consumers(world)).address;
  const args = [signer.address, salt, to, operatorSignature];
  if (!(await transactCredits(world, owner, "close", offering, args, refused))) return false;
  chosen.state = "closed";
  books.pay(books.credits, to, offering.retire(chosen.cap - chosen.used));
  return true;
}
