import { releasedRevenue } from "@joulemint/economics/releasedRevenue";
import { splitRevenue } from "@joulemint/economics/splitRevenue";
import { baseUnits, bps, millicredits } from "@joulemint/economics/units";
import type { ChainLog } from "../chain/readLogs.ts";
import { type Books, check, known, type OfferingBook, positionOf } from "./Books.ts";
import type { Event } from "./Event.ts";
import { priceOf } from "./foldCredits.ts";

/** How an offering's cumulative revenue divides. */
function partsOf({ terms }: Pick<OfferingBook, "terms">, released: bigint) {
  const { holdersBps, treasuryBps } = terms;
  return splitRevenue(baseUnits(released), {
    holdersBps: bps(BigInt(holdersBps)),
    treasuryBps: bps(BigInt(treasuryBps)),
  });
}

/** Revenue of what was consumed left escrow for the split. */
export function foldReleased(books: Books, log: ChainLog, { args }: Event<"Released">): void {
  const { offering: id, amount, holders, treasury, operator } = args;
  const offering = known(books, log, ["offering", books.offerings], id);
  if (offering === undefined) return;
  const released = releasedRevenue(millicredits(offering.consumed), priceOf(offering));
  check(books, log, "amount", released - offering.released, amount);
  const [before, after] = [partsOf(offering, offering.released), partsOf(offering, released)];
  check(books, log, "holders", after.holders - before.holders, holders);
  check(books, log, "treasury", after.treasury - before.treasury, treasury);
  check(books, log, "operator", after.operator - before.operator, operator);
  offering.released += amount;
  offering.consumedAtRelease = offering.consumed;
  offering.parts.holders += holders;
  offering.parts.treasury += treasury;
  offering.parts.operator += operator;
  books.releases.push({ ...positionOf(log), offering: id, amount, holders, treasury, operator });
}

/** The operator's or the treasury's account took all that was its. */
export function foldSplitClaimed(books: Books, log: ChainLog, { args }: Event<"SplitClaimed">): void {
  const { offering: id, role, account, amount } = args;
  const offering = known(books, log, ["offering", books.offerings], id);
  if (offering === undefined) return;
  check(books, log, "amount", offering.parts[role] - offering.claimed[role], amount);
  offering.claimed[role] += amount;
  const { model } = offering.terms;
  books.claims.push({ ...positionOf(log), role, model, offering: id, account, recipient: account, amount });
}
