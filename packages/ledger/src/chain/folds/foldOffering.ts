import type { ChainEvent } from "@joulemint/protocol/chainEvents";
import type { ChainState, Position } from "../ChainState.ts";

type Registered = Extract<ChainEvent, { name: "OfferingRegistered" }>;

/** A registered offering, with nothing sold yet. Its row keeps the terms for ever. */
export function foldOffering(state: ChainState, { args }: Registered, at: Position): void {
  const { offering, model, terms } = args;
  state.offerings.set(offering, {
    id: offering,
    model,
    kind: terms.kind,
    terms_hash: terms.termsHash,
    tier: terms.tier,
    payment_token: terms.paymentToken,
    price_per_million: terms.pricePerMillion,
    rate_card_hash: terms.rateCardHash,
    holders_bps: terms.holdersBps,
    treasury_bps: terms.treasuryBps,
    treasury: terms.treasury,
    operator: terms.operator,
    sell_until: terms.sellUntil,
    exit_delay: terms.exitDelay,
    expires_at: terms.expiresAt,
    transferable: terms.transferable,
    registered_block: at.block_number,
    outstanding: 0n,
    consumed: 0n,
    released: 0n,
    operator_claimed: 0n,
    treasury_claimed: 0n,
  });
}
