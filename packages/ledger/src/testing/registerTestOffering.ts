import { type RateCard, rateCard } from "@joulemint/economics/RateCard";
import { rateCardHash } from "@joulemint/protocol/rateCardHash";
import type { Hex } from "../internal/Hex.ts";
import type { Ledger } from "../Ledger.ts";
import { appendTestBlock } from "./appendTestBlock.ts";
import { newTestModel } from "./newTestModel.ts";
import { CREDITS, randomAddress, randomHash, testHash } from "./testHex.ts";

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
export async function registerTestOffering(ledger: Ledger, options: TestOfferingOptions = {}): Promise<Hex> {
  const { db } = ledger;
  const offering = options.offering ?? randomHash();
  const card = options.rateCard ?? defaultCard;
  const made = options.model === undefined ? await newTestModel(ledger) : null;
  const model = (options.model ?? made?.address) as Hex;
  const terms = {
    model,
    kind: testHash("inference"),
    termsHash: testHash("terms"),
    tier: "realtime" as const,
    paymentToken: (made?.paymentToken.address ?? (await paymentTokenOf(ledger, model))) as Hex,
    pricePerMillion: options.pricePerMillion ?? 2_000_000n,
    rateCardHash: rateCardHash(card),
    holdersBps: options.holdersBps ?? 3000,
    treasuryBps: options.treasuryBps ?? 1000,
    treasury: randomAddress(),
    operator: randomAddress(),
    sellUntil: 4_000_000_000n,
    exitDelay: 3600,
    expiresAt: 0n,
    transferable: true,
  };
  const registered = { name: "OfferingRegistered" as const, address: CREDITS, args: { offering, model, terms } };
  await appendTestBlock(ledger, [registered], { models: made === null ? [] : [made] });
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

async function paymentTokenOf({ db }: Ledger, model: string): Promise<string> {
  const row = db.selectFrom("model").select("payment_token").where("address", "=", model);
  return (await row.executeTakeFirstOrThrow()).payment_token;
}
