import { releasedRevenue } from "@joulemint/economics/releasedRevenue";
import { earned } from "@joulemint/economics/shareRevenue";
import { millicredits, pricePerMillion } from "@joulemint/economics/units";
import { zeroAddress } from "viem";
import type { ExportLines } from "../../exportFiles.ts";
import type { ChainRecord } from "../chain/readChain.ts";
import type { OfferingBook } from "../fold/Books.ts";
import { perShareOf } from "../fold/foldShares.ts";
import { creditBuckets } from "./creditBuckets.ts";
import { moneyBuckets } from "./moneyBuckets.ts";
import type { RebuiltSession } from "./rebuildSessions.ts";

/** The lines of an export that chain and receipts prescribe. */
export type RebuiltLines = Omit<ExportLines, "receipts.jsonl" | "rate-cards.jsonl">;

/** What the export must say, in no order. Throws `RangeError` for books that no genuine contracts can have. */
export function rebuildLines(chain: ChainRecord, sessions: readonly RebuiltSession[]): RebuiltLines {
  const { books, offerings, models } = chain;
  const audited = [...offerings].flatMap((id) => books.offerings.get(id) ?? []);
  const isAudited = ({ offering }: { readonly offering: `0x${string}` }) => offerings.has(offering);
  return {
    "models.jsonl": [...books.models.values()].map((model) => {
      const { name, symbol, paymentToken } = models.get(model.address) ?? { name: "", symbol: "", paymentToken: "0x" };
      return {
        model: model.address,
        name,
        symbol,
        owner: model.owner ?? zeroAddress,
        paymentToken,
        supply: model.supply,
        lifetimeRevenue: model.lifetime,
        claimedRevenue: model.claimed,
        money: moneyBuckets(books, model, audited),
      };
    }),
    "offerings.jsonl": audited.map((offering) => offeringLine(chain, sessions, offering)),
    "sessions.jsonl": sessions.map(({ line }) => line),
    "balances.jsonl": [...books.wallets.values()].filter((wallet) => isAudited(wallet) && wallet.credits !== 0n),
    "holdings.jsonl": [...books.models.values()].flatMap((model) =>
      [...model.holders.values()].map(({ holder, holding, claimed }) => ({
        model: model.address,
        holder,
        shares: holding.balance,
        claimable: earned(holding, perShareOf(model)),
        claimed,
      })),
    ),
    "settlements.jsonl": books.settlements.filter(isAudited),
    "releases.jsonl": books.releases.filter(isAudited),
    "claims.jsonl": books.claims.filter(({ offering }) => offering === null || offerings.has(offering)),
    "purchases.jsonl": books.purchases.filter(isAudited),
    "redemptions.jsonl": books.redemptions.filter(isAudited),
    "consumptions.jsonl": books.consumptions.filter(isAudited),
  };
}

function offeringLine({ books }: ChainRecord, sessions: readonly RebuiltSession[], offering: OfferingBook) {
  const { id, terms, registeredBlock, issued, redeemed, consumed, released, parts, claimed } = offering;
  const due = releasedRevenue(millicredits(consumed), pricePerMillion(terms.pricePerMillion));
  return {
    offering: id,
    ...terms,
    registeredBlock,
    outstanding: issued - redeemed - consumed,
    consumed,
    released,
    releasable: due - released,
    holdersRevenue: parts.holders,
    operatorEarned: parts.operator,
    operatorClaimed: claimed.operator,
    operatorClaimable: parts.operator - claimed.operator,
    treasuryEarned: parts.treasury,
    treasuryClaimed: claimed.treasury,
    treasuryClaimable: parts.treasury - claimed.treasury,
    credits: creditBuckets(books, sessions, id),
  };
}
