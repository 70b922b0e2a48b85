import { sessionId } from "@joulemint/protocol/sessionId";
import type { Books } from "../books/Books.ts";
import type { OfferingBook } from "../books/OfferingBook.ts";
import type { SessionTerms } from "../books/SessionBook.ts";
import { accountOf, type Party } from "../world/Party.ts";
import { meteringAccount } from "../world/startFactory.ts";
import type { World } from "../world/startWorld.ts";

/**
 * Terms of a session to be opened: under the metering key or a key of the consumer; sometimes one that exists already, or
 * did until a reorg.
 */
export function newSession({ random, books }: World, offering: OfferingBook, owner: Party): SessionTerms {
  const opened = books.sessionsOf(offering).filter(({ terms }) => terms.owner === owner);
  const suspended = opened.filter(({ slot }) => slot === null);
  if (suspended.length > 0 && random.chance(0.4)) return random.pick(suspended).terms;
  if (opened.length > 0 && random.chance(0.06)) return random.pick(opened).terms;
  const consumerSigned = random.chance(0.4);
  const signer = consumerSigned ? accountOf(`signer ${random.between(1, 1_000_000)}`) : meteringAccount;
  const salt = random.bytes32();
  const key = { offering: offering.id, owner: owner.address, signer: signer.address, salt };
  return { id: sessionId(key), offering, owner, signer, salt, consumerSigned };
}

/** A session leaves a tombstone for ever, so an id is good once. */
export function refuseSession(books: Books, { id }: SessionTerms): "Credits_SessionExists" | null {
  const session = books.sessions.get(id);
  return session === undefined || session.slot === null ? null : "Credits_SessionExists";
}
