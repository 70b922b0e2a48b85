import { sessionId } from "@joulemint/protocol/sessionId";
import type { OfferingBook } from "../books/OfferingBook.ts";
import { SessionBook, type SessionTerms } from "../books/SessionBook.ts";
import { accountOf, type Party } from "../world/Party.ts";
import type { World } from "../world/startWorld.ts";

/** Terms of a session to be opened: under the metering key or a key of the consumer; sometimes one that exists already. */
export function newSession(world: World, offering: OfferingBook, owner: Party): SessionTerms {
  const { random, books, metering } = world;
  const opened = books.sessionsOf(offering).filter(({ terms }) => terms.owner === owner);
  if (opened.length > 0 && random.chance(0.06)) return random.pick(opened).terms;
  const consumerSigned = random.chance(0.5);
  const signer = consumerSigned ? accountOf(random.between(1, 1_000_000), "signer") : metering;
  const salt = random.bytes32();
  const key = { offering: offering.id, owner: owner.address, signer: signer.address, salt };
  return { id: sessionId(key), offering, owner, signer, salt, consumerSigned };
}

/** A session leaves a tombstone for ever, so an id is good once. */
export function refuseSession({ books }: World, { id }: SessionTerms): "Credits_SessionExists" | null {
  return books.sessions.has(id) ? "Credits_SessionExists" : null;
}

export function addSession({ books }: World, terms: SessionTerms, credits: bigint): void {
  books.sessions.set(terms.id, new SessionBook(terms, credits));
}
