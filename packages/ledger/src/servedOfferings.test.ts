import { rateCard } from "@joulemint/economics/RateCard";
import { beforeEach, expect, it } from "vitest";
import { listServedModels, readServedOffering, serveOffering } from "./servedOfferings.ts";
import { eachLedger } from "./testing/eachLedger.ts";
import { emptyLedger } from "./testing/emptyLedger.ts";
import { failure } from "./testing/failure.ts";
import { openTestSession } from "./testing/openTestSession.ts";

const card = rateCard({ input: 3n, output: 7n });

eachLedger("servedOfferings", (subject) => {
  beforeEach(() => emptyLedger(subject.ledger));

  it("serves an offering under a name that can change, with the card that was sold", async () => {
    const { ledger } = subject;
    const { offering } = await openTestSession(ledger, { credits: 1n, rateCard: card, modelName: "old" });
    const served = { offering, modelName: "new", upstreamModel: "engine/new", rateCard: card, defaultOutputLimit: 9n };
    await serveOffering(ledger, served);
    expect(await readServedOffering(ledger, offering)).toMatchObject(served);
    expect(await listServedModels(ledger)).toEqual(["new"]);
  });

  it("refuses another card than the one that was sold, also one that was changed in the ledger", async () => {
    const { ledger } = subject;
    const { offering } = await openTestSession(ledger, { credits: 1n, rateCard: card });
    const dearer = { ...card, output: 8n };
    const served = { offering, modelName: "m", upstreamModel: "m", rateCard: dearer, defaultOutputLimit: 9n };
    expect(await failure(serveOffering(ledger, served))).toMatchObject({ code: "RATE_CARD_UNKNOWN" });
    await ledger.db
      .updateTable("served_offering")
      .set({ rate_card: JSON.stringify({ output: "8" }) })
      .execute();
    expect(await failure(readServedOffering(ledger, offering))).toMatchObject({ code: "RATE_CARD_UNKNOWN" });
  });

  it("does not serve what nobody registered", async () => {
    const unknown = `0x${"0".repeat(64)}`;
    expect(await failure(readServedOffering(subject.ledger, unknown))).toMatchObject({ code: "MODEL_NOT_FOUND" });
  });
});
