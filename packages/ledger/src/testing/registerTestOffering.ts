import { type RateCard, rateCard } from "@joulemint/economics/RateCard";
import { rateCardHash } from "@joulemint/protocol/rateCardHash";
import type { Hex } from "../internal/Hex.ts";
import type { Ledger } from "../Ledger.ts";
import { appendTestBlock } from "./appendTestBlock.ts";
import { randomAddress, randomHash, testHash } from "./testHex.ts";

export interface TestOfferingOptions {
  readonly offering?: Hex;
  readonly model?: Hex;
  readonly pricePerMillion?: bigint;
  readonly holdersBps?: number;
  readonly treasuryBps?: number;
  readonly rateCard?: RateCard;
  readonly modelName?: string;
}

/** One credit for an output token, a quarter for an input token: like a small hosted model. */
const defaultCard = rateCard({ input: 250_000n, output: 1_000_000n, reasoning: 1_000_000n });

/** Writes an offering of a new model (or of `model`), served under `modelName`, with its events. */
export async function registerTestOffering({ db }: Ledger, options: TestOfferingOptions = {}): Promise<Hex> {
  const offering = options.offering ?? randomHash();
  const model = options.model ?? (await createModel(db));
  const card = options.rateCard ?? defaultCard;
  const { payment_token } = await db
    .selectFrom("model")
    .select("payment_token")
    .where("address", "=", model)
    .executeTakeFirstOrThrow();
  const terms = {
    model,
    kind: testHash("inference"),
    termsHash: testHash("terms"),
    tier: "realtime" as const,
    paymentToken: payment_token,
    pricePerMillion: options.pricePerMillion ?? 2_000_000n,
    rateCardHash: rateCardHash(card),
    holdersBps: options.holdersBps ?? 3000,
    treasuryBps: options.treasuryBps ?? 1000,
    treasury: randomAddress(),
    operator: randomAddress(),
    sellUntil: 4_000_000_000n,
    exitDelay: 3600,
  };
  const json = { ...terms, pricePerMillion: String(terms.pricePerMillion), sellUntil: String(terms.sellUntil) };
  const [at] = await appendTestBlock(db, [
    { address: "0xc4ed175", name: "OfferingRegistered", args: { offering, model, terms: json } },
  ]);
  const row = {
    id: offering,
    model,
    kind: terms.kind,
    terms_hash: terms.termsHash,
    tier: terms.tier,
    payment_token,
    price_per_million: terms.pricePerMillion,
    rate_card_hash: terms.rateCardHash,
    holders_bps: terms.holdersBps,
    treasury_bps: terms.treasuryBps,
    treasury: terms.treasury,
    operator: terms.operator,
    sell_until: terms.sellUntil,
    exit_delay: terms.exitDelay,
    registered_block: at?.block_number ?? 0n,
  };
  await db.insertInto("offering").values(row).execute();
  await db
    .insertInto("served_offering")
    .values({
      offering,
      model_name: options.modelName ?? `model-${offering.slice(2, 8)}`,
      upstream_model: "twin",
      rate_card: JSON.stringify(
        Object.fromEntries(Object.entries(card).map(([meter, weight]) => [meter, `${weight}`])),
      ),
      default_output_limit: 256n,
    })
    .execute();
  return offering;
}

async function createModel(db: Ledger["db"]): Promise<Hex> {
  const [address, token, holder] = [randomAddress(), randomAddress(), randomAddress()];
  const supply = 1_000_000n;
  await db.insertInto("payment_token").values({ address: token, symbol: "tUSD", decimals: 6 }).execute();
  const [minted] = await appendTestBlock(db, [
    { address, name: "Transfer", args: { from: `0x${"0".repeat(40)}`, to: holder, value: String(supply) } },
  ]);
  const says = { name: "Test model", symbol: "TEST", owner: holder, payment_token: token, supply };
  // The offering comes with the next block.
  const registered_block = (minted?.block_number ?? 0n) + 1n;
  await db
    .insertInto("model")
    .values({ address, ...says, registered_block })
    .execute();
  const share = { model: address, holder, balance: supply, correction: 0n, claimed: 0n };
  await db.insertInto("share_holder").values(share).execute();
  return address;
}
